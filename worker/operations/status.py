"""How things stand: the figures of the events, and what a human still has to finish in Lexware.

Reads only; holds ids, numbers and times, and no person.
"""

from dataclasses import dataclass
from typing import Any

from outbox import figures
from outbox.db import Connection, Row
from outbox.figures import Figures
from outbox.sql import query
from worker.host.keys import in_json
from worker.messages import Lang
from worker.operations.state import State, state

_PAIR = ("practice_id", "invoice_number", "cancellation_number", "invoice_id", "credit_note_id")
_PRACTICE = (
    "practice_id", "name", "connection", "pause_reason", "pending", "dead", "delivered", "last_delivered_at"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Overview:
    """The figures, and the pairs of invoice and cancellation that are both drafts in Lexware."""

    figures: Figures
    draft_pairs: list[Row]
    """`is_part`: the cancellation leaves something of its invoice, so that none of the two may be deleted."""

    @property
    def state(self) -> State:
        """The one sentence that everything begins with."""
        return state(self.figures)

    def to_json(self, lang: Lang) -> dict[str, Any]:
        """As the outside contract has it (design section 3), and the state of things."""
        return {
            "events": self.figures.events,
            "oldest_pending_seconds": self.figures.oldest_pending_seconds,
            "practices": [_of_practice(row) for row in self.figures.practices],
            "draft_pairs": [{key: row[key] for key in _PAIR} for row in self.draft_pairs],
            "poller": {"last_round_at": self.figures.last_round_at},
            "workers": self.figures.workers,
            "state_of_things": self.state.to_json(lang),
        }


def _of_practice(row: Row) -> dict[str, Any]:
    return {key: row[key] for key in _PRACTICE} | in_json(row["host_key"])


def read(connection: Connection) -> Overview:
    """How things stand now."""
    return Overview(figures.read(connection), connection.execute(query("document_link.draft_pairs")).fetchall())


def held_by(practice: Row) -> str | None:
    """Why the documents of a practice are held, if there are any, or why it is paused; a row of `Figures.practices`."""
    reason: str = practice["pause_reason"] or practice["connection"]
    return reason if practice["connection"] == "paused" or (reason != "active" and practice["pending"]) else None


def is_well(practice: Row) -> bool:
    """It transfers, and nothing waits or is dead; a row of `Figures.practices`."""
    return practice["connection"] == "active" and not practice["pending"] and not practice["dead"]
