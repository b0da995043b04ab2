"""What is small in the file and met again and again: one value that a million others hold, a name that all of them have."""

import struct

from . import again, file, fill, folder, names
from .archives import PLAIN, archive
from .binaries import DATATYPE, document, element
from .binaries import text as bson_text
from .onnx import dimension, graph, port
from .pickles import ESTIMATOR, HEAD, INNER, binary, estimator, saved, tensor, text
from .tensorflow import attribute, node, saved as saved_model
from .wire import integer, message

LONG = "n" * 500_000


def placed(index):
    """A tensor of one number, two numbers behind the one before."""
    place = b"(h\x03h\x01" + text("0") + b"h\x04K\x01tQ"
    return text(f"w{index}") + b"h\x00(" + place + b"J" + struct.pack("<i", 2 * index) + b"(K\x01t(K\x01t\x89h\x02)RtR"


def backwards(size):
    return b"".join(placed(index) for index in reversed(range(size // 100)))


file("torch", "tensors of one storage, each elsewhere", "model.pt")(lambda size: saved(HEAD + fill(size, placed) + b"u."))
file("torch", "tensors of one storage, the last first", "model.pt")(lambda size: saved(HEAD + backwards(size) + b"u."))
file("torch", "a long name that all tensors have", "model.pt")(
    lambda size: saved(HEAD[:-1] + text(LONG) + b"q\x090" + b"(" + again(size, b"h\x09" + tensor(0)[7:]) + b"u.")
)
file("torch", "a long key that all storages have", "model.pt")(
    lambda size: saved(HEAD[:-1] + text(LONG) + b"q\x090" + b"(" + fill(
        size, lambda index: text(f"w{index}") + b"h\x00((h\x03h\x01h\x09h\x04K\x01tQK\x00(K\x01t(K\x01t\x89h\x02)RtR") + b"u.")
)
file("torch", "one dict under all keys", "model.pt")(
    lambda size: saved(b"\x80\x02}(" + fill(size // 2, lambda index: text(f"a{index}") + b"N") + b"uq\x000}(" + fill(
        size // 2, lambda index: text(f"b{index}") + b"h\x00") + b"u.")
)
file("torch", "one state of all modules", "model.pt")(
    lambda size: saved(b"\x80\x02ctorch.nn.modules.linear\nLinear\nq\x000}(" + fill(size // 2, lambda index: text(f"a{index}") + b"N")
                       + text("_parameters") + b"}" + text("_modules") + b"}uq\x010}(" + fill(
                           size // 2, lambda index: text(f"b{index}") + b"h\x00)\x81h\x01b") + b"u.")
)
file("torch", "parameters that all modules share", "model.pt")(
    lambda size: saved(HEAD[:-3] + b"0ctorch.nn.modules.linear\nLinear\nq\x050}(" + fill(size // 2, tensor) + b"uq\x060"
                       b"h\x05)\x81}(" + text("_parameters") + b"h\x06" + text("_modules") + b"}(" + fill(
                           size // 2, lambda index: text(str(index)) + b"h\x05)\x81}(" + text("_parameters") + b"h\x06" + text("_modules")
                           + b"}ub") + b"uub.")
)
file("sklearn", "lists of one list of one list", "model.pkl")(
    lambda size: b"\x80\x02" + ESTIMATOR + text("t" * 1_000) + b"q\x050" + b"](" + b"h\x05" * 64 + b"eq\x060](" + b"h\x06" * 64
    + b"eq\x070](" + b"h\x07" * 64 + b"eq\x080" + estimator(fill(min(size, 100_000), lambda index: text(f"a{index}") + b"h\x08")) + b"."
)
file("sklearn", "one large step of a pipeline", "model.pkl")(
    lambda size: b"\x80\x02" + ESTIMATOR + estimator(fill(size // 2, lambda index: text(f"a{index}") + b"N")) + b"q\x050"
    b"h\x01csklearn.pipeline\nPipeline\nh\x02N\x87R}(" + text("steps") + b"](" + fill(
        size // 2, lambda index: text(f"s{index}") + b"h\x05\x86") + b"e" + text("_sklearn_version") + text("1.5.0") + b"ub."
)
file("sklearn", "a long name of all attributes", "model.pkl")(
    lambda size: b"\x80\x02" + ESTIMATOR + text(LONG) + b"q\x050" + estimator(again(size, b"h\x05K\x01")) + b"."
)
file("sklearn", "a long text that all classes are", "model.pkl")(
    lambda size: b"\x80\x02" + ESTIMATOR + text(LONG) + b"q\x050" + estimator(text("a") + b"](" + b"h\x05" * 1_000 + b"e") + b"."
)
file("joblib", "one large state of all wrappers", "model.joblib")(
    lambda size: b"\x80\x03cjoblib.numpy_pickle\nNumpyArrayWrapper\nq\x000cnumpy\ndtype\n" + text("u1") + b"K\x00K\x01\x87Rq\x010}("
    + fill(size // 2, lambda index: text(f"a{index}") + b"N") + text("shape") + b"K\x00\x85" + text("order") + text("C") + text("dtype")
    + b"h\x01uq\x020](" + again(size // 2, b"h\x00)\x81h\x02b") + b"e."
)
file("pickle", "getters of many paths, applied", "model.pkl")(
    lambda size: b"\x80\x02coperator\nattrgetter\nq\x000(" + text(".".join("a" * 32)) + b"q\x01" + b"h\x01" * 63 + b"tq\x020cos\npath\n\x85q\x030]("
    + again(size, b"h\x00h\x02Rh\x03R") + b"e."
)
file("pickle", "partials of one long name", "model.pkl")(
    lambda size: b"\x80\x02cfunctools\npartial\nq\x000c" + b"m" * 90_000 + b"\nn\nq\x010](" + again(size, b"h\x00h\x01\x85R") + b"e."
)
file("pickle", "one encoding of many nested pickles", "model.pkl")(
    lambda size: b"\x80\x02cpickle\nloads\nq\x000c_codecs\nencode\nq\x010" + text("latin" + "-" * 500_000 + "1") + b"q\x020](" + fill(
        size, lambda index: b"h\x00h\x01" + text(f"N.{index}") + b"h\x02\x86R\x85R") + b"e."
)


def spelt(index):
    """`data.pkl` in one of the ways to write it in capitals."""
    letters = [letter.upper() if index >> place & 1 else letter for place, letter in enumerate("datapkl")]
    return "archive/" + "".join(letters[:4]) + "." + "".join(letters[4:])


file("zip", "data.pkl in all its spellings", "model.pt")(
    lambda size: archive([PLAIN, *((spelt(index % 128), INNER) for index in range(min(60_000, size // 200)))])
)

file("safetensors", "MLM metadata that is paths", "model.safetensors")(
    lambda size: (lambda header: struct.pack("<Q", len(header)) + header)(
        b'{"__metadata__":{' + names(size, lambda index: b'"mlm:a%b":"/home/a",' % index)[:-1] + b"}}")
)
file("onnx", "outputs that one value is handed on to", "model.onnx")(
    lambda size: graph(port(11, "x0", dimension("n")), names(size // 2, lambda index: message(
        1, message(1, f"x{index}"), message(2, f"x{index + 1}"), message(4, "Identity"))), b"".join(message(
            1, message(1, "x0001000"), message(2, f"o{index}"), message(4, "Identity")) + port(12, f"o{index}", dimension("n"))
            for index in range(min(10_000, size // 200))))
)
file("onnx", "outputs that one value is moved to", "model.onnx")(
    lambda size: graph(port(11, "x0", dimension("n")), names(size // 2, lambda index: message(
        1, message(1, f"x{index}"), message(2, f"x{index + 1}"), message(4, "Transpose"))), b"".join(message(
            1, message(1, "x0001000"), message(2, f"o{index}"), message(4, "Identity")) + port(12, f"o{index}", dimension("n"))
            for index in range(min(10_000, size // 200))))
)


def letters(index):
    """A name of four letters, since one with digits is no name of a dimension."""
    return "".join(chr(97 + index // 26**place % 26) for place in range(4))


SYMBOLS = b"".join(dimension(letters(index)) for index in range(1_000))
file("onnx", "inputs of a thousand symbols", "model.onnx")(
    lambda size: graph(*(port(11, f"a{index}", SYMBOLS) for index in range(size // len(SYMBOLS) + 1)))
)
file("onnx", "opset imports of the default domain", "model.onnx")(
    lambda size: graph(port(11, "a", dimension("n"))) + fill(size, lambda index: message(8, message(1, ""), integer(2, index % 30)))
)
folder("tf-saved-model", "files that are written by one path")(
    lambda path, size: saved_model(path, message(2, node("p0", "Const", attribute("value", message(8, integer(1, 7), message(8, b"/etc/a")))), b"".join(
        node(f"p{index + 1}", "Identity", message(3, f"p{index}")) for index in range(250)), names(
            size, lambda index: node(f"w{index}", "SaveV2", message(3, "p250")))))
)
folder("tf-saved-model", "slots of an optimizer that belong to nothing")(
    lambda path, size: saved_model(path, message(2, names(size, lambda index: node(f"a/v{index}/Adam", "VarHandleOp", attribute(
        "dtype", integer(6, 1))))))
)
folder("tf-saved-model", "assets")(
    lambda path, size: (saved_model(path, message(2, node("a")), names(size, lambda index: message(6, message(2, f"a{index}")))), [
        (path / f"f{index}").touch() for index in range(min(20_000, size // 250))])
)
folder("tf-saved-model", "signatures of a graph of many tags")(
    lambda path, size: (path / "saved_model.pb").write_bytes(integer(1, 1) + message(2, message(1, message(4, "serve"))) + message(
        2, message(1, names(size // 2, lambda index: message(4, f"t{index}"))), names(
            size // 2, lambda index: message(5, message(1, f"s{index}"), message(2, b"")))))
)


def referring(index):
    return document(element(2, b"tag", bson_text(b"backref")) + element(16, b"ref", struct.pack("<i", index)))


file("bson", "one large object of all optimizers", "model.bson")(
    lambda size: document(element(4, b"_backrefs", document(element(3, b"0", document(
        names(size // 2, lambda index: element(10, b"a%b" % index, b"")) + element(2, b"tag", bson_text(b"jl_bottom_type")))))) + again(
            size // 2, element(3, b"opt", referring(1))))
)
file("bson", "one large layer of a chain", "model.bson")(
    lambda size: document(element(4, b"_backrefs", document(element(3, b"0", document(
        names(size // 2, lambda index: element(10, b"a%b" % index, b"")) + element(2, b"tag", bson_text(b"struct")) + element(
            3, b"type", DATATYPE))))) + element(3, b"model", document(element(2, b"tag", bson_text(b"struct")) + element(3, b"type", DATATYPE) + element(
                4, b"data", document(element(4, b"0", document(again(size // 2, element(3, b"0", referring(1))))))))))
)
