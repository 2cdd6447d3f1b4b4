"""Commands `lexrelay console` and `lexrelay console link`: the pages for practice and operator, and the way into them."""

from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address

import click

from worker import logs
from worker.cli import main
from worker.cli.database import database, settings
from worker.cli.language import Voice, in_language
from worker.cli.options import as_json, practice_id, recorded
from worker.cli.output import Failure, show_json
from worker.messages import Declined
from worker.messages import console as words
from worker.practice import practices

_PACKAGES = ("jinja2", "markupsafe", "starlette", "uvicorn")
_DEFAULT_ADDRESS, _DEFAULT_PORT = "127.0.0.1", 8765


@contextmanager
def _needs_extra() -> Iterator[None]:
    """Decline, with what to install, when the block imports what only the extra `console` brings."""
    try:
        yield
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in _PACKAGES:
            raise
        raise Declined(words.NOT_INSTALLED(package=missing.name)) from None


def _address(value: str) -> str:
    """An address of this machine: numbers, so that nobody has to look up where it leads; or localhost."""
    if value != "localhost":
        try:
            ip_address(value)
        except ValueError:
            raise click.BadParameter(f"{value!r} is no address like 127.0.0.1.") from None
    return value


@main.group(invoke_without_command=True)
@click.option("--address", type=_address, default=_DEFAULT_ADDRESS, show_default=True, help="Where to listen.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=_DEFAULT_PORT,
    show_default=True,
    help="Where to listen; 0 takes a free one.",
)
@click.pass_context
@in_language
def console(context: click.Context, /, *, address: str, port: int, say: Voice) -> None:
    """Serve the pages for practice and operator until Ctrl-C; `console link` lets somebody in."""
    if context.invoked_subcommand is not None:
        return
    config = settings("database")
    logs.configure(config.log_format)
    with _needs_extra():
        from worker.console.serve import serve  # noqa: PLC0415 (only the extra `console` has what it imports)
    try:
        serve(config, address, port, lambda url: say(words.LISTENS(url=url)))
    except OSError as error:
        raise Failure(say.words(words.PORT_TAKEN(address=address, port=port, problem=error.strerror))) from None


@console.command()
@click.option("--role", type=click.Choice(["operator", "viewer", "practice"]), required=True, help="Who comes in.")
@click.option("--practice", callback=practice_id, metavar="ID", help="Whose pages; with --role practice.")
@click.option(
    "--minutes", type=click.IntRange(1, 1440), default=10, show_default=True, help="For how many minutes it holds."
)
@recorded
@as_json
@in_language
def link(*, role: str, practice: int | None, minutes: int, by: str, why: str | None, as_json: bool, say: Voice) -> None:
    """Print an address that lets one browser in, once; what is done there is recorded under --by."""
    if (role == "practice") != (practice is not None):
        raise click.UsageError(say.words(words.WHOSE()))
    config = settings("database")
    with _needs_extra():
        from worker.console import sessions  # noqa: PLC0415 (beside what only the extra `console` has)
    with database() as connection:
        practices.require(connection, practice)
        base = config.console.url or sessions.noted_address(connection) or f"http://{_DEFAULT_ADDRESS}:{_DEFAULT_PORT}"
        code = sessions.offer(connection, sessions.invited(role), practice, minutes=minutes, by=by, why=why)
    url = f"{base}/enter/{code}"
    if as_json:
        return show_json({"url": url, "role": role, "practice_id": practice, "minutes": minutes})
    return say(words.LINK(url=url, minutes=minutes))
