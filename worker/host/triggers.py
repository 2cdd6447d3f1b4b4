"""The triggers on the host's tables, as host.toml describes them: made, replaced or dropped until they fit.

One that fits is not touched, since making one locks the host's table for a moment.
"""

import psycopg
from psycopg import sql as composed

from outbox.db import Connection, Row
from outbox.sql import query
from worker.host.errors import HostError
from worker.host.folder import Folder, Trigger
from worker.messages import host as words

NAME = "lexrelay_document_completed"
#: pg_trigger.tgtype of a row trigger after insert or update.
_AFTER_INSERT_OR_UPDATE = 1 | 4 | 16


def fit(connection: Connection, folder: Folder) -> None:
    """Bring the triggers to what the folder describes, in the caller's transaction. Raises HostError."""
    there = {row["oid"]: row for row in connection.execute(query("host.triggers")).fetchall()}
    for trigger in folder.triggers:
        table = find_table(connection, trigger)
        row = there.pop(table["oid"], None)
        if row is not None and not _is(row, trigger):
            _drop(connection, row["table"])
        if row is None or not _is(row, trigger):
            _create(connection, trigger, table["table"])
    for row in there.values():
        _drop(connection, row["table"])


def find_table(connection: Connection, trigger: Trigger) -> Row:
    """The table of a trigger, with all its columns there. Raises HostError."""
    wanted = {trigger.document, *trigger.update_of}
    try:
        with connection.transaction():
            row = connection.execute(query("host.table"), {"name": trigger.table, "columns": list(wanted)}).fetchone()
    except (psycopg.errors.InvalidName, psycopg.errors.SyntaxError, psycopg.errors.FeatureNotSupported):
        row = None
    if row is None or row["kind"] not in ("r", "p"):
        raise HostError(words.TABLE_MISSING(table=trigger.table))
    if missing := sorted(wanted - set(row["columns"])):
        raise HostError(words.TABLE_COLUMN_MISSING(table=trigger.table, columns=missing))
    return row


def _is(row: Row, trigger: Trigger) -> bool:
    return bool(
        row["is_ours"]
        and row["deferred"]
        and row["kind"] == _AFTER_INSERT_OR_UPDATE
        and row["arguments"] == f"{trigger.document}\\000"
        and row["columns"] == sorted(set(trigger.update_of))
    )


def _create(connection: Connection, trigger: Trigger, table: str) -> None:
    columns = composed.SQL(", ").join(map(composed.Identifier, dict.fromkeys(trigger.update_of)))
    of = composed.SQL("update of {}").format(columns) if trigger.update_of else composed.SQL("update")
    statement = composed.SQL(
        "create constraint trigger {name} after insert or {of} on {table} deferrable initially deferred "
        "for each row execute function outbox.document_changed({document})"
    ).format(name=composed.Identifier(NAME), of=of, table=_raw(table), document=trigger.document)
    _change(connection, table, statement)


def _drop(connection: Connection, table: str) -> None:
    statement = composed.SQL("drop trigger {} on {}").format(composed.Identifier(NAME), _raw(table))
    _change(connection, table, statement)


def _change(connection: Connection, table: str, statement: composed.Composed) -> None:
    try:
        connection.execute(statement)
    except (
        psycopg.errors.InsufficientPrivilege,
        psycopg.errors.WrongObjectType,
        psycopg.errors.FeatureNotSupported,
    ) as error:
        raise HostError(words.TRIGGER_REFUSED(table=table, said=error.diag.message_primary)) from error


def _raw(table: str) -> composed.SQL:
    """A table as `regclass` writes it: quoted where it has to be."""
    return composed.SQL(table)
