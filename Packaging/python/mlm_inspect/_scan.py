"""`scan`: records as they come."""

from __future__ import annotations

import collections
import json
import os
import subprocess
import threading
from typing import TYPE_CHECKING, Any, Deque, Generator, Iterable, List, Mapping, Optional, Sequence, Union

from . import _program
from ._errors import UsageError
from ._program import Answer, AnyPath, StrPath

if TYPE_CHECKING:
    from ._record import Record

# Of what the program writes to standard error, the end is enough to say what went wrong.
KEPT_MESSAGES = 200


def scan(
    paths: Union[AnyPath, Iterable[AnyPath]] = (),
    *,
    files: Optional[Iterable[AnyPath]] = None,
    jobs: Optional[int] = None,
    all: bool = False,
    models_only: bool = False,
    only: Union[str, Sequence[str]] = (),
    glob: Union[str, Sequence[str]] = (),
    hidden: bool = False,
    ignore: bool = True,
    follow: bool = False,
    max_depth: Optional[int] = None,
    max_size: Union[int, str, None] = None,
    times: bool = False,
    resume: Optional[StrPath] = None,
    limits: Optional[Mapping[str, int]] = None,
    sandbox: str = "auto",
) -> Generator[Record, None, None]:
    """Yields the record of every model below folders while the scan runs.

    `paths` is a folder or several, walked as `mlm-inspect scan` does; `files` are paths that are inspected and nothing else,
    however many, and need not be UTF-8. What cannot be read is a record too, with `error`: it never ends a scan.
    `jobs` is the number of workers, by default one per processor. `all=True` gives also what is no model.

    >>> import mlm_inspect
    >>> for record in mlm_inspect.scan("TestArtifacts/onnx-ort", jobs=2):
    ...     print(record["path"], record["verdict"], record["format"]["id"])
    TestArtifacts/onnx-ort/ort_fixed.ort model onnx-ort
    TestArtifacts/onnx-ort/ort_runtime.ort model onnx-ort

    To stop early, leave the loop and `close()` the iterator, or drop it: the program ends with it.
    """
    arguments: List[Union[str, bytes]] = ["scan", "-f", "ndjson", "-q", "--fail-on", "never"]
    for name, value in (
        ("--all", all), ("--models-only", models_only), ("--hidden", hidden), ("--no-ignore", not ignore),
        ("--follow", follow), ("--times", times),
    ):  # fmt: skip
        if value:
            arguments.append(name)
    for name, number in (("--jobs", jobs), ("--max-depth", max_depth), ("--max-size", max_size)):
        if number is not None:
            arguments.append(f"{name}={number}")
    for pattern in [glob] if isinstance(glob, str) else glob:
        arguments.append(f"--glob={pattern}")
    formats = [only] if isinstance(only, str) else list(only)
    if formats:
        arguments.append("--only=" + ",".join(formats))
    if resume is not None:
        arguments += ["--resume", _program.utf8_argument(resume)]
    arguments += _program.common(limits, sandbox)

    roots = [paths] if isinstance(paths, (str, bytes, os.PathLike)) else list(paths)
    if files is not None:
        if roots:
            raise UsageError("a scan is of paths or of files, not of both")
        arguments += ["--files-from", "-", "--null"]
    elif not roots:
        # As a loop over no folders does nothing.
        return
    else:
        arguments.append("--")
        arguments += [_program.utf8_argument(root) for root in roots]
    yield from _records(arguments, files)


def _records(arguments: Sequence[Union[str, bytes]], files: Optional[Iterable[AnyPath]]) -> Generator[Record, None, None]:
    process = _program.start(arguments)
    messages: Deque[bytes] = collections.deque(maxlen=KEPT_MESSAGES)
    trouble: List[BaseException] = []
    listening = threading.Thread(target=_listen, args=(process, messages), daemon=True)
    telling = threading.Thread(target=_tell, args=(process, files, trouble), daemon=True)
    listening.start()
    telling.start()
    cut: Optional[bytes] = None
    try:
        assert process.stdout is not None
        for line in process.stdout:
            try:
                record: Any = json.loads(line.decode("utf-8"))
            except ValueError:
                # Cut off where the program was killed; what ended it is said below.
                cut = line
                break
            yield record
        if cut is not None:
            # Nothing after it is worth reading, and a program that writes on ends by it.
            process.stdout.close()
        process.wait()
        # It may still wait for the caller's paths, where the program ended before it had them all.
        if process.returncode in _program.DONE:
            telling.join()
    finally:
        if process.returncode is None:
            _program.end(process)
        listening.join()
        _program.close(process.stdout, process.stderr)
    if trouble:
        raise trouble[0]
    answer = Answer(process.returncode, b"", b"".join(messages).decode("utf-8", "replace"))
    _program.require_end(answer)
    if cut is not None:
        raise _program.cut_off(answer)


def _listen(process: subprocess.Popen[bytes], messages: Deque[bytes]) -> None:
    assert process.stderr is not None
    try:
        messages.extend(process.stderr)
    except OSError:
        # Without its messages, how the program ended still says what there is to say.
        pass


def _tell(process: subprocess.Popen[bytes], files: Optional[Iterable[AnyPath]], trouble: List[BaseException]) -> None:
    """Hands the paths over while the scan runs, so that neither waits for the other with a full pipe."""
    assert process.stdin is not None
    try:
        with process.stdin as pipe:
            for path in files or ():
                pipe.write(_program.argument(path) + b"\0")
    except (BrokenPipeError, ValueError) as error:
        # The scan ended before, which its own end explains; but a path may be none.
        if isinstance(error, UsageError):
            trouble.append(error)
            process.terminate()
    except BaseException as error:
        # The caller's iterable.
        trouble.append(error)
        process.terminate()
