"""Writes R objects that are broken or malicious: streams of R's serialization made by hand, since no R writes them.

Needs the standard library alone; each is named by its fault. Load none of them.
"""

import gzip
import lzma
import random
import struct

from common import run_all, start
from hostile import failed, not_a_model, save

FUNCTIONS = []
NULL, GLOBAL, UNBOUND, BASE, EMPTY = (struct.pack(">i", code) for code in (254, 253, 252, 241, 242))
SYMBOL, PAIRS, CLOSURE, ENVIRONMENT, PROMISE, CALL, BUILTIN, TEXT, INTEGERS, REALS, TEXTS, LIST, CODE, POINTER = (
    1, 2, 3, 4, 5, 6, 8, 9, 13, 14, 16, 19, 21, 22)
OBJECT, ATTRIBUTES, TAG = 0x100, 0x200, 0x400


def artifact(function):
    """Adds a function to those that write artifacts."""
    FUNCTIONS.append(function)
    return function


def number(value):
    return struct.pack(">i", value)


def header():
    return b"X\n" + number(3) + number(0x00040202) + number(0x00030500) + number(5) + b"UTF-8"


def characters(value):
    return number(TEXT | 0x40000) + number(len(value)) + value.encode()


def symbol(name):
    return number(SYMBOL) + characters(name)


def reference(index):
    return number(index << 8 | 255)


def texts(*values):
    return number(TEXTS) + number(len(values)) + b"".join(map(characters, values))


def call(function, *arguments):
    cells = b"".join(number(PAIRS) + argument for argument in arguments)
    return number(CALL) + function + cells + NULL


def promise(expression, value=UNBOUND, environment=BASE):
    return number(PROMISE | TAG) + environment + value + expression


def of(*values):
    return number(LIST) + number(len(values)) + b"".join(values)


def classed(name, *values, names=()):
    pairs = number(PAIRS | TAG) + symbol("names") + texts(*names) + number(PAIRS | TAG) + symbol("class") + texts(name) + NULL
    return number(LIST | OBJECT | ATTRIBUTES) + number(len(values)) + b"".join(values) + pairs


def loading(verdict, *imports):
    record = {"verdict": verdict}
    if imports:
        record["imports"] = [{"name": name, "tier": tier} for name, tier in imports]
    return {"loading": record}


TOUCH = texts("touch /tmp/marker")


@artifact
def promises():
    danger = loading("dangerous", ("system", "dangerous"))
    run = call(symbol("system"), TOUCH)
    save("r_promise_system.rds", header() + promise(run), "CVE-2024-27322: the value is a promise that calls system",
         {**not_a_model("data"), **danger})
    hidden = call(call(symbol("get"), texts("system")), TOUCH)
    save("r_promise_get.rds", header() + of(promise(hidden)), "a promise that finds system by its name", danger)
    qualified = call(call(symbol("::"), symbol("base"), symbol("system")), TOUCH)
    save("r_promise_qualified.rds", header() + of(promise(qualified)), "a promise that calls base::system", danger)
    parsed = call(symbol("eval"), call(symbol("parse"), number(PAIRS | TAG)[:0] + texts("q()")))
    save("r_promise_eval.rds", gzip.compress(header() + of(promise(parsed)), mtime=0), "a promise that evaluates text, gzip",
         loading("dangerous", ("eval", "dangerous")))
    save("r_promise_broken.rds", header() + number(LIST) + number(2) + promise(run) + b"\0\0",
         "a promise that calls system, and the file ends behind it", {**failed("truncated"), **danger})
    save("r_promise_harmless.rds", header() + of(promise(call(symbol("mean"), symbol("x")))), "a promise that calls mean",
         loading("needs-code"))
    save("r_promise_forced.rds", header() + of(promise(run, value=texts("done"))),
         "a promise that has its value: nothing is evaluated any more", loading("needs-code"))
    constants = number(2) + number(CALL) + NULL + number(0) + symbol("system") + number(2) + NULL + number(0) + TOUCH + number(0) + NULL
    code = number(CODE) + number(1) + number(INTEGERS) + number(1) + number(12) + constants + number(0) + NULL
    save("r_promise_bytecode.rds", header() + of(promise(code)), "a promise of byte code that was compiled from system(…)", danger)
    model = classed("lm", promise(run), names=("coefficients",))
    save("r_promise_model.rds", header() + model, "a linear model whose coefficients are a promise that calls system",
         {"verdict": "model", **danger})
    for name, code in (
        ("browse", call(call(symbol("::"), symbol("utils"), symbol("browseURL")), texts("http://127.0.0.1/"))),
        ("unlink", call(symbol("unlink"), TOUCH)),
        ("setenv", call(symbol("Sys.setenv"), TOUCH)),
        ("library", call(symbol("library.dynam"), texts("m"))),
    ):
        function = {"browse": "browseURL", "setenv": "Sys.setenv", "library": "library.dynam"}.get(name, name)
        save(f"r_promise_{name}.rds", header() + of(promise(code)), f"a promise that calls {function}",
             loading("dangerous", (function, "dangerous")))
    inline = number(BUILTIN) + number(len(".Internal")) + b".Internal"
    save("r_promise_builtin.rds", header() + of(promise(call(inline, call(symbol("mean"), NULL)))),
         "a promise that calls .Internal, which stands in it itself and not by its name",
         loading("dangerous", (".Internal", "dangerous")))
    save("r_promise_closure.rds", header() + of(promise(call(number(CLOSURE | TAG) + BASE + NULL + run))),
         "a promise that calls a function without a name, which calls system", danger)
    with_file = number(CALL) + symbol("cat") + number(PAIRS) + TOUCH + number(PAIRS | TAG) + symbol("file") + texts("/tmp/marker") + NULL
    save("r_promise_cat.rds", header() + of(promise(with_file)), "a promise that writes a file with cat",
         loading("dangerous", ("cat", "dangerous")))
    workspace = number(PAIRS | TAG) + symbol("model") + promise(run) + NULL
    beside = number(PAIRS | TAG) + symbol("model") + classed("lm", of(), names=("coefficients",)) + number(PAIRS | TAG) + symbol(
        "more") + of(promise(run)) + NULL
    save("r_promise_beside.rda", gzip.compress(b"RDX3\n" + header() + beside, mtime=0),
         "a workspace with a model, and a promise in another object of it", {"verdict": "model", **danger})
    save("r_promise_workspace.rda", b"RDX3\n" + header() + workspace, "a workspace that binds a promise", danger)


@artifact
def sizes():
    save("r_length_2_52.rds", header() + number(REALS) + number(-1) + number(1 << 20) + number(0), "a vector of 2^52 numbers",
         failed("malformed"))
    save("r_length_2_47.rds", header() + number(REALS) + number(-1) + number(1 << 15) + number(0), "a vector of 2^47 numbers",
         failed("truncated"))
    save("r_length_2_31.rds", header() + number(LIST) + number(0x7FFFFFFF), "a list of 2^31 - 1 values", failed("truncated"))
    save("r_length_negative.rds", header() + number(REALS) + number(-7), "a vector of -7 numbers", failed("malformed"))
    save("r_text_negative.rds", header() + number(TEXTS) + number(1) + number(TEXT) + number(-9), "a text of -9 bytes",
         failed("malformed"))
    deep = (number(ENVIRONMENT) + number(0)) * 100_000
    save("r_deep_environments.rds", gzip.compress(header() + deep, mtime=0), "environments nested 100,000 deep", failed("limit"))
    save("r_deep_lists.rds", gzip.compress(header() + (number(LIST) + number(1)) * 100_000 + NULL, mtime=0),
         "lists nested 100,000 deep", failed("limit"))
    save("r_cut_gzip.rds", gzip.compress(header() + number(REALS) + number(99) + random.Random(1).randbytes(792), mtime=0)[:-80],
         "gzip data that ends too soon", failed("truncated"))
    short = header() + number(REALS) + number(1_000) + bytes(792)
    for name, write in (("r_short_gzip.rds", lambda data: gzip.compress(data, mtime=0)), ("r_short_xz.rds", lzma.compress)):
        save(name, write(short), f"a whole {name[8:-4]} stream of a value that ends too soon",
             {**failed("truncated"), "loading": {"verdict": "incomplete"}})


@artifact
def references():
    loop = number(ENVIRONMENT) + number(0) + reference(1) + number(PAIRS | TAG) + symbol("self") + reference(1) + NULL + NULL + NULL
    save("r_reference_loop.rds", header() + loop, "an environment that is its own parent and a value of its own",
         {**not_a_model("data"), **loading("data-only")})
    save("r_reference_nowhere.rds", header() + reference(99), "a reference to what was not there", failed("malformed"))
    save("r_unknown_type.rds", header() + number(77), "an item of a type that does not exist", failed("malformed"))
    foreign = number(238) + number(PAIRS) + symbol("mmap_real") + number(PAIRS) + symbol("simplemmap") + NULL
    save("r_altrep_unknown.rds", header() + foreign + texts("/dev/zero") + NULL, "a vector in a form that another package defines",
         {**not_a_model("data"), **loading("needs-code", ("simplemmap.mmap_real", "unknown"))})
    save("r_namespace_unknown.rds", header() + of(number(249) + number(0) + number(2) + characters("notinstalled") + characters("1.0")),
         "the namespace of a package, which R loads", loading("needs-code", ("notinstalled", "unknown")))
    shared = number(2) + number(243) + number(1 << 30) + number(244) + number(-5) + number(CALL) + NULL + number(0) + symbol("f") + number(243) + number(-5)
    code = number(CODE) + number(1 << 30) + number(INTEGERS) + number(1) + number(12) + shared
    save("r_bytecode_shares.rds", header() + of(code), "byte code that shares 2^30 pieces, and one with itself", loading("needs-code"))
    pointer = number(POINTER) + NULL + NULL
    save("r_xgboost_pointer.rds", header() + classed("xgb.Booster", pointer, names=("handle",)),
         "a booster of which nothing but a pointer is left", {"verdict": "model", "facts": {"framework": "XGBoost"}})


@artifact
def hidden():
    """What stands where a reader may not look: in attributes of a text or of a builtin, behind the value, in a file's map."""
    run = call(symbol("system"), TOUCH)
    danger = loading("dangerous", ("system", "dangerous"))
    text = number(TEXT | 0x40000 | ATTRIBUTES) + number(1) + b"a"
    save("r_text_attributes.rds", header() + of(number(TEXTS) + number(1) + text + NULL, promise(run)),
         "a promise behind a text with attributes, which R reads and drops", danger)
    save("r_text_attributes_within.rds", header() + number(TEXTS) + number(2) + text + of(texts("b"), promise(run)) + characters("c"),
         "a promise in the attributes of a text", danger)
    save("r_symbol_attributes.rda", b"RDX3\n" + header() + number(PAIRS | TAG) + number(SYMBOL) + text + NULL + promise(run) + NULL,
         "a promise behind a name with attributes", danger)
    save("r_text_attributes_deep.rds", gzip.compress(header() + number(TEXTS) + number(1) + (text + number(TEXTS) + number(1)) * 10_000
         + characters("a"), mtime=0), "attributes of texts within each other, 10,000 deep", failed("malformed"))
    save("r_builtin_attributes.rds", header() + of(number(BUILTIN | ATTRIBUTES) + number(4) + b"mean" + NULL, promise(run)),
         "a promise behind a builtin with attributes", danger)
    save("r_bytes_behind.rds", header() + texts("a") + header() + of(promise(run)), "a second value behind the first",
         {"loading": {"verdict": "incomplete"}})
    map = number(238) + number(PAIRS) + symbol("mmap_integer") + number(PAIRS) + symbol("base") + number(PAIRS) + number(INTEGERS) + number(1) + number(13) + NULL
    state = number(PAIRS) + texts("/tmp/marker") + number(PAIRS) + number(REALS) + number(1) + struct.pack(">d", 16) + number(PAIRS) + number(
        INTEGERS) + number(4) + number(13) + number(1) * 3 + NULL
    save("r_file_map.rds", header() + map + state + NULL, "a vector that is a file of the machine, which can be written to",
         loading("dangerous", ("base.mmap_integer", "dangerous")))


@artifact
def names():
    """A variable may have any name, and the call that loads it names it."""
    model = classed("kmeans", texts("a"), names=("cluster",))
    for name, variable in (("r_name_call.rda", 'system("touch /tmp/marker")'), ("r_name_backtick.rda", "a`; system('true'); `b\\n")):
        save(name, b"RDX3\n" + header() + number(PAIRS | TAG) + symbol(variable) + model + NULL,
             "a variable whose name would run a command", {"verdict": "model", "loading": {"verdict": "data-only"}})


if __name__ == "__main__":
    run_all(FUNCTIONS, start(__doc__.splitlines()[0]).names)
