"""Core ML and Yggdrasil Decision Forests: formats of protobuf."""

import json

from . import again, file, fill, folder, names
from .wire import integer, message, nested


def coreml(what):
    def add(make):
        file("coreml", what, "model.mlmodel")(lambda size: integer(1, 5) + make(size))
        return make

    return add


def feature(number, name):
    return message(number, message(1, name), message(3, message(5, message(1, b"\x01\x03\x08\x08"), integer(2, 65568))))


def network(*parts):
    return message(2, feature(1, "a"), feature(10, "b")) + message(500, *parts)


coreml("inputs")(lambda size: message(2, names(size, lambda index: feature(1, f"a{index}"))) + message(500, b""))
coreml("empty inputs")(lambda size: message(2, again(size, message(1, b""))) + message(500, b""))
coreml("user-defined metadata")(
    lambda size: message(2, message(100, names(size, lambda index: message(100, message(1, f"k{index}"), message(2, "v"))))) + message(500, b"")
)
coreml("sizes of one input")(
    lambda size: message(2, message(1, message(1, "a"), message(3, message(5, message(21, again(size, message(1, b"\x08\x01"))))))) + message(500, b"")
)
coreml("sizes of one image")(
    lambda size: message(2, message(1, message(1, "a"), message(3, message(4, message(21, again(size, message(1, integer(1, 8), integer(2, 8)))))))) + message(500, b"")
)
coreml("dimensions of one input")(
    lambda size: message(2, message(1, message(1, "a"), message(3, message(5, message(1, b"\x01" * size))))) + message(500, b"")
)
coreml("layers")(lambda size: network(names(size, lambda index: message(1, message(1, f"l{index}"), message(2, "a"), message(3, "b"), message(130, b"")))))
coreml("empty layers")(lambda size: network(again(size, message(1, b""))))
coreml("custom layers")(lambda size: network(names(size, lambda index: message(1, message(1, "l"), message(500, message(10, f"C{index}"))))))
coreml("loops within each other")(
    lambda size: network(again(size, nested(2_000, lambda inner: message(1, message(1, "l"), message(615, message(3, inner))))))
)
coreml("preprocessing")(lambda size: network(again(size, message(2, message(1, "a"), message(10, b"")))))
coreml("models of a pipeline")(
    lambda size: message(2, feature(1, "a")) + message(202, again(size, message(1, integer(1, 5), message(2, feature(1, "a")), message(500, b""))))
)
coreml("pipelines within each other")(
    lambda size: message(2, feature(1, "a")) + again(size, nested(2_000, lambda inner: message(202, message(1, inner))))
)
coreml("labels")(
    lambda size: message(2, feature(1, "a")) + message(403, message(100, names(size, lambda index: message(1, f"a{index}"))))
)
coreml("numbers as labels")(lambda size: message(2, feature(1, "a")) + message(403, message(101, message(1, b"\x01" * size))))
coreml("functions of a program")(
    lambda size: message(2, feature(1, "a")) + message(502, integer(1, 1), names(size, lambda index: message(
        2, message(1, f"f{index}"), message(2, message(2, "CoreML5")))))
)
coreml("operations of a program")(
    lambda size: message(2, feature(1, "a")) + message(502, integer(1, 1), message(2, message(1, "main"), message(
        2, message(2, "CoreML5"), message(3, message(1, "CoreML5"), message(2, names(size, lambda index: message(
            3, message(1, "relu"), message(3, message(1, f"a{index}"))))))))))
coreml("trees")(
    lambda size: message(2, feature(1, "a")) + message(302, message(1, again(size, message(1, integer(1, 0), integer(2, 0), integer(3, 6)))))
)


@folder("coreml", "items of a package", "model.mlpackage")
def package(path, size):
    items = {f"{index:08}": {"author": "com.apple.CoreML", "name": "model.mlmodel", "path": "com.apple.CoreML/model.mlmodel"}
             for index in range(size // 120)}
    (path / "Manifest.json").write_text(json.dumps({"fileFormatVersion": "1.0.0", "itemInfoEntries": items, "rootModelIdentifier": "00000000"}))
    (path / "Data/com.apple.CoreML").mkdir(parents=True)
    (path / "Data/com.apple.CoreML/model.mlmodel").write_bytes(integer(1, 5) + network())


@folder("coreml", "a compiled model of many inputs", "model.mlmodelc")
def compiled(path, size):
    (path / "coremldata.bin").write_bytes(bytes(64))
    inputs = [{"name": f"a{index}", "type": "MultiArray", "shape": "[1, 3]", "dataType": "Float32"} for index in range(size // 90)]
    (path / "metadata.json").write_text(json.dumps([{"specificationVersion": 5, "inputSchema": inputs, "outputSchema": []}]))
    (path / "model.mil").write_bytes(b"program(1.0)\n{\n" + again(size, b"  tensor<fp32, [1]> a = relu(x = b);\n") + b"}\n")


def ydf(what):
    def add(make):
        @folder("ydf", what)
        def fill_folder(path, size):
            header, columns = make(size)
            (path / "done").touch()
            (path / "header.pb").write_bytes(message(1, "RANDOM_FOREST") + integer(2, 1) + integer(3, 0) + header)
            (path / "data_spec.pb").write_bytes(columns)
            (path / "random_forest_header.pb").write_bytes(integer(1, 1) + integer(2, 1))
            (path / "nodes-00000-of-00001").write_bytes(b"BS\0\0")

        return make

    return add


def column(index, *more):
    return message(1, integer(1, 1), message(2, f"c{index}"), *more)


ydf("columns")(lambda size: (b"", names(size, column)))
ydf("features")(lambda size: (again(size, integer(5, 1)), column(0) + column(1)))
ydf("packed features")(lambda size: (message(5, b"\x01" * size), column(0) + column(1)))
ydf("columns that are features")(
    lambda size: (fill(size // 3, lambda index: integer(5, index)), names(size, column))
)
ydf("categories of one column")(
    lambda size: (integer(5, 1), column(0) + message(1, integer(1, 4), message(2, "c"), message(6, fill(
        size, lambda index: message(7, message(1, f"a{index}"), message(2, integer(1, index)))))))
)
ydf("categories of each column")(
    lambda size: (fill(size // 20, lambda index: integer(5, index)), fill(size, lambda index: message(
        1, integer(1, 4), message(2, f"c{index}"), message(6, *(message(7, message(1, f"a{each}"), message(2, integer(1, each))) for each in range(20))))))
)
