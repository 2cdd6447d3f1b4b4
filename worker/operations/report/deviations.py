"""What lies in Lexware otherwise than it was sent, or not at all; and what waits there as a draft."""

from collections import Counter
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from worker.operations.report.amounts import Groups
from worker.operations.report.canonical import encode
from worker.operations.report.document import UNDONE, Document, Remote, gross_of, money

BERLIN = ZoneInfo("Europe/Berlin")
LATE_DAYS = 10
"""Days within which a document is to be recorded (GoBD, Rz. 45 to 52)."""


class Deviations:
    """Takes the documents that went over. `is_complete`: Lexware was asked for all of them."""

    def __init__(self, as_of: datetime, *, is_complete: bool) -> None:
        self._as_of, self._is_complete = as_of, is_complete
        self.changed: list[str] = []
        self.missing: list[str] = []
        self.drafts: list[str] = []
        self.open: Counter[str] = Counter()
        """How many of each that nobody has accepted."""

    def add(self, document: Document, month: str) -> None:
        """Compare it; `month` is its own, which of a late change is not the report's."""
        if document.standing != "transferred" or document.lexware_id is None:
            return
        remote = document.remote
        if remote is None or remote.unconfirmed or remote.state in ("deleted", "missing"):
            self._is_away(document, remote, month)
            return
        for what, before, after in _differences(document, remote):
            self._is_changed(document, remote, month, {"what": what, "before": before, "after": after})
        if remote.status == "draft" or remote.state in ("draft", "back_to_draft"):
            self.drafts.append(encode(self._draft(document, remote)))

    def came_late(self, document: Document, month: str) -> None:
        """A document that the practice dated into a month after its report was signed."""
        came = {"what": "came_late", "before": None, "after": money(document.gross)}
        self._is_changed(document, document.remote, month, came)

    def _is_changed(self, document: Document, remote: Remote | None, month: str, change: dict[str, str | None]) -> None:
        row = _named(document, remote, month)
        self.open["changed"] += row["accepted_by"] is None
        self.changed.append(encode(row | change))

    def _is_away(self, document: Document, remote: Remote | None, month: str) -> None:
        if remote is None and not self._is_complete:
            return
        row = _named(document, remote, month) | {"state": _absence(document, remote)}
        self.open["missing"] += row["accepted_by"] is None and row["state"] != "deleted_with_pair"
        self.missing.append(encode(row))

    def _draft(self, document: Document, remote: Remote) -> dict[str, Any]:
        since = document.linked_at or remote.seen_at
        days = (self._as_of.astimezone(BERLIN).date() - since.astimezone(BERLIN).date()).days
        return document.named() | {"lexware_number": remote.number, "age_days": days, "late": days > LATE_DAYS}


def _absence(document: Document, remote: Remote | None) -> str:
    """In which way it is not there; a draft that was deleted together with its other half needs nobody."""
    if remote is None:
        return "never_seen"
    if remote.unconfirmed:
        return "unconfirmed"
    pair = document.partner
    return "deleted_with_pair" if remote.state == "deleted" and pair and not pair.is_there else remote.state


def _differences(document: Document, remote: Remote) -> list[tuple[str, str | None, str | None]]:
    """What is another, before and after: by our own comparison, and by what the watch has noticed."""
    found: list[tuple[str, str | None, str | None]] = []
    there, went = gross_of(document.lexware), gross_of(document.sent)
    sent = document.sent_total if document.sent_total is not None else went
    if sent != document.gross:
        found.append(("practice", money(sent), money(document.gross)))
    if remote.state in UNDONE:
        return found
    if there != sent:
        found.append(("money", money(sent), money(there)))
    elif there == went and document.lexware != document.sent and _taxes(document.lexware) != _taxes(document.sent):
        found.append(("tax", _taxes(document.sent), _taxes(document.lexware)))
    if remote.day != document.day:
        found.append(("day", _day(document.day), _day(remote.day)))
    if "payer" in remote.differs:
        found.append(("payer", None, None))
    if remote.state == "back_to_draft":
        found.append(("back_to_draft", None, None))
    if remote.state == "changed" and not found:
        found.append(("other", None, None))
    return found


def _named(document: Document, remote: Remote | None, month: str) -> dict[str, Any]:
    return document.named() | {
        "month": month,
        "noticed_at": remote and remote.seen_at,
        "accepted_by": remote and remote.accepted_by,
    }


def _taxes(groups: Groups) -> str:
    """Gross and tax of each group that is not empty."""
    filled = sorted(pair for pair in groups if any(pair[1]))
    return ", ".join(f"{group}: {money(amounts.gross)} ({money(amounts.tax)})" for group, amounts in filled)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
