"""Runs at the start of every Python process that has this folder in PYTHONPATH: notes again and again what it has imported.

One file for each process in the folder LEXRELAY_TEST_IMPORTS, named by its pid, with a module in each line.
"""

import os
import sys
import threading
import time
from pathlib import Path


def _note() -> None:
    note = Path(os.environ["LEXRELAY_TEST_IMPORTS"]) / str(os.getpid())
    while True:
        unfinished = note.with_suffix(".unfinished")
        unfinished.write_text("\n".join(sorted(sys.modules)))
        unfinished.rename(note)
        time.sleep(0.1)


def _begin() -> None:
    threading.Thread(target=_note, daemon=True).start()


if "LEXRELAY_TEST_IMPORTS" in os.environ:
    _begin()
    os.register_at_fork(after_in_child=_begin)
