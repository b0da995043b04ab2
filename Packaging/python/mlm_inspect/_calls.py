"""`inspect`, `draft`, `check` and `to_pystac`: one run of the program each."""

from __future__ import annotations

import datetime
import json
import os
from typing import TYPE_CHECKING, Any, Dict, List, Mapping, Optional, Protocol, Sequence, Tuple, Union, cast

from . import _program
from ._errors import CheckFailed, DraftIncomplete, InspectionFailed, UsageError
from ._given import GIVEN
from ._program import Answer, AnyPath, StrPath

if TYPE_CHECKING:
    import pystac
    from typing_extensions import Unpack

    from ._given import Given
    from ._record import Record


# The verdicts of `check` on what it could read.
WORSE = ("valid", "valid as far as checked", "drifted", "invalid")


class HasToDict(Protocol):
    """An object of STAC, such as pystac's."""

    def to_dict(self) -> Dict[str, Any]:
        """The same as JSON."""
        ...


def inspect(
    path: AnyPath,
    *,
    checksum: bool = False,
    metadata: Optional[StrPath] = None,
    follow: bool = False,
    limits: Optional[Mapping[str, int]] = None,
    sandbox: str = "auto",
    timeout: Optional[float] = None,
) -> Record:
    """The record of one artifact: a file, or a folder that is one model.

    >>> import mlm_inspect
    >>> record = mlm_inspect.inspect("TestArtifacts/torch-export/unet.pt2")
    >>> record["verdict"], record["loading"]["verdict"], record["facts"]["parameters"]["total"]
    ('model', 'data-only', 12397)

    Throws `InspectionFailed`, with the record, where the artifact could not be read. What is no model has a record that says
    so; a key is there only where its value is known.
    """
    encoded = _program.argument(path)
    command: List[Union[str, bytes]]
    options = _program.common(limits, sandbox)
    if follow:
        options.append("--follow")
    given = b""
    if _program.is_utf8(encoded):
        if checksum:
            options.append("--checksum")
        if metadata is not None:
            options.append("--metadata=" + os.fspath(metadata))
        command = ["inspect", "-f", "ndjson", "--fail-on", "never", *options, "--", encoded]
    else:
        # Arguments of the program are UTF-8; paths that a scan is told need not be.
        if checksum or metadata is not None:
            _program.utf8_argument(path)
        given = encoded + b"\0"
        command = ["scan", "--files-from", "-", "--null", "--all", "--jobs", "1", "-q", "-f", "ndjson"]
        command += ["--fail-on", "never", *options]
    answer = _program.run(command, given, timeout)
    record = cast("Record", _only(answer))
    if record["verdict"] == "failed":
        raise InspectionFailed(_failure(record), record)
    return record


def draft(
    path: Union[AnyPath, Sequence[AnyPath]],
    *,
    final: bool = False,
    checksum: bool = False,
    metadata: Optional[StrPath] = None,
    limits: Optional[Mapping[str, int]] = None,
    sandbox: str = "auto",
    timeout: Optional[float] = None,
    **given: Unpack[Given],
) -> Dict[str, Any]:
    """A STAC Item for a model; for a list of paths, one Item for a model that was saved in several formats.

    What the model cannot say is given by name, as the flags of `mlm-inspect draft`:

    >>> import mlm_inspect
    >>> item = mlm_inspect.draft(
    ...     "TestArtifacts/torch-export/unet.pt2",
    ...     final=True,
    ...     task="semantic-segmentation",
    ...     geometry="world",
    ...     start="2015-06-27",
    ...     end="..",
    ...     license="Apache-2.0",
    ...     sensor="sentinel-2-l1c",
    ... )
    >>> item["id"], item["properties"]["mlm:input"][0]["input"]["shape"]
    ('unet', [-1, 13, 64, 64])

    Throws `InspectionFailed` where there is nothing to draft, and `DraftIncomplete` where `final` needs more.
    """
    paths = [path] if isinstance(path, (str, bytes, os.PathLike)) else list(path)
    if not paths:
        raise UsageError("a draft is of one path at least")
    encoded = [_program.utf8_argument(one) for one in paths]
    arguments: List[Union[str, bytes]] = ["draft", "-f", "ndjson", "--fail-on", "never", *_program.common(limits, sandbox)]
    for name, is_set in (("--final", final), ("--checksum", checksum), ("--one-item", len(paths) > 1)):
        if is_set:
            arguments.append(name)
    if metadata is not None:
        arguments.append("--metadata=" + os.fspath(metadata))
    with _Documents() as documents:
        for key, value in given.items():
            if value is not None:
                arguments += _flags(key, value, documents)
        answer = _program.run([*arguments, "--", *encoded], timeout=timeout, descriptors=documents.descriptors)
    if answer.output:
        return cast("Dict[str, Any]", _only(answer))
    said = _program.plain(answer.messages)
    if final and answer.returncode == 1:
        raise DraftIncomplete(said, [line for line in said.splitlines() if " is missing: " in line])
    for one in paths:
        # Says what the artifact is instead, or throws.
        record = inspect(one, limits=limits, sandbox=sandbox, timeout=timeout)
        if record["verdict"] != "model":
            raise InspectionFailed(said, record)
    raise _program.cut_off(answer)


def check(
    document: Union[StrPath, Mapping[str, Any], HasToDict],
    *,
    artifact: Optional[AnyPath] = None,
    schemas: Optional[AnyPath] = None,
    limits: Optional[Mapping[str, int]] = None,
    sandbox: str = "auto",
    timeout: Optional[float] = None,
) -> Dict[str, Any]:
    """What is wrong with a STAC document, and what it lacks: a file, a dictionary, or an object of pystac.

    >>> import mlm_inspect
    >>> report = mlm_inspect.check(mlm_inspect.draft("TestArtifacts/torch-export/unet.pt2"))
    >>> report["verdict"], report["gaps"][0]["pointer"]
    ('valid', '/geometry')

    With `artifact` the model is read again, and the report says where the Item no longer matches it. `schemas` is a folder of
    JSON Schemas for what there are no rules of ours for. Throws `CheckFailed`
    where the document could not be read; a document that is invalid has a report that says why. A file of several documents,
    or a FeatureCollection, has the worst of their verdicts, and a report of each in `documents`.
    """
    arguments: List[Union[str, bytes]] = ["check", "-f", "json", "--compact", *_program.common(limits, sandbox)]
    if artifact is not None:
        arguments += ["--artifact", _program.utf8_argument(artifact)]
    if schemas is not None:
        arguments += ["--schemas", _program.utf8_argument(schemas)]
    content = b""
    if isinstance(document, (str, os.PathLike)):
        arguments += ["--", _program.utf8_argument(document)]
    else:
        content = json.dumps(document if isinstance(document, Mapping) else document.to_dict()).encode()
        arguments += ["--", "-"]
    answer = _program.run(arguments, content, timeout)
    report = _value(answer, answer.output)
    failed = [one for one in (report if isinstance(report, list) else [report]) if one["verdict"] == "failed"]
    if failed:
        raise CheckFailed(_failure(failed[0]), failed[0])
    if isinstance(report, list):
        verdicts = [one["verdict"] for one in report]
        report = {
            "path": os.fspath(document) if isinstance(document, (str, os.PathLike)) else "-",
            "verdict": max(verdicts, key=_badness, default="valid"),
            "documents": report,
        }
    return cast("Dict[str, Any]", report)


def to_pystac(item: Mapping[str, Any]) -> pystac.Item:
    """What `draft` returned, as an Item of pystac, which has to be installed.

    >>> import mlm_inspect
    >>> item = mlm_inspect.to_pystac(mlm_inspect.draft("TestArtifacts/torch-export/unet.pt2"))
    >>> item.id, item.assets["model"].roles
    ('unet', ['mlm:model', 'mlm:compiled', 'data'])
    """
    import pystac

    return pystac.Item.from_dict(dict(item))


def _badness(verdict: str) -> int:
    """One that is not known here is worse than all."""
    return WORSE.index(verdict) if verdict in WORSE else len(WORSE)


class _Documents:
    """Documents that are handed to the program as files which have no name anywhere."""

    def __init__(self) -> None:
        self.descriptors: List[int] = []

    def __enter__(self) -> _Documents:
        return self

    def __exit__(self, *_: object) -> None:
        for descriptor in self.descriptors:
            os.close(descriptor)

    def add(self, value: object) -> str:
        descriptor = os.memfd_create("mlm-inspect")
        self.descriptors.append(descriptor)
        content = json.dumps(value).encode()
        while content:
            content = content[os.write(descriptor, content) :]
        os.lseek(descriptor, 0, os.SEEK_SET)
        return f"/proc/self/fd/{descriptor}"


def _flags(key: str, value: Any, documents: _Documents) -> List[str]:
    if key not in GIVEN:
        raise UsageError(f"{key} is nothing that can be given for a draft; there are: " + ", ".join(sorted(GIVEN)))
    flag, kind = GIVEN[key]
    values: Sequence[Any]
    if kind == "document":
        values = [documents.add(value) if isinstance(value, Mapping) else os.fspath(value)]
    elif kind == "properties":
        values = [f"{name}={json.dumps(of)}" for name, of in value.items()]
    elif kind == "names":
        values = [f"{name}={of if isinstance(of, str) else ','.join(of)}" for name, of in value.items()]
    elif kind == "numbers":
        values = [value if isinstance(value, str) else ",".join(repr(float(number)) for number in value)]
    elif kind == "moment":
        values = [value if isinstance(value, str) else _moment(value)]
    elif kind == "several":
        values = [value] if isinstance(value, str) else list(value)
    else:
        values = [value]
    return [f"{flag}={one}" for one in values]


def _moment(value: datetime.date) -> str:
    """A day, or a moment in UTC; one without a zone is taken to be in UTC, as everywhere in STAC."""
    if not isinstance(value, datetime.datetime):
        return value.isoformat()
    if value.tzinfo is not None:
        value = value.astimezone(datetime.timezone.utc).replace(tzinfo=None)
    return value.isoformat(timespec="microseconds" if value.microsecond else "seconds") + "Z"


def _only(answer: Answer) -> Any:
    """The one line of the output."""
    if not answer.output.endswith(b"\n"):
        raise _program.cut_off(answer)
    return _value(answer, answer.output)


def _value(answer: Answer, output: bytes) -> Any:
    try:
        return json.loads(output.decode("utf-8"))
    except ValueError:
        raise _program.cut_off(answer) from None


def _failure(said: Mapping[str, Any]) -> str:
    error = said.get("error", {})
    where: Tuple[str, ...] = (f"({error['where']})",) if "where" in error else ()
    return " ".join((f"{said['path']}: {error.get('message', 'could not be read')}", *where))
