"""The plan and the results of a replay, as people read them."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from worker.cli.language import Voice
from worker.cli.output import show_table
from worker.messages import dead_letters as words
from worker.messages import glossary, reasons
from worker.operations.remote_look import Seen
from worker.operations.replay_plan import Item

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
    sums = [words.OF_PLAN(plan=glossary.PLANS[plan](), count=count) for plan, count in plans.items()]
    say(words.SUMMARY(count=len(items), plans=sums))


def show_results(items: Sequence[Item], say: Voice) -> None:
    """How many ended how."""
    for result, count in Counter(item.result for item in items).items():
        say(words.DONE(count=count, result=words.RESULTS[result]()))
    if any(item.result == "replayed" for item in items):
        say(words.NOW_WHERE())


def _row(item: Item, say: Voice, *, looked: bool) -> list[object]:
    letter = item.letter
    cells: list[object] = [
        letter.event_id,
        letter.practice_id,
        letter.number,
        letter.reason,
        say.words(glossary.PLANS[item.plan]()),
    ]
    return [*cells, _seen(item.seen, say) if item.seen else ""] if looked else cells


def _seen(seen: Seen, say: Voice) -> str:
    more = [str(one) for one in seen.lexware_ids] or ([say.words(seen.why)] if seen.why else [])
    return " ".join((say.words(glossary.VERDICTS[seen.verdict]()), *more))


def _obstacles(items: Sequence[Item], say: Voice) -> dict[str, list[str]]:
    """What stands in the way, with the events that it stops."""
    events = defaultdict(list)
    for item in items:
        if item.obstacle is not None:
            asked = item.obstacle.reason, item.obstacle.detail, say.lang
            events[f"{reasons.message(*asked)} {reasons.action(*asked)}"].append(str(item.letter.event_id))
    return events
