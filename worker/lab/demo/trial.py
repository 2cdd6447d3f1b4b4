"""`lexrelay try`: a shell with an installation around it, to write one's own first invoice into: nothing installed, nobody's
data, nothing left behind.
"""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

from outbox import sql
from outbox.db import connect
from worker.lab.demo.play import Director
from worker.lab.demo.stage import Run, services
from worker.lab.demo.terminal import Terminal
from worker.messages import Declined
from worker.messages import demo as words
from worker.service.parent import ROOT

#: Names the folder with the samples, within the shell alone.
FOLDER = "LEXRELAY_TRY"
_SAMPLES = ("invoices.sql", "repair.sql")


def open_shell(say: Terminal) -> int:
    """Set everything up, switch one practice on, and give way to a shell; its exit code. All of it ends with the shell.

    Raises Declined when a command fails, EmbeddedError when a server cannot run here.
    """
    say.aside(words.STARTING())
    with services(say.lang) as (database_url, sandbox), tempfile.TemporaryDirectory(prefix="lexrelay-try-") as folder:
        say.command(["migrate", "--reference-practice"])
        with Run(), connect(database_url, as_worker=False) as db:
            Director(db, sandbox.control, say).open(1)
            _furnish(Path(folder))
            say.aside(words.TRY(sandbox=sandbox.url))
            return _shell(Path(folder))


def run_sql(path: Path) -> None:
    """Run a file as the practice software would. Raises Declined outside of `lexrelay try`, and for SQL that fails."""
    if FOLDER not in os.environ:
        raise Declined(words.ONLY_WITHIN())
    try:
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as db:
            db.execute(path.read_bytes())
    except OSError as error:
        raise Declined(words.NO_SQL_FILE(path=path, problem=type(error).__name__)) from None
    except psycopg.Error as error:  # everything in there is invented
        raise Declined(words.SQL_FAILED(problem=str(error).splitlines()[0])) from None


def _furnish(folder: Path) -> None:
    """The samples, and a `lexrelay` that is this one, wherever it was installed."""
    for name in _SAMPLES:
        (folder / name).write_bytes(sql.text(f"try/{name}"))
    program = folder / "bin" / "lexrelay"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m worker "$@"\n')
    program.chmod(0o755)


def _shell(folder: Path) -> int:
    path = os.pathsep.join((str(folder / "bin"), os.environ.get("PATH", "")))
    shell = subprocess.Popen([os.environ.get("SHELL", "/bin/sh")], env=os.environ | {FOLDER: str(folder), "PATH": path})  # noqa: S603 (the user's own)
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the shell and what it runs
    try:
        return shell.wait()
    finally:
        signal.signal(signal.SIGINT, before)
