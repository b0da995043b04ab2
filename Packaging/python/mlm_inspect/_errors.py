"""What can go wrong, each with what the program said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, List, Mapping, Optional

if TYPE_CHECKING:
    from ._record import Record


class MLMInspectError(Exception):
    """Every error of this package."""


class ProgramNotFound(MLMInspectError):
    """There is no mlm-inspect that can be run here."""


class ProgramDied(MLMInspectError):
    """The program ended before it had said everything: it was killed, or its output is cut off."""

    def __init__(self, message: str, returncode: int, messages: str) -> None:
        super().__init__(message)
        #: As in subprocess: less than 0 is a signal.
        self.returncode = returncode
        #: What the program wrote to standard error.
        self.messages = messages


class TimedOut(MLMInspectError, TimeoutError):
    """The program was ended because it took longer than `timeout`."""


class UsageError(MLMInspectError, ValueError):
    """A value that the program does not take."""


class InspectionFailed(MLMInspectError):
    """An artifact that could not be read, or of which nothing can be drafted.

    >>> import mlm_inspect
    >>> try:
    ...     mlm_inspect.inspect("absent.pt")
    ... except mlm_inspect.InspectionFailed as error:
    ...     print(error, error.record["error"]["reason"], sep="; ")
    absent.pt: no such file or directory; not-found
    """

    def __init__(self, message: str, record: Record) -> None:
        super().__init__(message)
        #: The record of the artifact.
        self.record = record


class CheckFailed(MLMInspectError):
    """A document that could not be read, or is not STAC."""

    def __init__(self, message: str, report: Mapping[str, Any]) -> None:
        super().__init__(message)
        #: What `check` says about the document.
        self.report = report


class DraftIncomplete(MLMInspectError):
    r"""A final draft lacks values that only a person knows.

    >>> import mlm_inspect
    >>> try:
    ...     mlm_inspect.draft("TestArtifacts/torch-export/unet.pt2", final=True, geometry="world", license="MIT")
    ... except mlm_inspect.DraftIncomplete as error:
    ...     print(*error.missing, sep="\n")  # doctest: +ELLIPSIS
    TestArtifacts/torch-export/unet.pt2: /properties/datetime is missing: ...
    TestArtifacts/torch-export/unet.pt2: /properties/mlm:tasks is missing: ...
    """

    def __init__(self, message: str, missing: Optional[List[str]] = None) -> None:
        super().__init__(message)
        #: One line for each value: which, why, and how to give it.
        self.missing = missing or []
