"""Commands `lexrelay dead …`: what is stuck, why, who must act, and what a replay would do."""

from datetime import datetime
from typing import Any

import click

from outbox import actions
from outbox import dead_letters as letters
from outbox.db import Connection
from outbox.dead_letters import DeadLetter, Filter
from outbox.sql import query
from worker.cli import main
from worker.cli.dead_page import facts, row, show_causes, show_letter
from worker.cli.language import Voice, in_language
from worker.cli.options import HOST_ID, filtered
from worker.cli.output import as_json, database, recorded, settings, show_json, show_table
from worker.lexware.api.links import contact_url
from worker.messages import Declined
from worker.messages import letters as words
from worker.messages.story import KINDS
from worker.messages.times import to_the_minute
from worker.operations.replay import plan

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
        found = letters.letters(connection, chosen)
    if as_json:
        return show_json([row(letter, say.lang) for letter in found])
    if not found:
        return say(words.NOBODY_DEAD())
    show_table(
        [say.words(words.LABELS[name]()) for name in _LISTED],
        [[_cell(name, getattr(letter, name), say) for name in _LISTED] for letter in found],
    )
    return show_causes(found, say)


@dead.command()
@filtered
@as_json
@in_language
def groups(*, chosen: Filter, as_json: bool, say: Voice) -> None:
    """Dead letters grouped by cause, the largest group first."""
    with database() as connection:
        found = letters.groups(connection, chosen)
        examples = {one.group: one for one in letters.named(connection, [group["example"] for group in found])}
    if as_json:
        return show_json([{name: group[name] for name in _GROUPED} for group in found])
    if not found:
        return say(words.NOBODY_DEAD())
    show_table(
        [say.words(words.LABELS[name]()) for name in _GROUPED],
        [[_cell(name, group[name], say) for name in _GROUPED] for group in found],
    )
    return show_causes([examples[group["group"]] for group in found if group["group"] in examples], say)


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
        letter = _find(connection, event_id, say)
        [item] = plan(connection, [letter], unlinked=False)
        tried, sent = letters.attempts(connection, event_id), letters.intents(connection, event_id)
        told = facts(letter, tried, sent, config.app_url, say.lang)
        told |= {"plan": item.plan, "contact_url": _contact_url(connection, letter, config.app_url)}
        if reveal:
            told["payer"] = _reveal(connection, letter, by=by, why=why)
    if as_json:
        show_json(told)
    else:
        show_letter(told, say)


def _find(connection: Connection, event_id: int, say: Voice) -> DeadLetter:
    found = letters.named(connection, [event_id])
    if found:
        return found[0]
    known = letters.states(connection, [event_id]).get(event_id)
    if known is None:
        raise Declined(words.UNKNOWN_EVENT(event_id=event_id))
    state = say.words(words.STATES[known["state"]]())
    raise Declined(words.NOT_DEAD(event_id=event_id, number=known["number"], state=state))


def _contact_url(connection: Connection, letter: DeadLetter, app_url: str) -> str | None:
    """Where its customer's contact is in Lexware, if it is linked."""
    of = {name: getattr(letter, name) for name in ("practice_id", "document_id", "payer_id")}
    found = connection.execute(query("story.link"), of).fetchone()
    return contact_url(app_url, found["contact_id"]) if found and found["contact_id"] else None


def _reveal(connection: Connection, letter: DeadLetter, *, by: str, why: str | None) -> str | None:
    """The payer's name, after it was kept who asked for it."""
    actions.record(connection, "reveal", by=by, why=why, practice_id=letter.practice_id, event_id=letter.event_id)
    found = connection.execute(query("dead.payer"), {"payer_id": letter.payer_id}).fetchone()
    return found["name"] if found else None


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
