"""The host's own keys, where they are no numbers: what people see in the practice software and type here."""

from outbox.db import Connection
from outbox.ids import PracticeId
from outbox.sql import query


def number_of(connection: Connection, practice_id: PracticeId, typed: str) -> str:
    """The number of the document of this key; what is no key is taken for a number."""
    row = connection.execute(query("document.of_key"), {"practice_id": practice_id, "key": typed}).fetchone()
    return typed if row is None else str(row["number"])
