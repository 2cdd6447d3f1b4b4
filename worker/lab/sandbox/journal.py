"""The state file: one JSON line for every committed record, so that what was committed survives a kill -9.

A line is on disk before its call is answered. Replayed in order, the last line of a record wins. The file holds the
sandbox's API keys, which open nothing but the sandbox; it is readable by its owner only.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from worker.lab.sandbox.records import Contact, Document, Key, Organisation
from worker.lab.sandbox.switches import Switches, changed
from worker.lab.sandbox.wire import Json, dumps, loads

Record = Organisation | Contact | Document

_KINDS: dict[str, type[Record]] = {kind.__name__: kind for kind in (Organisation, Contact, Document)}
_OWNED = ("contacts", "documents", "last_numbers", "last_role_numbers", "last_contact_at")
"""Fields of an organisation that its records bring back."""
_MOMENTS = ("created", "updated", "deleted")


class Journal:
    """An append-only file of records. One process at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "a+b")

    def replay(self) -> Iterator[tuple[str, Record]]:
        """All records written so far with their organisation's id, oldest first.

        Cuts off a last line that a crash left unfinished.
        """
        raw = self._path.read_bytes()
        whole = raw.rfind(b"\n") + 1
        self._file.truncate(whole)
        for line in raw[:whole].splitlines():
            entry = loads(line)
            yield entry["of"], _unpacked(_KINDS[entry["kind"]], entry["record"])

    def append(self, organisation_id: str, records: Iterable[Record]) -> None:
        """Write records together; returns when they are on disk."""
        for record in records:
            entry = {"of": organisation_id, "kind": type(record).__name__, "record": _packed(record)}
            self._file.write(dumps(entry) + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def _packed(record: Record) -> Json:
    packed = {field.name: getattr(record, field.name) for field in fields(record) if field.name not in _OWNED}
    for name, value in packed.items():
        if isinstance(value, datetime):
            packed[name] = value.isoformat()
    if isinstance(record, Organisation):
        packed["switches"] = asdict(record.switches)
        packed["keys"] = {name: [sorted(key.scopes), key.revoked] for name, key in record.keys.items()}
    return packed


def _unpacked(kind: type[Record], packed: dict[str, Any]) -> Record:
    values = dict(packed)
    for name in _MOMENTS:
        if values.get(name):
            values[name] = datetime.fromisoformat(values[name])
    for name in ("related", "payments"):
        if name in values:
            values[name] = tuple(values[name])
    if kind is Organisation:
        values["switches"] = changed(Switches(), values["switches"])
        values["keys"] = {
            name: Key(scopes=frozenset(scopes), revoked=revoked) for name, (scopes, revoked) in values["keys"].items()
        }
    return kind(**values)
