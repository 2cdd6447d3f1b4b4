"""Steps about one document, and the one that confirms whose documents they are."""

from worker.lexware.api import errors
from worker.lexware.api.client import Lexware
from worker.lexware.translate.marker import find_codes
from worker.lexware.watch import absence
from worker.lexware.watch.record import Keep, Record, Step, read
from worker.lexware.watch.states import of_document


def organisation(step: Step, lexware: Lexware) -> Keep:
    """Ask who is behind the key, before any absence is believed."""
    is_ours = lexware.profile().organisation_id == step.run.organisation_id

    def keep(record: Record) -> str | None:
        record.rows("watch.confirm_organisation")
        return None

    return keep if is_ours else lambda _record: "other_organisation"


def document(step: Step, lexware: Lexware) -> Keep:
    """Read a linked document as a whole."""
    try:
        seen = of_document(read(lexware, step.row["kind"], step.row["remote_id"]))
    except errors.NotFound:
        return absence.second_sign(step) if step.row["what"] == "confirm" else absence.first_sign

    def keep(record: Record) -> str | None:
        for known in record.rows("watch.known"):
            record.saw(known, seen)
        return None

    return keep


def payments(step: Step, lexware: Lexware) -> Keep:
    """When and how it was paid. Drafts and linked credit notes are refused, and so is a key without that right: no news."""
    try:
        paid = lexware.payments(step.row["remote_id"])
    except (errors.Rejected, errors.NotFound, errors.PermissionMissing):
        return _no_news

    def keep(record: Record) -> str | None:
        for known in record.rows("watch.known"):
            news = {"paid_on": paid.paid_on if known["state"] == "paid" else None, "settled_by": list(paid.kinds)}
            if known["state"] in ("paid", "partly_paid") and any(known[name] != news[name] for name in news):
                record.keep(known, {name: known[name] for name in _AS_IT_IS} | news)
        return None

    return keep


def stranger(step: Step, lexware: Lexware) -> Keep:
    """Read a document that is not linked: with our marker it is an orphan, unless it is just being delivered."""
    try:
        found = read(lexware, step.row["kind"], step.row["remote_id"])
    except errors.NotFound:
        return _no_news
    codes = find_codes(f"{found.remark}\n{found.introduction}")

    def keep(record: Record) -> str | None:
        bearers = record.rows("watch.bearer", codes=list(codes)) if codes else []
        if not bearers:
            record.rows("watch.stranger")
        elif bearers[0]["state"] != "pending":
            columns = {"number": found.number, "total": found.total_gross, "voucher_date": found.voucher_date}
            record.rows("watch.orphan", **columns, document_id=bearers[0]["document_id"])
        return None

    return keep


def orphan(step: Step, lexware: Lexware) -> Keep:
    """Whether an orphan that the lists do not show is still there: it may have been paid, or a human has deleted it."""
    try:
        read(lexware, step.row["kind"], step.row["remote_id"])
    except errors.NotFound:
        return _orphan_gone
    return _no_news


def _orphan_gone(record: Record) -> str | None:
    record.rows("watch.orphan_gone")
    return None


def _no_news(_record: Record) -> str | None:
    return None


_AS_IT_IS = (
    "state", "remote_status", "number", "voucher_date", "due_date", "total", "contact_id", "taxes", "open_amount", "differs"
)  # fmt: skip
