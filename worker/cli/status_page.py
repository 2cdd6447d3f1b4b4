"""The figures of `lexrelay status` as a page for people: what stands where, what is held and why, who is alive."""

from collections.abc import Iterator
from datetime import UTC, datetime

import click

from outbox.db import Row
from outbox.figures import Figures
from worker.cli.fields import id_of
from worker.cli.language import Voice
from worker.cli.output import show_table
from worker.messages import Sentence
from worker.messages import status as words
from worker.messages.glossary import CONNECTIONS, STATES
from worker.messages.reasons import why_held
from worker.messages.times import in_words
from worker.operations.status import Overview, held_by, is_well

#: With more practices than this, those that are well are only counted.
_MANY_PRACTICES = 30


def show_status(overview: Overview, say: Voice) -> None:
    """Print the page."""
    figures = overview.figures
    say(words.AS_IT_STANDS(state=overview.state.sentence(say.lang)))
    click.echo()
    show_table([say.words(STATES[name]()) for name in figures.events], [list(figures.events.values())])
    click.echo()
    say(*_liveness(figures))
    click.echo()
    _show_practices(figures.practices, say)
    for text, is_part in ((words.DRAFT_PAIRS, False), (words.DRAFT_PARTS, True)):
        if pairs := [pair for pair in overview.draft_pairs if pair["is_part"] is is_part]:
            click.echo()
            say(text())
            rows = [[pair[name] for name in words.PAIR] for pair in pairs]
            show_table([say.words(label()) for label in words.PAIR.values()], rows)


def _liveness(figures: Figures) -> Iterator[Sentence]:
    oldest = figures.oldest_pending_seconds
    if oldest is not None:
        yield words.OLDEST(age=in_words(oldest))
    since = figures.last_round_at
    age = in_words((datetime.now(UTC) - since).total_seconds()) if since else None
    if figures.pollers:
        yield words.POLLERS(count=figures.pollers, age=age)
    else:
        yield words.NO_POLLER()
        if age:
            yield words.LAST_POLLER(age=age)
    yield words.WORKERS(count=figures.workers) if figures.workers else words.NO_WORKER()


def _show_practices(practices: list[Row], say: Voice) -> None:
    shown = practices if len(practices) <= _MANY_PRACTICES else [row for row in practices if not is_well(row)]
    if shown:
        rows = [[_cell(row, name, say) for name in words.PRACTICES] for row in shown]
        show_table([say.words(label()) for label in words.PRACTICES.values()], rows)
    if rest := len(practices) - len(shown):
        say(words.WELL(count=rest))
    if dead := sum(row["dead"] for row in practices):
        say(words.DEAD_LETTERS(count=dead))
    for reason in dict.fromkeys(filter(None, map(held_by, practices))):
        say(words.HELD(reason=reason, why=why_held(reason)))


def _cell(practice: Row, name: str, say: Voice) -> object:
    value = practice[name]
    if name == "practice_id":
        return id_of(value, practice["host_key"])
    if name == "connection":
        state = CONNECTIONS[value]()
        return say.words(words.PAUSED(paused=state, reason=practice["pause_reason"]) if value == "paused" else state)
    return say.value(value)
