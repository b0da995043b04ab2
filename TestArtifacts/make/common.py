"""Shared helpers of the scripts that write the test artifacts: places, truth files, fresh processes, pickles, zips."""

import argparse
import io
import json
import os
import pickletools
import shutil
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

PAYLOAD_MINIMUM = 1024
SCRATCH = Path("/tmp/make")
TRUTH_KEYS = ("written_by", "how", "record", "ranges", "pickles", "payload")

_ROOT = Path(__file__).resolve().parent.parent


# ---------------------------------------------------------------- places


def start(description, neutral=False):
    """Reads the command line, remembers the output root and moves to a neutral working directory.

    With neutral the script runs again as a copy from there, for frameworks that write the paths of sources.
    """
    global _ROOT
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--output", type=Path, default=_ROOT, help="root of the artifact folders")
    parser.add_argument("names", nargs="*", help="only these artifact functions")
    arguments = parser.parse_args()
    _ROOT = arguments.output.resolve()
    SCRATCH.mkdir(parents=True, exist_ok=True)
    script = Path(sys.argv[0]).resolve()
    if neutral and script.parent != SCRATCH:
        for source in script.parent.glob("*.py"):
            shutil.copy(source, SCRATCH)
        copy = [sys.executable, SCRATCH / script.name, "--output", _ROOT, *arguments.names]
        os.execv(sys.executable, [str(part) for part in copy])
    os.chdir(SCRATCH)
    return arguments


def run_all(functions, names=()):
    """Calls each artifact function, or only those named."""
    for function in functions:
        if not names or function.__name__ in names:
            print(f"- {function.__name__}")
            function()


def skip(reason):
    """Says why an artifact was not written."""
    print(f"  skipped: {reason}")


def place(format_id, name):
    """The path of an artifact, free to be written."""
    path = _ROOT / format_id / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        shutil.rmtree(path)
    if path.exists() or path.is_symlink():
        path.unlink()
    return path


def fresh(code, *arguments, cwd=SCRATCH):
    """Runs Python code in a process of its own and returns what it printed; raises when it fails."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    result = subprocess.run(command, cwd=cwd, capture_output=True, text=True)
    if result.returncode != 0:
        raise RuntimeError(result.stderr.strip())
    return result.stdout.strip()


# ---------------------------------------------------------------- truth


def write_truth(path, *, written_by, how, record, pickles=None, payload=(), ranges=None):
    """Writes NAME.truth.json beside an artifact."""
    truth = {
        "written_by": written_by,
        "how": how,
        "record": record,
        "ranges": ranges,
        "pickles": pickles,
        "payload": payload if isinstance(payload, dict) else [list(pair) for pair in payload],
    }
    truth = {key: truth[key] for key in TRUTH_KEYS if truth[key] is not None}
    path.with_name(path.name.split(".")[0] + ".truth.json").write_text(pretty(truth) + "\n")


def pretty(value, depth=0):
    """JSON with two spaces of indent, where a list of plain values stays on one line."""
    inner, outer = "  " * (depth + 1), "  " * depth
    if isinstance(value, dict) and value:
        lines = [f"{inner}{json.dumps(str(key))}: {pretty(item, depth + 1)}" for key, item in value.items()]
        return "{\n" + ",\n".join(lines) + f"\n{outer}}}"
    if isinstance(value, (list, tuple)) and any(isinstance(item, (dict, list, tuple)) for item in value):
        lines = [inner + pretty(item, depth + 1) for item in value]
        return "[\n" + ",\n".join(lines) + f"\n{outer}]"
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


# ---------------------------------------------------------------- pickles

_MARK = object()
_PUTS = {"PUT", "BINPUT", "LONG_BINPUT"}
_GETS = {"GET", "BINGET", "LONG_BINGET"}


def pickle_imports(data):
    """The sorted unique [module, name] pairs that the pickle at the start of data would import."""
    return import_walk(io.BytesIO(data))


def import_walk(stream):
    """As pickle_imports, leaving the stream behind the STOP, so that concatenated pickles can be walked in turn."""
    stack, memo, found = [], {}, set()
    for opcode, argument, _ in pickletools.genops(stream):
        name = opcode.name
        if name == "GLOBAL" or name == "INST":
            found.add(tuple(argument.split(" ", 1)))
        elif name == "STACK_GLOBAL":
            found.add((stack[-2], stack[-1]))
        if name == "MARK":
            stack.append(_MARK)
        elif name == "MEMOIZE":
            memo[len(memo)] = stack[-1]
        elif name in _PUTS:
            memo[argument] = stack[-1]
        elif name in _GETS:
            stack.append(memo[argument])
        elif name == "DUP":
            stack.append(stack[-1])
        elif name == "POP":
            stack.pop()
        else:
            _apply(opcode, argument, stack)
    return [list(pair) for pair in sorted(found)]


def _apply(opcode, argument, stack):
    before = opcode.stack_before
    if pickletools.markobject in before:
        while stack.pop() is not _MARK:
            pass
        before = before[: before.index(pickletools.markobject)]
    if before:
        del stack[-len(before) :]
    stack.extend([argument if isinstance(argument, str) else None] * len(opcode.stack_after))


def zip_pickle_imports(path, wanted=lambda name: name.endswith(".pkl")):
    """The imports of each wanted pickle entry of a zip file."""
    with zipfile.ZipFile(path) as archive:
        return {name: pickle_imports(archive.read(name)) for name in archive.namelist() if wanted(name)}


# ---------------------------------------------------------------- zips


def stored_ranges(path, wanted, base=0):
    """Sorted [offset, length] of each wanted stored entry of PAYLOAD_MINIMUM bytes or more in a zip (or zip bytes)."""
    source = io.BytesIO(path) if isinstance(path, bytes) else open(path, "rb")
    ranges = []
    with source, zipfile.ZipFile(source) as archive:
        for info in archive.infolist():
            if info.compress_type == zipfile.ZIP_STORED and info.file_size >= PAYLOAD_MINIMUM and wanted(info.filename):
                source.seek(info.header_offset + 26)
                name_length, extra_length = struct.unpack("<HH", source.read(4))
                ranges.append([base + info.header_offset + 30 + name_length + extra_length, info.file_size])
    return sorted(ranges)


def rewrite_zip(path, change):
    """Rewrites a zip with every entry stored, passing (name, data) through change, which drops one by returning None."""
    with zipfile.ZipFile(path) as archive:
        entries = [(name, archive.read(name)) for name in archive.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, data in entries:
            kept = change(name, data)
            if kept is not None:
                archive.writestr(zipfile.ZipInfo(name), kept)
