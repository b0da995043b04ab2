"""Executes calls of loading cards, each in a process of its own: loading_calls.py SECONDS, cards as JSON in standard input.

Prints one line of JSON a card: what came of it. Runs under Python 3.6 and later, in the environment it is started with.
"""

import ast
import builtins
import fcntl
import importlib
import json
import os
import signal
import socket
import struct
import sys
import traceback

ALIASES = {"tf": "tensorflow"}


def names(call):
    """The dotted names that the call takes from outside, longest first."""
    found = set()
    stored = {node.id for node in ast.walk(ast.parse(call)) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    for node in ast.walk(ast.parse(call)):
        path = []
        while isinstance(node, ast.Attribute):
            path.append(node.attr)
            node = node.value
        if isinstance(node, ast.Name) and node.id not in stored and not hasattr(builtins, node.id):
            found.add(".".join([node.id] + path[::-1]))
    return sorted(found, key=len, reverse=True)


def bring(path):
    """Imports the module of a dotted name, however much of the name that is."""
    parts = path.split(".")
    try:
        root = importlib.import_module(ALIASES.get(parts[0], parts[0]))
    except ModuleNotFoundError as error:
        if error.name == parts[0]:
            raise NameError("name '{}' is not defined".format(parts[0])) from error
        raise
    module = root.__name__
    for part in parts[1:]:
        module += "." + part
        try:
            importlib.import_module(module)
        except ImportError:
            break
    return root


def base():
    """What the stand-in of a class is made of: where torch is at hand, a module of it."""
    torch = sys.modules.get("torch")
    return (torch.nn.Module,) if torch else ()


def raise_loopback():
    """Without a network there is still the machine itself, by which some libraries speak with a part of their own."""
    request = struct.pack("16sh", b"lo", 1)  # IFF_UP
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as channel:
        try:
            fcntl.ioctl(channel, 0x8914, request)  # SIOCSIFFLAGS
        except OSError:
            pass


def execute(card):
    """Pastes the card: first what must be imported and defined before, then the call."""
    scope = sys.modules["__main__"].__dict__
    for module in card.get("first", []):
        importlib.import_module(module)
        scope[module.split(".")[0]] = sys.modules[module.split(".")[0]]
    for name in card.get("define", []):
        # A stand-in: what the class does is not asked, only that the loader finds it.
        if name.startswith("__main__."):
            scope[name[len("__main__."):]] = type(name[len("__main__."):], base(), {"__module__": "__main__"})
    # A class that the configuration registers, or names without a module, must be the right one to take its weights.
    missing = [name for name in card.get("define", []) if not name.startswith("__main__.")]
    if missing:
        raise NameError("name '{}' is not defined".format(missing[0]))
    defined = {name[len("__main__."):] for name in card.get("define", [])}
    for path in names(card["call"]):
        head = path.split(".")[0]
        if head not in defined:
            scope[head] = bring(path)
    exec(compile(card["call"], "call", "exec"), scope)


def last_line(error):
    lines = [line.strip() for line in traceback.format_exception_only(type(error), error) if line.strip()]
    return " ".join(" ".join(lines).split())[:400] if lines else type(error).__name__


def child(card, seconds, answers):
    """Runs one card to its end; the alarm ends it, whatever it is in."""
    os.setsid()
    signal.alarm(seconds)
    try:
        os.chdir(card["folder"])
        execute(card)
        answer = "works"
    except NameError as error:
        answer = "needs " + str(error).split("'")[1] if "is not defined" in str(error) else last_line(error)
    except BaseException as error:
        answer = last_line(error)
    os.write(answers, answer.encode("utf-8", "replace"))
    os._exit(0)


def main():
    seconds = int(sys.argv[1])
    raise_loopback()
    cards = json.load(sys.stdin)
    out = os.dup(1)
    os.dup2(2, 1)
    modules = {path.split(".")[0] for card in cards for path in names(card["call"])}
    broken = None
    for module in sorted(modules):
        # What all of them import is imported once. A name of no module is an object that the caller has.
        try:
            importlib.import_module(ALIASES.get(module, module))
        except ModuleNotFoundError as error:
            if error.name != module:
                broken = last_line(error)
        except BaseException as error:
            broken = last_line(error)
    for card in cards:
        if broken:
            os.write(out, (json.dumps({"artifact": card["artifact"], "answer": "import: " + broken}) + "\n").encode())
            continue
        reading, writing = os.pipe()
        process = os.fork()
        if process == 0:
            os.close(reading)
            child(card, seconds, writing)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            answer = pipe.read().decode()
        status = os.waitpid(process, 0)[1]
        try:
            os.killpg(process, signal.SIGKILL)  # what it has started itself
        except ProcessLookupError:
            pass
        if os.WIFSIGNALED(status):
            number = os.WTERMSIG(status)
            answer = "longer than {} s".format(seconds) if number == signal.SIGALRM else "killed by signal {}".format(number)
        os.write(out, (json.dumps({"artifact": card["artifact"], "answer": answer}) + "\n").encode())


main()
