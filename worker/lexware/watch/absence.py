"""When a linked document is gone: two signs in time, and never so many at once that it must be the key (design section 11)."""

from outbox.db import Row
from worker.lexware.watch.record import Keep, Record, Step, listing

#: So many may always be absent at once: somebody tidies up a pair and a copy.
_ALWAYS, _SHARE = 3, 0.05
TOO_MANY = "too_many_missing"


def first_sign(record: Record) -> str | None:
    """It was answered with 404 for the first time; the run ends when that happens to too many."""
    record.rows("watch.absent")
    return TOO_MANY if _too_many(record) else None


def second_sign(step: Step) -> Keep:
    """It was answered with 404 again, long enough after the first: now the list of its day decides."""

    def keep(record: Record) -> str | None:
        for known in record.rows("watch.known"):
            day = known["voucher_date"] or known["sent_day"]
            about = {name: step.row[name] for name in ("kind", "subject_id", "remote_id")}
            record.add("list", asked=listing("any", "voucherDate", day, day), **about)
        return None

    return keep


def judge(record: Record) -> str | None:
    """The list of its day is read: if it is not there either, it is gone, unless the organisation is in doubt."""
    if record.rows("watch.is_listed") or not record.rows("watch.is_confirmed"):
        return None
    if _too_many(record):
        return TOO_MANY
    for known in record.rows("watch.known"):
        record.rows("watch.end_absence")
        record.keep(known, gone(known))
    return None


def gone(known: Row) -> Row:
    """The last row of a document that is not there any more: a draft is deleted, a finalised one is missing."""
    kept = ("number", "voucher_date", "due_date", "total", "contact_id", "taxes", "paid_on", "settled_by", "differs")
    last = {name: known[name] for name in kept}
    state = "deleted" if known["remote_status"] in (None, "draft") else "missing"
    return last | {"state": state, "remote_status": None, "open_amount": None, "differs": known["differs"] or []}


def _too_many(record: Record) -> bool:
    [share] = record.rows("watch.absent_share")
    return bool(share["absent"] > max(_ALWAYS - 1, _SHARE * share["linked"]))
