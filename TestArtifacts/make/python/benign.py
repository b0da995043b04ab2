"""Ordinary objects as pickles, one kind a line: `kind protocol hex`. None of them is dangerous.

    python3 benign.py > Tests/MLMInspectTests/Fixtures/benign-pickles.txt

With numpy, scipy, pandas, dill, cloudpickle and joblib, where they are installed.
"""

import argparse, array, ast, base64, bisect, calendar, cmath, codecs, collections, configparser, contextlib, copy, csv
import ctypes, dataclasses, datetime, decimal, difflib, email.message, enum, fractions, functools, glob, hashlib, heapq, html
import http, http.cookies, importlib.metadata, inspect, io, ipaddress, itertools, json, logging, math, numbers, operator, os
import pathlib, pickle, platform, queue, random, re, reprlib, shlex, signal, socket, sqlite3, ssl, stat, statistics, string
import struct, subprocess, sys, textwrap, threading, time, tokenize, types, typing, unittest, urllib.error, urllib.parse
import uuid, warnings, weakref, xml.dom.minidom, xml.etree.ElementTree, zoneinfo

warnings.simplefilter("ignore")
module = types.ModuleType("shapes")
sys.modules["shapes"] = module
exec(
    '''
import collections, dataclasses, enum, typing, abc
class Plain:
    class Inner:
        def method(self): return 1
    class Colour(enum.Enum):
        RED = 1
    @classmethod
    def make(cls): return cls()
    @staticmethod
    def still(): return 1
    def method(self): return 2
    value = 3
class Slotted:
    __slots__ = ("a",)
class Level(enum.IntEnum):
    LOW = 1
class Flags(enum.Flag):
    A = 1
    B = 2
Pair = collections.namedtuple("Pair", "a b")
class Typed(typing.NamedTuple):
    a: int
@dataclasses.dataclass
class Data:
    a: int = 1
@dataclasses.dataclass(frozen=True)
class Frozen:
    a: int = 1
class Listed(list): pass
class Mapped(dict): pass
class Text(str): pass
class Number(int): pass
class Failure(Exception): pass
class Stated:
    def __getstate__(self): return {"a": 1}
    def __setstate__(self, state): self.__dict__.update(state)
class Reduced:
    def __reduce__(self): return (Reduced, ())
class Sized:
    def __getnewargs_ex__(self): return (), {}
def function(x): return x
''',
    module.__dict__,
)
P = module
slotted = P.Slotted()
slotted.a = 1

KINDS = {
    "none": None, "int": 1, "long": 2**80, "float": 0.5, "bool": True, "str": "é", "bytes": b"x", "bytearray": bytearray(b"x"),
    "tuple": (1,), "list": [1], "dict": {"a": 1}, "set": {1}, "frozenset": frozenset([1]), "complex": 1j, "slice": slice(1),
    "range": range(3), "ellipsis": ..., "not-implemented": NotImplemented, "type": int, "builtin-function": len,
    "module-function": math.sin, "none-type": type(None), "ordered": collections.OrderedDict(a=1),
    "counter": collections.Counter("ab"), "deque": collections.deque([1], 3), "default": collections.defaultdict(list),
    "chain-map": collections.ChainMap({"a": 1}), "user-dict": collections.UserDict(a=1), "user-list": collections.UserList([1]),
    "user-string": collections.UserString("a"), "named": P.Pair(1, 2), "typed": P.Typed(1), "data": P.Data(),
    "frozen": P.Frozen(), "plain": P.Plain(), "slotted": slotted, "nested-class": P.Plain.Inner, "nested": P.Plain.Inner(),
    "nested-enum": P.Plain.Colour.RED, "int-enum": P.Level.LOW, "flag": P.Flags.A | P.Flags.B, "list-class": P.Listed([1]),
    "dict-class": P.Mapped(a=1), "str-class": P.Text("a"), "int-class": P.Number(1), "exception": P.Failure("x"),
    "stated": P.Stated(), "reduced": P.Reduced(), "sized": P.Sized(), "function": P.function, "method": P.Plain().method,
    "class-method": P.Plain.make, "static-method": P.Plain.still, "unbound": P.Plain.method, "nested-method": P.Plain.Inner.method,
    "str-method": "a".upper, "list-method": [1].append, "dict-method": {}.get, "set-method": set().add, "bytes-method": b"".join,
    "unbound-str": str.upper, "unbound-list": list.append, "dict-from": dict.fromkeys, "int-from": int.from_bytes,
    "float-hex": float.fromhex, "bytes-hex": bytes.fromhex, "str-trans": str.maketrans, "len-method": [].__len__,
    "iter": iter([1]), "iter-tuple": iter((1,)), "iter-str": iter("a"), "iter-range": iter(range(2)), "iter-dict": iter({1: 2}),
    "iter-set": iter({1}), "iter-bytes": iter(b"a"), "reversed": reversed([1]), "enumerate": enumerate([1]), "zip": zip([1], [2]),
    "map": map(str, [1]), "filter": filter(None, [1]), "count": itertools.count(1), "cycle": itertools.cycle([1]),
    "repeat": itertools.repeat(1, 2), "chain": itertools.chain([1], [2]), "accumulate": itertools.accumulate([1]),
    "islice": itertools.islice([1], 1), "product": itertools.product([1], [2]), "permutations": itertools.permutations([1]),
    "combinations": itertools.combinations([1], 1), "takewhile": itertools.takewhile(bool, [1]),
    "dropwhile": itertools.dropwhile(bool, [1]), "compress": itertools.compress([1], [1]), "starmap": itertools.starmap(pow, [(1, 2)]),
    "partial": functools.partial(int, base=2), "partial-method": functools.partial("a".join), "attrgetter": operator.attrgetter("a"),
    "attrgetter-path": operator.attrgetter("a.b", "c"), "itemgetter": operator.itemgetter(1, "a"),
    "methodcaller": operator.methodcaller("lower"), "methodcaller-args": operator.methodcaller("split", ",", maxsplit=1),
    "operator-add": operator.add, "reduce-function": functools.reduce, "date": datetime.date(2024, 1, 2),
    "datetime": datetime.datetime(2024, 1, 2), "time": datetime.time(1), "timedelta": datetime.timedelta(1),
    "timezone": datetime.timezone.utc, "datetime-utc": datetime.datetime(2024, 1, 1, tzinfo=datetime.timezone.utc),
    "zone": zoneinfo.ZoneInfo("UTC"), "datetime-zone": datetime.datetime(2024, 1, 1, tzinfo=zoneinfo.ZoneInfo("UTC")),
    "zone-nocache": zoneinfo.ZoneInfo.no_cache("UTC"), "struct-time": time.gmtime(0), "decimal": decimal.Decimal("1.5"),
    "decimal-context": decimal.Context(prec=5), "fraction": fractions.Fraction(1, 3), "uuid": uuid.UUID(int=1),
    "path": pathlib.PurePosixPath("/a"), "windows-path": pathlib.PureWindowsPath("c:/a"), "real-path": pathlib.Path("a"),
    "pattern": re.compile("a"), "flags": re.I, "ip": ipaddress.ip_address("::1"), "network": ipaddress.ip_network("10.0.0.0/8"),
    "random": random.Random(1), "array": array.array("d", [1.0]), "stat": os.stat("/"), "uname": os.uname(),
    "terminal": os.terminal_size((80, 24)), "statvfs": os.statvfs("/"), "times": os.times(), "sched": os.sched_param(1),
    "platform": platform.uname(), "namespace": types.SimpleNamespace(a=1), "argparse": argparse.Namespace(a=1),
    "mapping-proxy-source": dict(types.MappingProxyType({"a": 1})), "generic": list[int], "union": typing.Optional[int],
    "typing-list": typing.List[int], "typing-any": typing.Any, "typevar": typing.TypeVar, "callable": typing.Callable[[int], str],
    "url": urllib.parse.urlparse("http://a/b"), "split-url": urllib.parse.urlsplit("http://a/b"), "status": http.HTTPStatus.OK,
    "method-enum": http.HTTPMethod.GET if hasattr(http, "HTTPMethod") else None, "cookie": http.cookies.SimpleCookie("a=b"),
    "url-error": urllib.error.URLError("x"), "os-error": OSError(2, "x", "f"), "value-error": ValueError("x"),
    "unicode-error": UnicodeDecodeError("utf8", b"x", 0, 1, "r"), "key-error": KeyError("x"), "group": ExceptionGroup("x", [ValueError()]),
    "process-error": subprocess.CalledProcessError(1, "x"), "completed": subprocess.CompletedProcess(["x"], 0, b"", b""),
    "timeout": subprocess.TimeoutExpired("x", 1), "socket-error": socket.gaierror(1, "x"), "family": socket.AF_INET,
    "kind": socket.SOCK_STREAM, "signal": signal.SIGINT, "tls": ssl.TLSVersion.TLSv1_2, "verify": ssl.CERT_NONE,
    "element": xml.etree.ElementTree.Element("a"), "dom-error": xml.dom.NotFoundErr("x"), "bytesio": io.BytesIO(b"x"),
    "stringio": io.StringIO("x"), "logger": logging.getLogger("a"), "level": logging.INFO,
    "record": logging.LogRecord("a", 20, "p", 1, "m", (), None), "config": configparser.ConfigParser(), "parser-error": configparser.NoSectionError("x"),
    "message": email.message.Message(), "json-error": json.JSONDecodeError("x", "y", 0), "decoder": json.JSONDecoder, "ast": ast.parse("a = 1"),
    "token": tokenize.TokenInfo(1, "a", (1, 0), (1, 1), "a"), "signature": inspect.signature(P.function), "parameter": inspect.Parameter("a", inspect.Parameter.KEYWORD_ONLY),
    "struct-error": struct.error("x"), "codec": codecs.lookup("utf8").name, "dialect": csv.excel, "sniffer": csv.Sniffer(),
    "formatter": string.Formatter(), "template": string.Template("$a"), "matcher": difflib.SequenceMatcher(None, "a", "b").get_opcodes(),
    "match": difflib.Match(1, 2, 3), "calendar": calendar.Calendar(), "textwrap": textwrap.TextWrapper(), "repr": reprlib.Repr(),
    "normal": statistics.NormalDist(0, 1), "shlex": shlex.quote, "glob": glob.glob, "hash-name": hashlib.sha256().name,
    "c-int": ctypes.c_int(3), "c-double": ctypes.c_double(1.0), "queue-empty": queue.Empty(), "cmp-key": functools.cmp_to_key,
    "version": sys.version_info[:3], "flags-sys": tuple(sys.flags), "float-info": tuple(sys.float_info), "object": object(),
    "recursive": (lambda l: (l.append(l), l)[1])([]), "property-name": "property", "sqlite-row": sqlite3.Row, "stop": StopIteration(3),
    "system-exit": SystemExit(2), "keyboard": KeyboardInterrupt(), "warning": UserWarning("x"), "class-of-class": type, "exit-name": "os.system",
    "text-like-a-pickle": "cos\nsystem\n(S'x'\ntR.", "bytes-like-a-pickle": b"cos\nsystem\n(S'x'\ntR.", "package": importlib.metadata.PackageNotFoundError("x"),
    "weak-set": weakref.WeakSet, "numbers": numbers.Number, "heap": heapq.heappush, "bisect": bisect.bisect, "base64": base64.b64encode,
    "html": html.escape, "copy": copy.copy, "cmath": cmath.sqrt, "join": os.path.join, "basename": os.path.basename, "getcwd": os.getcwd,
    "suppress": contextlib.suppress, "thread-name": threading.current_thread, "stat-mode": stat.S_ISDIR, "test-case": unittest.TestCase,
}


def more():
    try:
        import numpy as np

        yield from {
            "np-array": np.arange(3.0), "np-int": np.int64(1), "np-float": np.float32(1), "np-bool": np.bool_(True), "np-str": np.str_("a"),
            "np-object": np.array([1, "a"], dtype=object), "np-struct": np.zeros(2, dtype=[("a", "f4")]), "np-dtype": np.dtype("f8"),
            "np-fortran": np.asfortranarray(np.ones((2, 2))), "np-datetime": np.datetime64("2024"), "np-masked": np.ma.array([1], mask=[0]),
            "np-random": np.random.RandomState(1), "np-generator": np.random.default_rng(1), "np-record": np.rec.array([(1, 2.0)]),
            "np-ufunc": np.sin, "np-function": np.mean, "np-poly": np.poly1d([1, 2]), "np-type": np.float64, "np-matrix": np.matrix([[1]]),
        }.items()
    except ImportError:
        pass
    try:
        import scipy.interpolate, scipy.sparse, scipy.spatial, scipy.stats

        yield from {
            "sp-csr": scipy.sparse.csr_matrix([[1, 0]]), "sp-coo": scipy.sparse.coo_matrix([[1, 0]]),
            "sp-interp": scipy.interpolate.interp1d([1, 2], [3, 4]), "sp-norm": scipy.stats.norm(0, 1), "sp-kd": scipy.spatial.cKDTree([[1, 2]]),
            "sp-spline": scipy.interpolate.CubicSpline([1, 2, 3], [1, 2, 3]), "sp-rotation": scipy.spatial.transform.Rotation.identity(),
            "sp-kde": scipy.stats.gaussian_kde([1, 2, 3.5]), "sp-hull": scipy.spatial.ConvexHull([[0, 0], [1, 0], [0, 1]]).points,
        }.items()
    except ImportError:
        pass
    try:
        import pandas as pd

        yield from {
            "pd-frame": pd.DataFrame({"a": [1]}), "pd-series": pd.Series(["a"]), "pd-index": pd.MultiIndex.from_tuples([(1, 2)]),
            "pd-time": pd.Timestamp("2024"), "pd-cat": pd.Categorical(["a"]), "pd-interval": pd.Interval(0, 1), "pd-period": pd.Period("2024"),
            "pd-zone": pd.Timestamp("2024", tz="Europe/Berlin"), "pd-na": pd.NA, "pd-nat": pd.NaT, "pd-dates": pd.date_range("2024", periods=2),
        }.items()
    except ImportError:
        pass


def main():
    kinds = dict(KINDS)
    kinds.update(more())
    seen = set()
    for kind, value in kinds.items():
        for protocol in (0, 2, 4):
            try:
                data = pickle.dumps(value, protocol)
            except Exception:
                continue
            body = data[2:] if protocol else data
            if len(data) > 1200 or body in seen:
                continue
            seen.add(body)
            print(kind, protocol, data.hex())
    for name in ("dill", "cloudpickle"):
        try:
            library = __import__(name)
        except ImportError:
            continue
        local = types.ModuleType("__main__")
        space = {"__name__": "__main__"}
        exec(
            """
import os, math, collections
class Local:
    x = 1
    class Inner: pass
    def method(self): return os.path.join("a", str(math.pi))
    @property
    def p(self): return 1
def outer(n):
    def inner(x): return x + n
    return inner
f = lambda x: x * 2
g = outer(3)
def rec(n): return rec(n - 1) if n else 0
""",
            space,
        )
        for kind in ("Local", "f", "g", "rec"):
            for protocol in (2, 4):
                try:
                    data = library.dumps(space[kind], protocol)
                except Exception:
                    continue
                if len(data) < 1200:
                    print(f"{name}-{kind}", protocol, data.hex())
        for kind, value in (("instance", space["Local"]()), ("bound", space["Local"]().method), ("module", math), ("partial", functools.partial(space["f"], 1))):
            try:
                data = library.dumps(value, 4)
            except Exception:
                continue
            if len(data) < 1200:
                print(f"{name}-{kind}", 4, data.hex())


main()
