"""The command demo: lexrelay tried out without an account and without an installation."""

import io
import signal
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout

import click

from worker.cli import main
from worker.cli.extra import needs_extra
from worker.cli.language import Voice, in_language
from worker.cli.output import Failure, show_table
from worker.messages import Declined, Lang
from worker.messages import demo as words


@main.command()
@click.option("--serve", is_flag=True, help="Keep everything running until Ctrl-C, to look around.")
@click.option("--documents", type=click.IntRange(1, 10_000), default=12, show_default=True)
@click.option("--practices", type=click.IntRange(1, 500), default=2, show_default=True)
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
            return play(documents, practices, serve=serve, say=_Terminal(lang))
        except EmbeddedError as error:
            raise Failure(str(error)) from None


class _Terminal(Voice):
    """A voice that can also show tables and run commands, as `worker.lab.demo.terminal` wants it."""

    def table(self, columns: list[str], rows: list[list[object]]) -> None:
        """A table on stdout."""
        show_table(columns, rows)

    def command(self, arguments: Sequence[str], *, stdin: str = "") -> str:
        """Run a command of lexrelay in this process and return what it said. Raises Declined with that when it fails."""
        said = io.StringIO()
        before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(stdin.encode()))
        try:
            with redirect_stdout(said), redirect_stderr(said):
                code = main.main(list(arguments), prog_name="lexrelay", standalone_mode=False)
        except click.ClickException as error:
            raise Declined(words.COMMAND_FAILED(words=" ".join(arguments), said=error.format_message())) from None
        finally:
            sys.stdin = before
        if code:
            raise Declined(words.COMMAND_FAILED(words=" ".join(arguments), said=said.getvalue().strip()))
        return said.getvalue()
