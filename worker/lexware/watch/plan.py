"""What each kind of run asks, as the steps it begins with; what it finds adds more."""

from outbox.db import Connection
from outbox.pace import Pace
from worker.lexware.watch import shapes
from worker.lexware.watch.record import Record, Run, Step, listing


def plan(connection: Connection, run: Run, pace: Pace) -> None:
    """Write the first steps of a run, in the transaction that begins it."""
    nothing_yet = dict.fromkeys(("id", "kind", "subject_id", "remote_id"))
    record = Record(connection, Step(run, nothing_yet, pace))
    match run.kind:
        case "delta":
            for since in record.rows("watch.since"):
                record.add("list", asked=listing("any", "updatedDate", since["day"]))
            record.add("compare")
        case "sweep":
            record.add("list", asked=listing("draft,open"))
            record.add("list", asked=listing("overdue"))
            record.add("compare")
        case "deep":
            record.rows("watch.add_documents")
        case "contacts":
            record.add("contacts")
            record.add("compare_contacts")
        case "probe":
            shapes.add(record)
    if run.kind in ("delta", "sweep", "deep"):  # before an absence is believed, it is asked who is behind the key
        record.add("profile")
        record.rows("watch.add_due_absences")
