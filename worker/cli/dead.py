"""Commands `lexrelay dead …`: what is stuck, why, who must act, and what a replay would do."""

from datetime import datetime
from typing import Any

import click

from outbox.dead_letters import Filter
from worker.cli import main
from worker.cli.database import database, settings
from worker.cli.dead_page import show_causes, show_letter
from worker.cli.language import Voice, in_language
from worker.cli.options import HOST_ID, as_json, filtered, recorded
from worker.cli.output import show_json, show_table
from worker.messages import dead_letters as words
from worker.messages.glossary import KINDS
from worker.messages.times import to_the_minute
from worker.operations import dead_letter_detail, dead_letters

_LISTED = ("event_id", "practice_id", "number", "kind", "reason", "group", "died_at")
_GROUPED = ("group", "reason", "count", "first_at", "last_at", "practice_ids")


@main.group()
def dead() -> None:
    """Read the dead letters: what gave up, and who must do what."""


@dead.command("list")
@filtered
@as_json
@in_language
def list_(*, chosen: Filter, as_json: bool, say: Voice) -> None:
    """Dead letters, in the order they died."""
    with database() as connection:
        found = dead_letters.chosen_ones(connection, chosen)
    if as_json:
        return show_json([dead_letters.to_json(letter, say.lang) for letter in found])
    if not found:
        return say(words.NOBODY_DEAD())
    _show(_LISTED, found, say)
    return show_causes(found, say)


@dead.command()
@filtered
@as_json
@in_language
def groups(*, chosen: Filter, as_json: bool, say: Voice) -> None:
    """Dead letters grouped by cause, the largest group first."""
    with database() as connection:
        found = dead_letters.groups(connection, chosen)
    if as_json:
        return show_json([group.to_json() for group in found])
    if not found:
        return say(words.NOBODY_DEAD())
    _show(_GROUPED, found, say)
    return show_causes([group.example for group in found if group.example], say)


@dead.command()
@click.argument("event_id", type=HOST_ID)
@click.option("--reveal", is_flag=True, help="Also name the payer; recorded with --by and --why.")
@as_json
@recorded
@in_language
def show(*, event_id: int, reveal: bool, as_json: bool, by: str, why: str | None, say: Voice) -> None:
    """One dead letter: what was tried, sent and seen, what to do, and what a replay would do."""
    config = settings("database")
    with database() as connection:
        detail = dead_letter_detail.read(connection, event_id, config.app_url)
        if reveal:
            detail = dead_letter_detail.reveal(connection, detail, by=by, why=why)
    told = detail.to_json(say.lang)
    if as_json:
        show_json(told)
    else:
        show_letter(told, say)


def _show(names: tuple[str, ...], rows: list[Any], say: Voice) -> None:
    show_table(
        [say.words(words.LABELS[name]()) for name in names],
        [[_cell(name, getattr(row, name), say) for name in names] for row in rows],
    )


def _cell(name: str, value: Any, say: Voice) -> object:
    if name == "kind":
        return say.words(KINDS[value]())
    match value:
        case datetime():
            return to_the_minute(value)
        case list():
            return ", ".join(map(str, value))
        case _:
            return value
