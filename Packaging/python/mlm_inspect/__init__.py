"""Identifies machine-learning model files and drafts their STAC MLM metadata, without running them.

>>> import mlm_inspect
>>> record = mlm_inspect.inspect("TestArtifacts/torch-export/unet.pt2")
>>> record["format"]["name"]
'PyTorch ExportedProgram'
>>> item = mlm_inspect.draft("TestArtifacts/torch-export/unet.pt2", task="semantic-segmentation")
>>> item["properties"]["mlm:tasks"]
['semantic-segmentation']

All is done by the program `mlm-inspect`, which the wheel brings along: each call is one run of it, and nothing of a model is
ever loaded into this process.
"""

from ._calls import check, draft, inspect, to_pystac
from ._errors import (
    CheckFailed,
    DraftIncomplete,
    InspectionFailed,
    MLMInspectError,
    ProgramDied,
    ProgramNotFound,
    TimedOut,
    UsageError,
)
from ._given import Given
from ._program import program
from ._record import Record
from ._scan import scan
from ._version import __version__

__all__ = [
    "CheckFailed",
    "DraftIncomplete",
    "Given",
    "InspectionFailed",
    "MLMInspectError",
    "ProgramDied",
    "ProgramNotFound",
    "Record",
    "TimedOut",
    "UsageError",
    "__version__",
    "check",
    "draft",
    "inspect",
    "program",
    "scan",
    "to_pystac",
]
