"""The host's own keys, where they are no numbers: what people see in the practice software and type here."""

import re

from outbox.db import Connection
from outbox.ids import PracticeId
from outbox.sql import query

_NUMBER = re.compile(r"0|[1-9]\d{0,18}", re.ASCII)
_LARGEST = 2**63 - 1


def as_number(typed: str) -> int | None:
    """The id that was typed; None for what is none, and can only be a key of the host's own."""
    return int(typed) if _NUMBER.fullmatch(typed) and int(typed) <= _LARGEST else None


def practice_of(connection: Connection, key: str) -> int | None:
    """The id of the practice of this key; None: there is none."""
    row = connection.execute(query("practice.of_key"), {"key": key}).fetchone()
    return None if row is None else int(row["practice_id"])


def customer_of(connection: Connection, key: str) -> int | None:
    """The id of the customer of this key; None: there is none."""
    row = connection.execute(query("payer.of_key"), {"key": key}).fetchone()
    return None if row is None else int(row["customer_id"])


def number_of(connection: Connection, practice_id: PracticeId, typed: str) -> str:
    """The number of the document of this key; what is no key is taken for a number."""
    row = connection.execute(query("document.of_key"), {"practice_id": practice_id, "key": typed}).fetchone()
    return typed if row is None else str(row["number"])


def in_json(host_key: str | None) -> dict[str, str]:
    """The key as an answer shows it beside the number; nothing where the host's ids are numbers."""
    return {} if host_key is None else {"host_key": host_key}
