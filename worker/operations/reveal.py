"""The name of a document's addressee, for eyes whose look is recorded first."""

from outbox import actions
from outbox.db import Connection
from outbox.sql import query


def payer_name(
    connection: Connection, practice_id: int, event_id: int, payer_id: int, *, by: str, why: str | None
) -> str | None:
    """Whom it is addressed to; None: the host has forgotten him."""
    actions.record(connection, "reveal", by=by, why=why, practice_id=practice_id, event_id=event_id)
    found = connection.execute(query("payer.name"), {"payer_id": payer_id}).fetchone()
    return found["name"] if found else None
