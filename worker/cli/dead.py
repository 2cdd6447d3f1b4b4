"""Commands `lexrelay dead …`: what is stuck, why, who must act, and what a replay would do."""

from typing import Any

import click

from outbox.dead_letters import Filter
from outbox.story import attempts
from worker.cli import main
from worker.cli.database import database, settings
from worker.cli.dead_page import show_causes, show_letter
from worker.cli.language import Voice, in_language
from worker.cli.options import HOST_ID, as_json, filtered, limited, recorded
from worker.cli.output import show_json, show_table
from worker.cli.paper import paged
from worker.cli.show_page import show_story
from worker.messages import Declined
from worker.messages import dead_letters as words
from worker.messages.glossary import KINDS
from worker.operations import dead_letter_detail, dead_letters, story

_LISTED = ("event_id", "practice_id", "number", "kind", "reason", "group", "died_at")
_GROUPED = ("group", "reason", "count", "first_at", "last_at", "practice_ids")


@main.group()
def dead() -> None:
    """Read the dead letters: what gave up, and who must do what."""


@dead.command("list")
@filtered
@limited
@as_json
@in_language
def list_(*, chosen: Filter, limit: int | None, as_json: bool, say: Voice) -> None:
    """Dead letters, those that died last first, after their causes."""
    with database() as connection:
        found = dead_letters.chosen_ones(connection, chosen)[::-1][:limit]
        tried = attempts(connection, [letter.event_id for letter in found] if as_json else [])
    if as_json:
        return show_json([dead_letters.to_json(letter, tried[letter.event_id], say.lang) for letter in found])
    if not found:
        return say(words.NOBODY_DEAD())
    with paged():
        show_causes(found, say)
        return _show(_LISTED, found, say)


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
    with paged():
        _show(_GROUPED, found, say)
        click.echo()
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
        try:
            dead_letters.one(connection, event_id)
        except Declined:
            told_all = story.read_event(connection, config, event_id)
            show_json(told_all.to_json()) if as_json else show_story(told_all, say)
            raise
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
    return say.value(value)
