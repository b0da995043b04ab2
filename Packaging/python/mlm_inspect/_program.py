"""Finds the program, runs it, and says clearly what went wrong with it."""

from __future__ import annotations

import functools
import os
import platform
import shutil
import signal
import subprocess
import sys
import sysconfig
from typing import IO, Iterator, List, Mapping, NamedTuple, NoReturn, Optional, Sequence, Union

from ._errors import ProgramDied, ProgramNotFound, TimedOut, UsageError

NAME = "mlm-inspect"
#: Names another program than the one that was installed with this package.
VARIABLE = "MLM_INSPECT"

StrPath = Union[str, "os.PathLike[str]"]
AnyPath = Union[str, bytes, "os.PathLike[str]", "os.PathLike[bytes]"]

# 0 done · 1 a finding that --fail-on names, or a final draft that lacks something · 2 something could not be read · 3 no model.
DONE = range(4)
WRONG_USAGE = 64


def program() -> str:
    """The path of the program: `MLM_INSPECT` in the environment, else what was installed with this package, else on PATH."""
    return _found(os.environ.get(VARIABLE, ""), os.environ.get("PATH", ""))


@functools.lru_cache(maxsize=8)
def _found(given: str, path: str) -> str:
    if given:
        if _can_run(given):
            return given
        raise ProgramNotFound(f"{VARIABLE} names {given}, which is no program that can be run")
    for folder in _folders():
        candidate = os.path.join(folder, NAME)
        if _can_run(candidate):
            return candidate
    on_path = shutil.which(NAME, path=path)
    if on_path is not None:
        return on_path
    raise ProgramNotFound(
        f"{NAME} is neither beside this Python nor on PATH; install the wheel again, or name the program in {VARIABLE}"
    )


def _folders() -> Iterator[str]:
    """Where pip puts programs: of the environment, of the user, and with --target and --prefix."""
    yield sysconfig.get_path("scripts")
    user = "posix_user"
    if user in sysconfig.get_scheme_names():
        yield sysconfig.get_path("scripts", user)
    packages = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    yield os.path.join(packages, "bin")
    yield os.path.join(packages, os.pardir, os.pardir, os.pardir, "bin")


def _can_run(path: str) -> bool:
    return os.path.isfile(path) and os.access(path, os.X_OK)


class Answer(NamedTuple):
    """What the program said."""

    returncode: int
    output: bytes
    messages: str


def run(
    arguments: Sequence[Union[str, bytes]],
    standard_input: bytes = b"",
    timeout: Optional[float] = None,
    descriptors: Sequence[int] = (),
) -> Answer:
    """Runs the program to its end. Throws where that was not an end of its own."""
    process = start(arguments, descriptors)
    try:
        output, errors = process.communicate(standard_input, timeout=timeout)
    except subprocess.TimeoutExpired:
        end(process)
        close(process.stdout, process.stderr)
        raise TimedOut(f"{NAME} was ended, because it took longer than {timeout} seconds") from None
    except BaseException:
        end(process)
        close(process.stdout, process.stderr)
        raise
    answer = Answer(process.returncode, output, errors.decode("utf-8", "replace"))
    require_end(answer)
    return answer


def start(arguments: Sequence[Union[str, bytes]], descriptors: Sequence[int] = ()) -> subprocess.Popen[bytes]:
    """Starts the program, with pipes to it."""
    path = program()
    command: List[Union[str, bytes]] = [path, *arguments]
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # Before Python 3.10 to close them means to copy this process first. Python's own are not inherited anyway.
            close_fds=bool(descriptors) or sys.version_info >= (3, 10),
            pass_fds=descriptors,
        )
    except OSError as error:
        _found.cache_clear()
        _refuse(path, error)


def _refuse(path: str, error: OSError) -> NoReturn:
    if not sys.platform.startswith("linux") or platform.machine() not in ("x86_64", "AMD64"):
        raise ProgramNotFound(
            f"{path} is a program for Linux on x86-64, and this is {platform.system()} on {platform.machine()}"
        ) from error
    raise ProgramNotFound(f"{path} does not start: {error.strerror}") from error


def end(process: subprocess.Popen[bytes]) -> None:
    """Ends a program that nobody listens to any more, and with it what it started."""
    process.terminate()
    try:
        process.wait(2)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def close(*pipes: Optional[IO[bytes]]) -> None:
    """Closes pipes from a program that has ended."""
    for pipe in pipes:
        if pipe is not None:
            pipe.close()


def require_end(answer: Answer) -> None:
    """Throws unless the program ended by itself, having done what it was asked."""
    if answer.returncode in DONE:
        return
    said = plain(answer.messages)
    if answer.returncode == WRONG_USAGE:
        raise UsageError(said)
    if answer.returncode < 0:
        try:
            name = signal.Signals(-answer.returncode).name
        except ValueError:
            name = str(-answer.returncode)
        how = f"was killed by signal {name}"
    else:
        how = f"ended with {answer.returncode}"
    raise ProgramDied(f"{NAME} {how}" + (f": {said}" if said else ""), answer.returncode, answer.messages)


def cut_off(answer: Answer) -> ProgramDied:
    """The error for output that does not go to its end though the program says so."""
    return ProgramDied(f"the output of {NAME} is cut off", answer.returncode, answer.messages)


def plain(messages: str) -> str:
    """Messages without the name of the program, and without how to use it."""
    lines = []
    for line in messages.splitlines():
        if line.startswith(("Usage: ", "  See ")):
            continue
        for prefix in (NAME + ": ", "Error: "):
            if line.startswith(prefix):
                line = line[len(prefix) :]
        lines.append(line)
    return "\n".join(lines).strip()


def argument(path: AnyPath) -> bytes:
    """A path as an argument that stands for a file, whatever its name."""
    encoded = os.fsencode(path)
    if b"\0" in encoded:
        raise UsageError(f"{path!r} is no path: it has a NUL in it")
    if not encoded:
        raise UsageError("a path is empty")
    return b"./-" if encoded == b"-" else encoded


def is_utf8(encoded: bytes) -> bool:
    """Whether the program can take it as an argument: those have to be UTF-8."""
    try:
        encoded.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def utf8_argument(path: AnyPath) -> bytes:
    """A path as an argument. Throws where it is not UTF-8, before the program says that there is no such file."""
    encoded = argument(path)
    if not is_utf8(encoded):
        raise UsageError(f"{path!r} is not UTF-8, as arguments of {NAME} have to be; rename it, or scan(files=[…])")
    return encoded


def common(limits: Optional[Mapping[str, int]], sandbox: str) -> List[str]:
    """The options that every command has."""
    if sandbox not in ("auto", "require", "off"):
        raise UsageError(f"sandbox={sandbox!r}: it is auto, require or off")
    options = [] if sandbox == "auto" else ["--sandbox", sandbox]
    for name, value in (limits or {}).items():
        options.append(f"--limit={name}={value}")
    return options


