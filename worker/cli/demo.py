"""Commands to try lexrelay out without an account and without an installation: demo, sandbox."""

import signal
import sys
from collections.abc import Sequence

import click

from worker.cli import main
from worker.cli.language import Voice, in_language
from worker.cli.output import Failure, as_json, show_json
from worker.lab.embedded import EmbeddedError
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
    from worker.lab.demo.play import play  # noqa: PLC0415 (other commands need not wait for all that it imports)

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        well = play(documents, practices, serve=serve, say=say)
    except EmbeddedError as error:
        raise Failure(str(error)) from None
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(0 if well else 1)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port to listen on; 0 takes a free one.")
@click.option("--organisations", type=click.IntRange(1, 10_000), default=1, show_default=True)
@as_json
@in_language
def sandbox(*, host: str, port: int, organisations: int, as_json: bool, say: Voice) -> None:
    """Serve a simulated Lexware Office until Ctrl-C; prints its address and API keys."""
    from worker.lab.sandbox.control import Tenant  # noqa: PLC0415 (other commands need not wait for a web server)
    from worker.lab.sandbox.server import run  # noqa: PLC0415

    def announce(url: str, tenants: Sequence[Tenant]) -> None:
        if as_json:
            found = [{"id": each.id, "company_name": each.company_name, "keys": each.keys} for each in tenants]
            return show_json({"url": url, "organisations": found})
        return say(words.SANDBOX(url=url, keys="\n".join(f"{each.company_name}: {each.key}" for each in tenants)))

    try:
        run(host, port, organisations=organisations, announce=announce)
    except OSError as error:
        raise Failure(say.words(words.PORT_TAKEN(host=host, port=port, problem=error.strerror))) from None
