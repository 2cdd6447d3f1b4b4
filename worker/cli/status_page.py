"""The figures of `lexrelay status` as a page for people: what stands where, what is held and why, who is alive."""

from datetime import UTC, datetime

import click

from outbox.db import Row
from worker.cli.manners import show_table
from worker.overview import Overview
from worker.times import in_words, to_the_minute

#: With more practices than this, those that are well are only counted.
_MANY_PRACTICES = 30


def show_status(overview: Overview) -> None:
    """Print the page."""
    figures = overview.figures
    show_table([name.replace("_", " ") for name in figures.events], [list(figures.events.values())])
    click.echo(f"\n{_oldest(figures.oldest_pending_seconds)}")
    click.echo(_poller(figures.pollers, figures.last_round_at))
    click.echo(_workers(figures.workers))
    _show_practices(figures.practices)
    if overview.draft_pairs:
        _show_draft_pairs(overview.draft_pairs)


def _oldest(seconds: float | None) -> str:
    return "Nothing is pending." if seconds is None else f"The oldest pending event is {in_words(seconds)} old."


def _poller(pollers: int, last_round_at: datetime | None) -> str:
    ago = in_words((datetime.now(UTC) - last_round_at).total_seconds()) if last_round_at else None
    if pollers:
        return f"{pollers} poller{'s' * (pollers > 1)} alive, last round {ago} ago."
    was = f" The last one was there {ago} ago." if ago else ""
    return f"No poller is running: start `lexrelay run` or `lexrelay poller`.{was}"


def _workers(workers: int) -> str:
    if workers:
        return f"{workers} worker process{'es' * (workers > 1)} alive."
    return "No worker is running: start `lexrelay run` or `dramatiq worker.app:broker`."


def _show_practices(practices: list[Row]) -> None:
    shown = practices if len(practices) <= _MANY_PRACTICES else [row for row in practices if not _is_well(row)]
    click.echo()
    show_table(
        ["practice", "name", "connection", "pending", "dead", "delivered", "last delivered"],
        [
            [row["practice_id"], row["name"], _connection(row), row["pending"], row["dead"], row["delivered"],
             row["last_delivered_at"] and to_the_minute(row["last_delivered_at"])]
            for row in shown
        ],
    )  # fmt: skip
    if rest := len(practices) - len(shown):
        click.echo(f"{rest} more: active, nothing pending, nothing dead.")


def _is_well(practice: Row) -> bool:
    return practice["connection"] == "active" and not practice["pending"] and not practice["dead"]


def _connection(practice: Row) -> str:
    reason = practice["pause_reason"]
    return f"{practice['connection']}: {reason}" if practice["connection"] == "paused" else practice["connection"]


def _show_draft_pairs(pairs: list[Row]) -> None:
    click.echo("\nCancelled while the invoice was a draft. Both are drafts in Lexware: finalise both or delete both.")
    show_table(
        ["practice", "invoice", "cancellation", "invoice in Lexware", "credit note in Lexware"],
        [list(pair.values()) for pair in pairs],
    )
