"""A linked contact that the listing of all customers does not show: deleted, merged into another one, or no customer any more."""

from worker.lexware.api import errors
from worker.lexware.api.client import Lexware
from worker.lexware.watch.record import Keep, Record, Step


def contact(step: Step, lexware: Lexware) -> Keep:
    """Read it. Not listed and 404, while the same key lists others of its organisation: it is gone."""
    try:
        found = lexware.contact(step.row["remote_id"])
        state = "archived" if found.archived else "usable" if found.is_customer else "not_a_customer"
    except errors.NotFound:
        state = "gone"

    def keep(record: Record) -> str | None:
        record.rows("watch.keep_contact", state=state)
        return None

    return keep
