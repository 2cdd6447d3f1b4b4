"""The plan and the results of a replay, as people read them."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from outbox import dead_letters as letters
from outbox.db import Connection
from outbox.sql import query
from worker.cli.language import Voice
from worker.cli.output import show_table
from worker.config import Config
from worker.lexware.api.answers import VoucherKind
from worker.lexware.api.links import voucher_url
from worker.messages import Sentence, reasons
from worker.messages import letters as words
from worker.operations.remote_look import Seen
from worker.operations.replay import Item

_COLUMNS = ("event_id", "practice_id", "number", "reason", "plan")


def show_plan(items: Sequence[Item], say: Voice) -> None:
    """One line per letter, what stands in the way, and the sums."""
    if not items:
        say(words.NOBODY_DEAD())
        return
    looked = any(item.seen for item in items)
    names = (*_COLUMNS, "seen") if looked else _COLUMNS
    show_table([say.words(words.LABELS[name]()) for name in names], [_row(item, say, looked=looked) for item in items])
    for sentence, events in _obstacles(items, say).items():
        say(words.OBSTACLE(events=", ".join(events), sentence=sentence))
    plans = Counter(item.plan for item in items)
    sums = [words.OF_PLAN(plan=words.PLANS[plan](), count=count) for plan, count in plans.items()]
    say(words.SUMMARY(count=len(items), plans=sums))


def show_results(items: Sequence[Item], say: Voice) -> None:
    """How many ended how."""
    for result, count in Counter(item.result for item in items).items():
        say(words.DONE(count=count, result=words.RESULTS[result]()))
    if any(item.result == "replayed" for item in items):
        say(words.NOW_WHERE())


def refusals(connection: Connection, event_ids: Sequence[int], config: Config, say: Voice) -> dict[int, str]:
    """Why each of these, which are not dead, cannot be replayed or closed; a delivered one with its link into Lexware."""
    known = letters.states(connection, event_ids)
    rows = connection.execute(query("dead.lexware_ids"), {"event_ids": list(event_ids)}).fetchall()
    lexware_ids = {row["event_id"]: row["lexware_id"] for row in rows}
    said: dict[int, Sentence] = {}
    for event_id in event_ids:
        if event_id not in known:
            said[event_id] = words.UNKNOWN_EVENT(event_id=event_id)
            continue
        event = known[event_id]
        name = {"event_id": event_id, "number": event["number"]}
        if event["state"] == "delivered" and event_id in lexware_ids:
            kind: VoucherKind = "invoice" if event["kind"] == "invoice" else "credit_note"
            said[event_id] = words.DELIVERED(url=voucher_url(config.app_url, kind, lexware_ids[event_id]), **name)
        else:
            said[event_id] = words.NOT_DEAD(state=words.STATES[event["state"]](), **name)
    return {event_id: say.words(sentence) for event_id, sentence in said.items()}


def _row(item: Item, say: Voice, *, looked: bool) -> list[object]:
    letter = item.letter
    cells: list[object] = [
        letter.event_id,
        letter.practice_id,
        letter.number,
        letter.reason,
        say.words(words.PLANS[item.plan]()),
    ]
    return [*cells, _seen(item.seen, say) if item.seen else ""] if looked else cells


def _seen(seen: Seen, say: Voice) -> str:
    more = [str(one) for one in seen.lexware_ids] or ([say.words(seen.why)] if seen.why else [])
    return " ".join((say.words(words.VERDICTS[seen.verdict]()), *more))


def _obstacles(items: Sequence[Item], say: Voice) -> dict[str, list[str]]:
    """What stands in the way, with the events that it stops."""
    events = defaultdict(list)
    for item in items:
        if item.obstacle is not None:
            asked = item.obstacle.reason, item.obstacle.detail, say.lang
            events[f"{reasons.message(*asked)} {reasons.action(*asked)}"].append(str(item.letter.event_id))
    return events
