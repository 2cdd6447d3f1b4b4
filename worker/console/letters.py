"""Dead letters: causes by size; a cause with what a replay of each letter will do; replay and discard of a fixed set."""

from collections.abc import Sequence
from typing import Any

from outbox.dead_letters import DeadLetter, Filter
from outbox.dead_letters import page as page_of
from worker.console.asked import Answer, Asked, Moved, Page
from worker.console.causes import cause, explanation
from worker.console.forms import BadField
from worker.console.pages import address
from worker.console.replays import begin
from worker.messages import Declined, Sentence, console_operator, reasons
from worker.messages import console as words
from worker.messages import dead_letters as dead_words
from worker.messages.on_pages import on_pages
from worker.operations import dead_letters
from worker.operations import discard as discarding
from worker.operations.dead_letters import NotDead
from worker.operations.named import Named
from worker.operations.replay_plan import Item, plan

_PAGE = 25
#: What a cancellation dies of that may go without its invoice.
_UNLINKABLE = ("original_not_transferred", "original_not_invoice")


def show(asked: Asked) -> Page:
    """The causes, or one of them, by the filter of `dead groups`; counts follow it."""
    chosen = _chosen(asked)
    groups = dead_letters.groups(asked.connection, chosen)
    values: dict[str, Any] = {
        "causes": [cause(group, asked.lang) for group in groups], "chosen": chosen, "count": sum(g.count for g in groups),
        "job": asked.jobs.find(asked.query.text("job")), "reasons": sorted(reasons.DEAD), "group": None,
        "unlinkable": _UNLINKABLE,
    }  # fmt: skip
    if chosen.group:
        values |= _group(asked, chosen) | {"group": next(iter(groups), None)}
    return Page("letters.html", values)


def change(asked: Asked) -> Answer:
    """Replay or discard what was ticked or the whole cause, as it was when the page was shown."""
    form = asked.form
    named = form.numbers("events")
    found = _named(asked, named) if named else _of_cause(asked)
    if "discard" in form:
        return _discard(asked, found)
    if "replay" in form:
        return begin(asked, found, named=bool(named))
    raise BadField(words.NO_VALUE(field="replay, discard"))


def _chosen(asked: Asked) -> Filter:
    query = asked.query
    group = query.given("group")
    return Filter(
        practice=query.number("practice"), reason=query.given("reason"), group=group.lower() if group else None
    )


def _group(asked: Asked, chosen: Filter) -> dict[str, Any]:
    """Some letters of a cause with the plan of each."""
    at, event_id = asked.query.moment("after_at"), asked.query.number("after_id")
    after = (at, event_id) if at and event_id is not None else None
    found = page_of(asked.connection, chosen, after=after, limit=_PAGE + 1)
    shown, rest = found[:_PAGE], found[_PAGE:]
    items = plan(asked.connection, shown, unlinked=False)
    last = shown[-1] if rest else None
    more = last and address(asked, after_at=last.died_at.isoformat(), after_id=last.event_id)
    told = explanation(shown[0], asked.lang) if shown else None
    return {
        "items": items, "obstacles": [_obstacle(item, asked) for item in items], "more": more, "told": told,
        "looks": any(item.plan == "look_first" for item in items),
    }  # fmt: skip


def _obstacle(item: Item, asked: Asked) -> str:
    if item.obstacle is None:
        return ""
    of = item.obstacle.reason, item.obstacle.detail, asked.lang
    return f"{reasons.message(*of)} {on_pages(reasons.action(*of), asked.lang)}"


def _named(asked: Asked, event_ids: Sequence[int]) -> list[DeadLetter]:
    """Raises Declined, with why, when one of them is not dead: then nothing is done for any of them."""
    try:
        return dead_letters.named(asked.connection, event_ids, asked.config.app_url)
    except NotDead as wrong:
        raise Declined(words.ALL_OF(said=list(wrong.refused.values()))) from None


def _of_cause(asked: Asked) -> list[DeadLetter]:
    """The letters of the cause that had died when its page was shown."""
    group, until = asked.form.given("group"), asked.form.moment("until")
    if group is None:
        raise BadField(console_operator.NOTHING_CHOSEN())
    found = dead_letters.chosen_ones(
        asked.connection, Filter(group=group.lower(), practice=asked.form.number("practice"))
    )
    return [letter for letter in found if until is None or letter.died_at <= until]


def _discard(asked: Asked, found: Sequence[DeadLetter]) -> Answer:
    form = asked.form
    why, remote_id = form.text("why"), form.uuid("remote_id")
    if not why:
        raise BadField(console_operator.WHY_NEEDED())
    if remote_id is not None and len(found) != 1:
        raise BadField(console_operator.ONE_ONLY())
    named = Named(lexware_id=remote_id, config=asked.config, waiting=lambda _seconds: None) if remote_id else None
    done = discarding.discard(asked.connection, found, named, by=asked.visitor.name, why=why)
    return Moved(asked.path, [_said(one.is_closed, one.letter, one.url(asked.config.app_url)) for one in done[:20]])


def _said(is_closed: bool, letter: DeadLetter, url: str | None) -> Sentence:
    of = {"event_id": letter.event_id, "number": letter.number}
    if not is_closed:
        return dead_words.DISCARD_LATE(**of)
    return dead_words.DISCARDED_AS(url=url, **of) if url else dead_words.DISCARDED(**of)
