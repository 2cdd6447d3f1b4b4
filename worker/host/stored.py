"""The host folder in the database: what `lexrelay migrate` of a later release applies again, and `host show` shows.

A database of the first release has none: its views are recognised when they are those of the reference practice, to the
letter; any others have to become a folder first.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

import psycopg

from outbox.db import Connection
from outbox.migrate import schema_version
from outbox.sql import query
from worker.host.columns import PROMISED
from worker.host.errors import HostError
from worker.host.folder import Folder, built_in, parse, read
from worker.host.names import as_the_host_means
from worker.host.views import bare
from worker.messages import host as words

#: The first schema that stores the folder.
_SINCE = 14


@dataclass(frozen=True, slots=True)
class Applied:
    """A host as it was applied last."""

    folder: Folder
    at: datetime
    by: str


def folder(connection: Connection) -> Folder:
    """The host that is applied. Raises HostError when there is none, or one that was adapted by hand."""
    files = _files(connection)
    if files:
        return parse(files)
    there = {view.name: _view_text(connection, f"contract.{view.name}") for view in PROMISED}
    if not any(there.values()):
        raise HostError(words.NO_HOST())
    reference = read(built_in("reference"))
    others = [f"contract.{name}" for name, text in there.items() if text != _would_be(connection, reference, name)]
    if others:
        raise HostError(words.OLD_VIEWS(views=others))
    return reference


def applied(connection: Connection) -> Applied:
    """The stored host, and who applied it. Raises HostError when there is none."""
    rows = connection.execute(query("host.files")).fetchall()
    if not rows:
        raise HostError(words.NO_HOST())
    last = max(rows, key=lambda row: row["applied_at"])
    return Applied(parse({row["name"]: row["text"] for row in rows}), last["applied_at"], last["applied_by"])


def keep(connection: Connection, host: Folder, *, by: str) -> list[str]:
    """Store the folder; the names of the files that are new, changed or gone. Called twice, the second changes nothing."""
    before = _files(connection)
    for name, text in host.files.items():
        digest = hashlib.sha256(text.encode()).hexdigest()
        connection.execute(query("host.keep_file"), {"name": name, "text": text, "sha256": digest, "by": by})
    connection.execute(query("host.forget_files"), {"names": list(host.files)})
    connection.execute(query("host.set_rhythm"), {"seconds": host.poll_seconds})
    return sorted(name for name in before.keys() | host.files.keys() if before.get(name) != host.files.get(name))


def keep_app_url(connection: Connection, app_url: str) -> None:
    """The addresses that the host gets back lead to these pages of Lexware's from now on."""
    connection.execute(query("host.keep_app_url"), {"app_url": app_url.rstrip("/")})


def _files(connection: Connection) -> dict[str, str]:
    if schema_version(connection) < _SINCE:
        return {}
    return {row["name"]: row["text"] for row in connection.execute(query("host.files")).fetchall()}


def _view_text(connection: Connection, name: str) -> str | None:
    row = connection.execute(query("host.view_text"), {"name": name}).fetchone()
    return row["text"] if row else None


def _would_be(connection: Connection, reference: Folder, name: str) -> str | None:
    """How PostgreSQL would write the view that the first release made of this select; None: it cannot be made here."""
    select = reference.files[f"{name}.sql"]
    try:
        with connection.transaction(force_rollback=True), as_the_host_means(connection):
            connection.execute(f"create temporary view lexrelay_{name} as {bare(select)}".encode())
            return _view_text(connection, f"pg_temp.lexrelay_{name}")
    except psycopg.DatabaseError:
        return None
