"""Documents: found by number, event or Lexware id; and one with its timeline and what may be done about it.

For a document in doubt there is no retry: look again, adopt what is there, or close it by a human's word.
"""

from dataclasses import replace
from typing import Any

from outbox.event_list import UNSETTLED
from worker.console import letters
from worker.console.asked import Answer, Asked, Page
from worker.console.causes import explanation
from worker.console.pages import address
from worker.messages.timeline import moments
from worker.operations import dead_letter_detail, documents, remote_look, reveal, story
from worker.operations.remote_look import Seen
from worker.operations.story_told import in_lexware, what_next

_PAGE = 50


def show(asked: Asked) -> Page:
    """What was sought, those that stand somewhere, or the newest."""
    query = asked.query
    sought, where, practice = query.text("q"), query.choice("state", UNSETTLED), query.number("practice")
    more = None
    if sought:
        rows = documents.search(asked.connection, sought, practice_id=practice, limit=_PAGE)
    elif where:
        at, event_id = query.moment("after_at"), query.number("after_id")
        after = (at, event_id) if at and event_id is not None else None
        rows = documents.standing(asked.connection, where, practice_id=practice, after=after, limit=_PAGE + 1)
        if rows[_PAGE:]:
            last = rows[_PAGE - 1]
            more = address(asked, after_at=last["created_at"].isoformat(), after_id=last["event_id"])
    elif practice is not None:
        rows = documents.of_practice(asked.connection, practice, before=query.number("before"), limit=_PAGE + 1)
        more = address(asked, before=rows[_PAGE - 1]["document_id"]) if rows[_PAGE:] else None
    else:
        rows = documents.latest(asked.connection, before=query.number("before"), limit=_PAGE + 1)
        more = address(asked, before=rows[_PAGE - 1]["event_id"]) if rows[_PAGE:] else None
    found = documents.with_urls(rows[:_PAGE], asked.config.app_url)
    values = {"rows": found, "more": more, "sought": sought, "where": where, "practice": practice, "states": UNSETTLED}
    return Page("documents.html", values)


def show_one(asked: Asked) -> Page:
    """One document: the story of `lexrelay show`, and the dead letter of `dead show`."""
    return _one(asked)


def change_one(asked: Asked) -> Answer:
    """Reveal its addressee, look for it in Lexware, replay it or close it."""
    event_id, by, why = asked.places["event"], asked.visitor.name, asked.form.given("why")
    if "reveal" in asked.form:
        event = story.read_event(asked.connection, asked.config, event_id).story.event
        of = event["practice_id"], event_id, event["payer_id"]
        return _one(asked, revealed=True, payer=reveal.payer_name(asked.connection, *of, by=by, why=why))
    if "look" in asked.form:
        letter = dead_letter_detail.read(asked.connection, event_id, asked.config.app_url).letter
        seen = remote_look.look(asked.connection, asked.config, letter, waiting=lambda _seconds: None)
        return _one(asked, seen=seen or Seen("absent"))
    form = replace(asked.form, values=asked.form.values | {"events": [str(event_id)]})
    return letters.change(replace(asked, form=form))


def _one(asked: Asked, *, seen: Seen | None = None, revealed: bool = False, payer: str | None = None) -> Page:
    told = story.read_event(asked.connection, asked.config, asked.places["event"])
    detail = None
    if told.letter:
        detail = dead_letter_detail.read(asked.connection, told.letter.event_id, asked.config.app_url)
    values: dict[str, Any] = {
        "story": told, "event": told.story.event, "moments": moments(told.story, asked.lang), "there": list(in_lexware(told)),
        "next": list(what_next(told, asked.lang)), "detail": detail,
        "told": explanation(told.letter, asked.lang) if told.letter else None,
        "seen": seen, "revealed": revealed, "payer": payer, "job": asked.jobs.find(asked.query.text("job")),
    }  # fmt: skip
    return Page("document.html", values)
