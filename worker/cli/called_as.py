"""How this program was called, so that what it prints can be typed again."""

import os
import shutil
import sys
from pathlib import Path


def called_as() -> str:
    """`lexrelay` where the shell finds that, else the path or the module as it was typed."""
    typed = sys.argv[0] if sys.argv else "lexrelay"
    if Path(typed).name == "__main__.py":
        return f"{Path(sys.executable).name} -m worker"
    found = shutil.which("lexrelay")
    if Path(typed).name != "lexrelay" or (found and Path(found).resolve() == Path(typed).resolve()):
        return "lexrelay"
    here = os.path.relpath(typed)
    return typed if here.startswith("..") else here
