"""The command `lexrelay practice confirm-note`: exemption notes in words that nobody has confirmed yet."""

from typing import Any

import click

from worker.cli.database import database
from worker.cli.language import Voice, in_language
from worker.cli.options import HOST_ID, as_json, for_practice, recorded
from worker.cli.output import show_json
from worker.cli.practice import practice
from worker.messages import notes as words
from worker.practice import notes
from worker.practice.notes import Wording


@practice.command("confirm-note")
@click.argument("event_ids", nargs=-1, type=HOST_ID, metavar="[EVENT_ID]...")
@for_practice
@click.option("--yes", is_flag=True, help="Do not ask.")
@recorded
@as_json
@in_language
def confirm_note(
    *, event_ids: tuple[int, ...], practice: int, yes: bool, by: str, why: str | None, as_json: bool, say: Voice
) -> None:
    """Confirm the wordings of these dead letters (`new_note`) for all that wait for them; without any, show them."""
    with database() as connection:
        found = notes.waiting(connection, practice)
        if not event_ids:
            return show_json([_json(one) for one in found]) if as_json else _show(found, practice, say)
        count = sum(one.documents for one in found if set(one.event_ids) & set(event_ids))
        if count > 1:
            say.agree(words.AGREE(count=count), yes=yes)
        done = notes.confirm(connection, practice, event_ids, by=by, why=why)
    if as_json:
        return show_json({"confirmed": [_json(one) for one in done.wordings], "replayed": done.event_ids})
    return say(words.CONFIRMED(), *map(notes.said_of, done.wordings), words.ON_THE_WAY(events=done.event_ids))


def _show(found: list[Wording], practice: int, say: Voice) -> None:
    say(words.WAITING() if found else words.NOTHING_WAITS())
    for one in found:
        say(notes.said_of(one), words.EVENTS(practice=practice, event=one.event_ids[0]))


def _json(one: Wording) -> dict[str, Any]:
    return {"text": one.text, "documents": one.documents, "event_ids": list(one.event_ids)}
