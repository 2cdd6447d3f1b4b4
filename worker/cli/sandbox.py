"""The command sandbox: a simulated Lexware Office, to try lexrelay out without an account."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from worker.cli import main
from worker.cli.extra import needs_extra
from worker.cli.language import Voice, in_language
from worker.cli.options import as_json
from worker.cli.output import Failure, show_json
from worker.messages import demo as words

if TYPE_CHECKING:
    from worker.lab.sandbox.control import Tenant


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port to listen on; 0 takes a free one.")
@click.option(
    "--organisations", type=click.IntRange(1, 10_000), default=1, show_default=True, help="So many organisations."
)
@as_json
@in_language
def sandbox(*, host: str, port: int, organisations: int, as_json: bool, say: Voice) -> None:
    """Serve a simulated Lexware Office until Ctrl-C; prints its address and API keys."""
    with needs_extra():
        from worker.lab.sandbox.server import run  # noqa: PLC0415 (only the extra `demo` has what it imports)

    def announce(url: str, tenants: "Sequence[Tenant]") -> None:
        if as_json:
            found = [{"id": each.id, "company_name": each.company_name, "keys": each.keys} for each in tenants]
            return show_json({"url": url, "organisations": found})
        return say(words.SANDBOX(url=url, keys="\n".join(f"{each.company_name}: {each.key}" for each in tenants)))

    try:
        run(host, port, organisations=organisations, announce=announce)
    except OSError as error:
        raise Failure(say.words(words.PORT_TAKEN(host=host, port=port, problem=error.strerror))) from None
