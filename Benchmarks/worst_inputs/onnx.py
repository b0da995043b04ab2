"""ONNX, after onnx.proto."""

from . import again, file, fill, names
from .wire import integer, message, nested, real, varint


def graph(*parts):
    return integer(1, 8) + message(8, message(1, ""), integer(2, 17)) + message(7, message(2, "g"), *parts)


def node(index, *more):
    return message(1, message(1, f"x{index}"), message(2, f"x{index + 1}"), message(4, "Relu"), *more)


def port(number, name, *dimensions):
    return message(number, message(1, name), message(2, message(1, integer(1, 1), message(2, *dimensions))))


def dimension(value):
    return message(1, message(2, value) if isinstance(value, str) else integer(1, value))


def weight(name, *dimensions):
    return message(5, *(integer(1, each) for each in dimensions), integer(2, 1), message(8, name), message(9, b""))


def onnx(what):
    def add(make):
        file("onnx", what, "model.onnx")(lambda size: graph(make(size)))
        return make

    return add


ENDS = port(11, "x0", dimension("n"), dimension(3)) + port(12, "x9", dimension("n"))
onnx("different nodes in a chain")(lambda size: ENDS + names(size, node))
onnx("the same node")(lambda size: ENDS + again(size, node(0)))
onnx("empty nodes")(lambda size: again(size, message(1, b"")))
onnx("nodes of operators of their own")(lambda size: names(size, lambda index: message(1, message(4, f"Op{index}"), message(7, "own"))))
onnx("nodes of domains of their own")(lambda size: names(size, lambda index: message(1, message(4, "A"), message(7, f"d{index}"))))
onnx("nodes of many inputs")(lambda size: message(1, message(4, "Concat"), names(size, lambda index: message(1, f"a{index}"))))
onnx("nodes of many outputs")(lambda size: message(1, message(4, "Split"), names(size, lambda index: message(2, f"a{index}"))))
onnx("nodes that join the two before")(
    lambda size: ENDS + message(1, message(1, "x0"), message(2, "x1"), message(4, "Relu")) + names(size, lambda index: message(
        1, message(1, f"x{index + 1}"), message(1, f"x{index}"), message(2, f"x{index + 2}"), message(4, "Add")))
)
onnx("nodes that all take the same")(
    lambda size: ENDS + names(size, lambda index: message(1, message(1, "x0"), message(2, f"y{index}"), message(4, "Relu")))
)
onnx("convolutions")(
    lambda size: ENDS + weight("w", 4, 4, 3, 3) + names(size, lambda index: message(
        1, message(1, f"x{index}"), message(1, "w"), message(2, f"x{index + 1}"), message(4, "Conv")))
)
onnx("reshapes")(
    lambda size: ENDS + weight("w", 4) + names(size, lambda index: message(
        1, message(1, f"x{index}"), message(1, "w"), message(2, f"x{index + 1}"), message(4, "Reshape")))
)
onnx("identities in a chain to an output")(
    lambda size: port(11, "x0", dimension("n")) + names(size, lambda index: message(
        1, message(1, f"x{index}"), message(2, f"x{index + 1}"), message(4, "Identity")))
    + port(12, f"x{size // 24}", dimension("n"))
)
onnx("constants")(
    lambda size: names(size, lambda index: message(1, message(2, f"a{index}"), message(4, "Constant"),
                                                  message(5, message(1, "value"), message(5, integer(2, 7), integer(7, 3)), integer(20, 4))))
)
onnx("outputs, each through a softmax")(
    lambda size: names(size, lambda index: message(1, message(1, "x"), message(2, f"a{index}"), message(4, "Softmax"))
                      + port(12, f"a{index}", dimension("n")))
)
onnx("attributes of one node")(lambda size: message(1, message(4, "A"), names(size, lambda index: message(5, message(1, f"a{index}"), integer(3, 1)))))
onnx("numbers of one attribute")(lambda size: message(1, message(4, "A"), message(5, message(1, "a"), again(size, integer(8, 1)), integer(20, 7))))
onnx("packed numbers of one attribute")(
    lambda size: message(1, message(4, "A"), message(5, message(1, "a"), message(8, b"\x01" * size), integer(20, 7)))
)
onnx("texts of one attribute")(
    lambda size: message(1, message(4, "LabelEncoder"), message(7, "ai.onnx.ml"), message(
        5, message(1, "values_strings"), names(size, lambda index: message(9, f"a{index}")), integer(20, 8)))
)
onnx("labels of a classifier")(
    lambda size: message(1, message(4, "TreeEnsembleClassifier"), message(7, "ai.onnx.ml"), message(
        5, message(1, "classlabels_strings"), names(size, lambda index: message(9, f"a{index}")), integer(20, 8)), message(
        5, message(1, "nodes_treeids"), message(8, b"\x01" * 1_000), integer(20, 7)))
)
onnx("trees of an ensemble")(
    lambda size: message(1, message(4, "TreeEnsembleRegressor"), message(7, "ai.onnx.ml"), message(
        5, message(1, "nodes_treeids"), message(8, fill(size, lambda index: varint(index))), integer(20, 7)))
)
onnx("tensors of one attribute")(lambda size: message(1, message(4, "A"), message(5, message(1, "a"), again(size, message(10, integer(2, 1))))))
onnx("empty initializers")(lambda size: again(size, message(5, b"")))
onnx("different initializers")(lambda size: names(size, lambda index: weight(f"w{index}", 1)))
onnx("initializers of one name")(lambda size: again(size, weight("w", 1)))
onnx("initializers in other files")(
    lambda size: names(size, lambda index: message(5, integer(1, 1), integer(2, 1), message(8, f"w{index}"), message(
        13, message(1, "location"), message(2, f"w{index}.bin")), integer(14, 1)))
)
onnx("one initializer of many other files")(
    lambda size: message(5, integer(1, 1), integer(2, 1), message(8, "w"), integer(14, 1), names(
        size, lambda index: message(13, message(1, f"a{index}"), message(2, "b"))))
)
onnx("dimensions of one initializer")(lambda size: message(5, message(1, b"\x01" * size), integer(2, 1), message(8, "w")))
onnx("sparse initializers")(lambda size: again(size, message(15, message(1, integer(1, 1), integer(2, 1), message(8, "w")), integer(3, 4))))
onnx("numbers in place of raw data")(lambda size: message(5, integer(1, size), integer(2, 6), message(8, "w"), again(size, integer(5, 1))))
onnx("texts in an initializer")(lambda size: message(5, integer(1, size), integer(2, 8), message(8, "w"), again(size, message(6, b""))))
onnx("inputs")(lambda size: names(size, lambda index: port(11, f"a{index}", dimension(1))))
onnx("empty inputs")(lambda size: again(size, message(11, b"")))
onnx("inputs that are initializers")(lambda size: names(size, lambda index: port(11, f"a{index}", dimension(1)) + weight(f"a{index}", 1)))
onnx("dimensions of one input")(lambda size: port(11, "a", again(size, dimension(1))))
onnx("symbols of one input")(lambda size: port(11, "a", names(size, lambda index: dimension(f"n{index}"))))
onnx("an input of long symbols")(lambda size: port(11, "a", again(size, dimension("n" * 60_000))))
onnx("outputs")(lambda size: names(size, lambda index: port(12, f"a{index}", dimension(1))))
onnx("value_info")(lambda size: names(size, lambda index: port(13, f"a{index}", dimension(1))))
onnx("value_info of a chain")(lambda size: ENDS + names(size, lambda index: node(index) + port(13, f"x{index}", dimension("n"))))
onnx("quantization annotations")(
    lambda size: names(size, lambda index: message(14, message(1, f"a{index}"), message(2, message(1, "SCALE_TENSOR"), message(2, "b"))))
)
onnx("types within each other")(
    lambda size: again(size, message(11, message(1, "a"), message(2, nested(300, lambda inner: message(4, message(1, inner))))))
)
onnx("graphs within each other")(
    lambda size: again(size, message(1, message(4, "If"), message(5, message(1, "then_branch"), message(6, nested(
        2_000, lambda inner: message(1, message(4, "If"), message(5, message(1, "then_branch"), message(6, inner), integer(20, 5))))),
        integer(20, 5))))
)
onnx("graphs beside each other")(
    lambda size: names(size, lambda index: message(1, message(4, "If"), message(5, message(1, "then_branch"), message(
        6, weight(f"w{index}", 1), node(0)), integer(20, 5))))
)
onnx("graphs of one attribute")(lambda size: message(1, message(4, "A"), message(5, message(1, "a"), again(size, message(11, node(0))))))
onnx("texts of documentation")(lambda size: again(size, message(1, message(4, "A"), message(6, "d" * 1_000))))
onnx("long names")(lambda size: names(size, lambda index: node(index, message(3, "n" * 10_000))))
onnx("places in sources of a node")(
    lambda size: names(size, lambda index: node(index, message(9, message(1, f"k{index}"), message(2, "v" * 30))))
)


def model(what):
    def add(make):
        file("onnx", what, "model.onnx")(lambda size: graph(ENDS, node(0)) + make(size))
        return make

    return add


model("metadata_props")(lambda size: names(size, lambda index: message(14, message(1, f"k{index}"), message(2, "v"))))
model("metadata_props of one key")(lambda size: again(size, message(14, message(1, "mlm"), message(2, "{}"))))
model("metadata of boxes and names, as Ultralytics writes it")(
    lambda size: message(14, message(1, "names"), message(2, "{" + "".join(f"{index}: 'a', " for index in range(size // 12)) + "}"))
)
model("metadata_props of brackets")(lambda size: message(14, message(1, "names"), message(2, "[" * min(size, 1_000_000))))
model("an Item in metadata_props")(
    lambda size: message(14, message(1, "mlm:input"), message(2, "[" + ",".join(['{"name":"a"}'] * (size // 20)) + "]"))
)
model("opset imports")(lambda size: names(size, lambda index: message(8, message(1, f"d{index}"), integer(2, 1))))
model("graphs of the model")(lambda size: again(size, message(7, message(2, "g"))))
model("functions")(lambda size: names(size, lambda index: message(25, message(1, f"f{index}"), message(10, "own"), node(0))))
model("nodes of one function")(lambda size: message(25, message(1, "f"), message(10, "own"), names(size, node)))
model("functions that call each other")(
    lambda size: names(size, lambda index: message(25, message(1, f"f{index}"), message(10, "own"), *[
        message(1, message(4, f"f{index + 1}"), message(7, "own"))] * 2))
)
model("opset imports of functions")(
    lambda size: again(size, message(25, message(1, "f"), message(10, "own"), message(9, message(1, "d"), integer(2, 1))))
)
model("fields that are not known")(lambda size: again(size, integer(99, 1)))
model("training information")(lambda size: again(size, message(20, message(1, node(0)))))
file("onnx", "one tensor of floats", "tensor.pb")(lambda size: integer(1, size) + integer(2, 1) + again(size, real(4, 1)) + message(8, "a"))


def onnx_text(what):
    def add(make):
        file("onnx-text", what, "model.onnxtxt")(
            lambda size: b'<ir_version: 8, opset_import: ["" : 17]>\ng (float[n] x0) => (float[n] y) {\n' + make(size) + b"}\n")
        return make

    return add


onnx_text("nodes")(lambda size: names(size, lambda index: b"x%b = Relu(x%b)\n" % (index + 1, index)))
onnx_text("brackets")(lambda size: b"y = If (x) <then_branch = g (" + b"(" * size)
onnx_text("graphs within each other")(lambda size: again(size, b"y = If (x) <then_branch = g () => () {"))
onnx_text("numbers of one attribute")(lambda size: b"y = A <a = [" + again(size, b"1, ") + b"1]> (x)\n")
onnx_text("metadata")(lambda size: b"}\n" + again(size, b"# a comment\n"))
file("onnx-text", "text format of nodes", "model.textproto")(
    lambda size: b"ir_version: 8\ngraph {\n" + again(size, b'node { input: "a" output: "b" op_type: "Relu" }\n') + b"}\n"
)
file("onnx-text", "text format of messages within each other", "model.textproto")(
    lambda size: b"ir_version: 8\ngraph {\n" + again(size, b"node { attribute { g { ")
)
