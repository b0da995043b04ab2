"""`python -m mlm_inspect` is `mlm-inspect`."""

import os
import sys

from ._errors import ProgramNotFound
from ._program import program

try:
    path = program()
    os.execv(path, [path, *sys.argv[1:]])
except (ProgramNotFound, OSError) as error:
    sys.exit(f"mlm-inspect: {error}")
