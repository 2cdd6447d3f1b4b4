"""The command demo: lexrelay tried out without an account and without an installation."""

import io
import signal
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout

import click

from worker.cli import main
from worker.cli.called_as import called_as
from worker.cli.extra import needs_extra
from worker.cli.language import Voice, in_language
from worker.cli.output import Failure, show_table
from worker.cli.paper import as_wide_as, width
from worker.messages import Declined, Lang
from worker.messages import demo as words

#: So wide is the table of what arrived.
_WITH_IDS = 120


@main.command()
@click.option("--serve", is_flag=True, help="Keep everything running until Ctrl-C, to look around.")
@click.option("--documents", type=click.IntRange(1, 10_000), default=12, show_default=True, help="So many documents.")
@click.option("--practices", type=click.IntRange(1, 500), default=2, show_default=True, help="So many practices.")
@in_language
def demo(*, serve: bool, documents: int, practices: int, say: Voice) -> None:
    """Show the whole way of a practice's invoices on this machine, with nothing installed and no real data.

    Ignores all configuration: no real database can be touched. Ends with 0 when everything arrived once, to the cent.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        well = _play(documents, practices, serve=serve, lang=say.lang)
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(0 if well else 1)


def _play(documents: int, practices: int, *, serve: bool, lang: Lang) -> bool:
    with needs_extra():
        from worker.lab.demo.play import play  # noqa: PLC0415 (only the extra `demo` has what it imports)
        from worker.lab.embedded import EmbeddedError  # noqa: PLC0415

        try:
            return play(documents, practices, serve=serve, say=Stage(lang))
        except EmbeddedError as error:
            raise Failure(str(error)) from None


class Stage(Voice):
    """A voice that can also show tables and run commands, as `worker.lab.demo.terminal` wants it."""

    program = called_as()

    @property
    def is_narrow(self) -> bool:
        """Fewer columns than a table with ids in Lexware takes."""
        wide = width()
        return wide is not None and wide < _WITH_IDS

    def table(self, columns: list[str], rows: list[list[object]]) -> None:
        """A table on stdout."""
        show_table(columns, rows)

    def command(self, arguments: Sequence[str], *, stdin: str = "") -> str:
        """Run a command of lexrelay in this process; what it said. Raises Declined with that when it fails."""
        said = io.StringIO()
        before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(stdin.encode()))
        try:
            with as_wide_as(width(sys.stderr)), redirect_stdout(said), redirect_stderr(said):
                code = main.main(list(arguments), prog_name="lexrelay", standalone_mode=False)
        except click.ClickException as error:
            raise Declined(words.COMMAND_FAILED(words=" ".join(arguments), said=error.format_message())) from None
        finally:
            sys.stdin = before
        if code:
            raise Declined(words.COMMAND_FAILED(words=" ".join(arguments), said=said.getvalue().strip()))
        return said.getvalue().strip()
