"""The command `lexrelay host`: the folder that describes a practice software, to start from and as it is applied."""

from pathlib import Path
from typing import Any

import click

from worker.cli import main
from worker.cli.database import database
from worker.cli.language import Voice, in_language
from worker.cli.options import as_json
from worker.cli.output import show_json
from worker.host import folder, stored
from worker.messages import host as words


@main.group()
def host() -> None:
    """The practice software, described by a folder of its own: one select for each view."""


@host.command()
@click.argument("path", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--like", type=click.Choice(folder.BUILT_IN), default="reference", show_default=True, help="The host to start from."
)
@in_language
def new(say: Voice, path: Path, like: str) -> None:
    """Write a commented folder to start from; refuses one that is not empty."""
    folder.write(folder.read(folder.built_in(like)).files, path)
    say(words.WRITTEN(folder=path), words.WRITTEN_STEP(folder=path))


@host.command()
@click.option("--write", "path", metavar="DIR", type=click.Path(path_type=Path), help="Write its files out.")
@as_json
@in_language
def show(say: Voice, path: Path | None, *, as_json: bool) -> None:
    """Which host is applied, since when and by whom."""
    with database() as connection:
        applied = stored.applied(connection)
    if path is not None:
        folder.write(applied.folder.files, path)
    facts: dict[str, Any] = {
        "host": applied.folder.name,
        "applied_at": applied.at,
        "applied_by": applied.by,
        "poll_seconds": applied.folder.poll_seconds,
        "triggers": [trigger.table for trigger in applied.folder.triggers],
        "files": sorted(applied.folder.files),
    }
    if as_json:
        show_json(facts)
        return
    say(words.APPLIED(host=facts["host"], day=applied.at.date(), by=applied.by), words.FILES(files=facts["files"]))
    if path is not None:
        say(words.WRITTEN(folder=path))
