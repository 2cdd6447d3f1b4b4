"""The steps of a run: at most one call each; what it showed is written in one commit with what is to be done next.

No transaction is open while Lexware is called (R7): a step asks first, and gives what is then to be written.
"""

from collections.abc import Mapping

from outbox.jobs import Connecting
from outbox.pace import Pace
from outbox.sql import query
from worker.lexware.api.client import Lexware
from worker.lexware.watch import compare, contacts, documents, lists, shapes
from worker.lexware.watch.record import Ask, Ended, Record, Run, Step

_NO_CALL = frozenset({"compare", "compare_contacts"})


def take(run: Run, lexware: Lexware, connecting: Connecting, pace: Pace) -> bool:
    """Take the next step; whether it made a call. Raises Ended when there is none, and what the call raises."""
    with connecting() as connection:
        row = connection.execute(query("watch.next_step"), {"run_id": run.id}).fetchone()
        if row is None:
            raise Ended(None)
        step = Step(run, row, pace)
        skips = row["what"] == "profile" and not Record(connection, step).rows("watch.is_confirming")
    calls = not skips and row["what"] not in _NO_CALL
    keep = _nothing if skips else _ASKS[row["what"]](step, lexware)
    with connecting() as connection, connection.transaction():
        record = Record(connection, step)
        why_not = keep(record)
        if not record.goes_on:
            record.rows("watch.done")
        if calls:
            record.rows("watch.called", pages=record.pages, listed=record.listed)
    if why_not is not None:
        raise Ended(why_not)
    return calls


def _nothing(_record: Record) -> str | None:
    return None


_ASKS: Mapping[str, Ask] = {
    "profile": documents.organisation,
    "list": lists.vouchers,
    "compare": compare.documents,
    "document": documents.document,
    "confirm": documents.document,
    "payments": documents.payments,
    "stranger": documents.stranger,
    "orphan": documents.orphan,
    "contacts": lists.contacts,
    "compare_contacts": compare.contacts,
    "contact": contacts.contact,
    "shape": shapes.shape,
}
