"""The command try: a shell with an installation of one's own around it."""

import signal
import sys
from pathlib import Path

import click

from worker.cli import main
from worker.cli.demo import Stage
from worker.cli.extra import needs_extra
from worker.cli.language import Voice, in_language
from worker.cli.output import Failure
from worker.messages import demo as words


@main.command(name="try")
@click.option(
    "--sql",
    "path",
    type=click.Path(path_type=Path),
    help="Within that shell: run this file as the practice software would.",
)
@in_language
def try_(*, path: Path | None, say: Voice) -> None:
    """Open a shell with PostgreSQL, Redis, a simulated Lexware and a running daemon around it, to write your first invoice.

    Ignores all configuration: no real database can be touched. All of it ends with the shell.
    """
    with needs_extra():
        from worker.lab.demo.trial import open_shell, run_sql  # noqa: PLC0415 (only the extra `demo` has what it imports)
        from worker.lab.embedded import EmbeddedError  # noqa: PLC0415
    if path is not None:
        run_sql(path)
        return say(words.SQL_DONE(path=path.name))
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        code = open_shell(Stage(say.lang))
    except EmbeddedError as error:
        raise Failure(str(error)) from None
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)
