"""Do the host's tables tell of a completion: the triggers that host.toml names, and what became of them."""

from collections.abc import Iterator

import psycopg
from psycopg import sql

from outbox.db import Row
from worker.host.folder import POLL_SECONDS, Folder, Trigger
from worker.messages import host_findings as words
from worker.rehearsal.findings import Finding, of_description, of_documents, of_practice_software
from worker.rehearsal.scope import Scope
from worker.rehearsal.stage import Stage, sqlstate


def triggers(stage: Stage, folder: Folder, scope: Scope) -> Iterator[Finding]:
    """What is wrong with them; whether one is there can be asked of a host that is applied."""
    if not folder.triggers and folder.poll_seconds >= POLL_SECONDS:
        yield of_practice_software("trigger_missing", None, 1, why=words.NOT_NAMED())
    for trigger in folder.triggers:
        yield from _trigger(stage, trigger)
    if folder.triggers:
        row = stage.one("host_check.missed", practice_id=scope.practice_id)
        if row["count"]:
            yield of_documents("trigger_missed", None, row)


def _trigger(stage: Stage, trigger: Trigger) -> Iterator[Finding]:
    table = _table(stage, trigger)
    if table is None:
        yield of_description("trigger_missing", None, 1, why=words.NO_TABLE(table=trigger.table))
    elif table["missing"]:
        yield _wrong_column(trigger, table["missing"])
    elif stage.is_applied and not table["is_enabled"]:
        yield of_description("trigger_missing", None, 1, why=words.NOT_THERE(table=trigger.table))
    elif table["is_number"] and _names_no_document(stage, trigger, table):
        yield _wrong_column(trigger, [trigger.document])


def _wrong_column(trigger: Trigger, columns: list[str]) -> Finding:
    return of_description("trigger_column", None, len(columns), table=trigger.table, columns=columns)


def _table(stage: Stage, trigger: Trigger) -> Row | None:
    columns = [trigger.document, *trigger.update_of]
    try:
        with stage.trying():
            rows = stage.rows("host_check.trigger", table=trigger.table, columns=columns, document=trigger.document)
    except psycopg.Error as error:  # what cannot be the name of a table
        sqlstate(error)
        return None
    return rows[0] if rows else None


def _names_no_document(stage: Stage, trigger: Trigger, table: Row) -> bool:
    """The column holds the ids of few of the newest documents: a line's own id, say, instead of its document's."""
    missing = sql.SQL(
        "select count(*) > 1 and count(*) = count(*) filter (where not exists ("
        "select from {table} t where t.{column} = d.document_id)) as found from ("
        "select document_id from pg_temp.checked_document order by completed_at desc nulls last limit 200) d"
    ).format(table=sql.Identifier(table["schema"], table["name"]), column=sql.Identifier(trigger.document))
    try:
        with stage.trying():
            row = stage.connection.execute(missing).fetchone()
    except psycopg.Error as error:  # this login may not read the host's table
        return not sqlstate(error)
    return row is not None and bool(row["found"])
