"""What the lists of a run have shown, held against what is known; no call, but it finds what is to be asked next."""

from outbox.db import Row
from worker.lexware.api.client import Lexware
from worker.lexware.watch.record import Keep, Record, Step
from worker.lexware.watch.states import Seen


def documents(step: Step, _lexware: Lexware) -> Keep:
    """States by the voucher list. Only a sweep, which has seen all lists, can say what is not in them."""

    def keep(record: Record) -> str | None:
        record.rows("watch.end_listed_absences")
        for row in record.stream("watch.listed"):
            record.noticed(row, _seen(row))
        if step.run.kind == "sweep":
            record.rows("watch.add_unlisted")
            record.rows("watch.add_orphans")
        record.rows("watch.add_strangers")
        return None

    return keep


def contacts(_step: Step, _lexware: Lexware) -> Keep:
    """Linked contacts by the listing of all customers."""

    def keep(record: Record) -> str | None:
        record.rows("watch.contacts_listed")
        record.rows("watch.add_unlisted_contacts")
        return None

    return keep


def _seen(row: Row) -> Seen:
    is_overdue = row["l_status"] == "overdue"
    return Seen(
        remote_status="open" if is_overdue else row["l_status"],
        is_shown_overdue=is_overdue,
        number=row["l_number"],
        voucher_date=row["l_day"],
        due_date=row["l_due"],
        total=row["l_total"],
        contact_id=row["l_contact"],
        open_amount=row["l_open"],
    )
