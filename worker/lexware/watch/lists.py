"""Lists, a page a step. One that changes its length meanwhile is read again; one longer than the window is halved by days.

What a list step asks for is kept with it: statuses, a field of days, and the ranges of days that are still to be read.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from psycopg.types.json import Jsonb

from worker.delivery.errors import Truncated
from worker.lexware.api.answers import Contact, Page, VoucherRow
from worker.lexware.api.calls import WINDOW_ROWS
from worker.lexware.api.client import Lexware
from worker.lexware.watch import absence
from worker.lexware.watch.record import Keep, Record, Step

#: So often a list may change while it is read.
_TRIES = 5
#: Between them lies every day that a document can bear.
_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)


def vouchers(step: Step, lexware: Lexware) -> Keep:
    """One page of the voucher list; the last one of a list that confirms an absence judges it."""
    asked = step.row["asked"]
    ends = zip(("From", "To"), asked["ranges"][0], strict=True)
    days = {f"{asked['field']}{end}": date.fromisoformat(day) for end, day in ends if day}
    try:
        page = lexware.voucher_page(step.row["page"], asked["status"], days)
    except Truncated:
        return lambda record: _halve(record, asked)
    return lambda record: _voucher_page(record, step, page)


def contacts(step: Step, lexware: Lexware) -> Keep:
    """One page of all customers; more of them than the window cannot be listed."""
    try:
        page = lexware.contact_page(step.row["page"])
    except Truncated:
        return lambda _record: "window_full"
    return lambda record: _contact_page(record, step, page)


def _voucher_page(record: Record, step: Step, page: Page[VoucherRow]) -> str | None:
    asked = step.row["asked"]
    if page.total >= WINDOW_ROWS:
        return _halve(record, asked)
    if asked.get("total", page.total) != page.total:
        return _again(record, asked)
    _keep(record, page, [_voucher(row) for row in page.rows])
    rest = asked["ranges"][1:]
    if not _is_last(page):
        record.turn(step.row["page"] + 1, asked | {"total": page.total})
    elif rest:
        record.turn(0, _afresh(asked) | {"ranges": rest})
    elif step.row["subject_id"] is not None:
        return absence.judge(record)
    return None


def _contact_page(record: Record, step: Step, page: Page[Contact]) -> str | None:
    asked = step.row["asked"]
    if page.total >= WINDOW_ROWS:
        return "window_full"
    if asked.get("total", page.total) != page.total:
        return _again(record, asked)
    _keep(record, page, [{"remote_id": str(row.id), "archived": row.archived} for row in page.rows])
    if not _is_last(page):
        record.turn(step.row["page"] + 1, asked | {"total": page.total})
    return None


def _keep(record: Record, page: Page[Any], rows: list[dict[str, Any]]) -> None:
    record.pages, record.listed = 1, len(page.rows)
    record.rows("watch.keep_listed", rows=Jsonb(rows))


def _again(record: Record, asked: Mapping[str, Any]) -> str | None:
    """Its length has changed: a row may have slipped through between two pages."""
    tries = asked.get("tries", 0) + 1
    if tries > _TRIES:
        return "list_changed"
    record.turn(0, _afresh(asked) | {"tries": tries})
    return None


def _halve(record: Record, asked: Mapping[str, Any]) -> str | None:
    """A full window proves nothing: each half of the days is asked for; of one day there are no halves."""
    first, last = (date.fromisoformat(day) if day else None for day in asked["ranges"][0])
    first, last = first or _FIRST_DAY, last or _LAST_DAY
    if first >= last:
        return "window_full"
    middle = first + (last - first) // 2
    halves = [[_iso(first), _iso(middle)], [_iso(middle + timedelta(days=1)), _iso(last)]]
    record.turn(0, _afresh(asked) | {"ranges": [*halves, *asked["ranges"][1:]]})
    return None


def _afresh(asked: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in asked.items() if name != "total"}


def _is_last(page: Page[Any]) -> bool:
    return page.last or not page.rows


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _voucher(row: VoucherRow) -> dict[str, Any]:
    return {
        "remote_id": str(row.id),
        "kind": "cancellation" if "credit" in row.type else "invoice",
        "remote_status": row.status,
        "number": row.number,
        "voucher_date": _iso(row.voucher_date),
        "due_date": _iso(row.due_date),
        "created_at": row.created.isoformat(),
        "total": _text(row.total),
        "open_amount": _text(row.open_amount),
        "contact_id": _text(row.contact_id),
    }


def _text(value: object) -> str | None:
    return None if value is None else str(value)
