"""What Lexware was asked for the month, and how far it answered: the query's own proof. Values only."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """One question: all documents of these days, of an organisation that was confirmed in the same run."""

    organisation_id: UUID | None
    first: date
    last: date
    started_at: datetime
    ended_at: datetime
    pages: int = 0
    listed: int = 0
    calls: int = 0
    why_not: str | None = None
    """Why the answer is not complete, so that nothing is proven by it: a key of `messages.report.WHY_NOT`."""

    @property
    def complete(self) -> bool:
        """Every page came, the list stayed the same meanwhile, and each of our documents was seen or looked for."""
        return self.why_not is None

    def to_json(self) -> dict[str, Any]:
        """With its times."""
        times = {"started_at": self.started_at, "ended_at": self.ended_at}
        return self.substance() | times | {name: getattr(self, name) for name in ("pages", "listed", "calls")}

    def substance(self) -> dict[str, Any]:
        """What it showed; when and in how many calls says nothing about the month."""
        return {
            "organisation_id": self.organisation_id,
            "from": self.first,
            "to": self.last,
            "complete": self.complete,
            "why_not": self.why_not,
        }
