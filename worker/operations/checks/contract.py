"""Does the practice software show what the contract promises: views with all their columns, and the trigger."""

from collections.abc import Iterator

import psycopg

from outbox.db import Connection, Row
from outbox.sql import query
from worker.host import stored
from worker.host.columns import PROMISED
from worker.lexware.host_data import is_of_data
from worker.messages import Sentence
from worker.messages import checks as words
from worker.operations.checks.finding import Finding, failure, ok, warning

#: So many changed documents have a line of their own.
_MOST_SHOWN = 10


def promised() -> dict[str, frozenset[str]]:
    """The columns of each view that the worker reads."""
    return {view.name: frozenset(view.by_name) for view in PROMISED}


def views(connection: Connection) -> Iterator[Finding]:
    """Every promised column is there and explained, and nothing is shown beyond them."""
    rows = connection.execute(query("views.columns")).fetchall()
    shown = {(row["view"], row["column"]) for row in rows}
    wanted = {(view, column) for view, columns in promised().items() for column in columns}
    if missing := _names(wanted - shown):
        yield failure("contract", words.CONTRACT_LACKS(columns=missing), words.CONTRACT_LACKS_STEP())
    if beyond := _names({(view, column) for view, column in shown - wanted if view in promised()}):
        yield warning("contract", words.CONTRACT_SHOWS(columns=beyond), words.CONTRACT_SHOWS_STEP())
    if silent := _names({(row["view"], row["column"]) for row in rows if not row["has_comment"]} & wanted):
        yield warning("contract", words.SILENT_COLUMNS(columns=silent), words.SILENT_COLUMNS_STEP())
    if not missing and not beyond and not silent:
        yield ok("contract", words.CONTRACT(views=", ".join(promised())))


def leaks(connection: Connection) -> Iterator[Finding]:
    """The worker may ask whether a text holds a birth date or an insurance number."""
    row = connection.execute(query("views.leaks")).fetchone()
    if row and row["allowed"]:
        yield ok("privacy", words.LEAKS())
    else:
        yield failure("privacy", words.NO_LEAKS(), words.MIGRATE())


def trigger(connection: Connection) -> Iterator[Finding]:
    """Completed documents write their events themselves."""
    rows = connection.execute(query("views.trigger")).fetchall()
    described = len(stored.folder(connection).triggers)
    if described == 0:
        yield ok("trigger", words.NO_TRIGGER_WANTED())
    if len(rows) < described:
        yield failure("trigger", words.NO_TRIGGER(), words.MIGRATE())
    for row in rows:
        if not row["enabled"]:
            remedy = words.AS_IT_IS(words=f"alter table {row['table']} enable trigger lexrelay_document_completed;")
            yield failure("trigger", words.TRIGGER_OFF(table=row["table"]), remedy)
        elif not row["deferred"]:
            yield failure("trigger", words.NOT_DEFERRED(table=row["table"]), words.NOT_DEFERRED_STEP())
        else:
            yield ok("trigger", words.TRIGGER(table=row["table"]))


def unlanded(connection: Connection) -> Iterator[Finding]:
    """Every completed document can have an event; those that cannot are counted by the safety net."""
    rows = connection.execute(query("check.unlanded")).fetchall()
    for row in rows:
        told = words.UNLANDED(count=row["documents"], cause=row["cause"], examples=row["examples"])
        yield failure("landing", told, words.UNLANDED_STEP())
    if not rows:
        yield ok("landing", words.LANDED())


def changes(connection: Connection) -> Iterator[Finding]:
    """Nothing has become another document since it was sent, by sum, number or key. A select that fails is the rehearsal's."""
    try:
        rows = connection.execute(query("check.changed")).fetchall()
    except psycopg.DatabaseError as error:
        if not is_of_data(error):
            raise
        return
    for row in rows[:_MOST_SHOWN]:
        told = words.CHANGED(document=row["document_id"], practice=row["practice_id"], what=list(_changes(row)))
        yield warning("changes", told, words.CHANGED_STEP())
    if len(rows) > _MOST_SHOWN:
        yield warning("changes", words.CHANGED_MORE(count=len(rows) - _MOST_SHOWN), words.CHANGED_STEP())
    if not rows:
        yield ok("changes", words.AS_SENT())


def _changes(row: Row) -> Iterator[Sentence]:
    if row["sent_total"] != row["total"]:
        yield words.CHANGED_TOTAL(sent=row["sent_total"], now=row["total"])
    if row["has_other_number"]:
        yield words.CHANGED_NUMBER(sent=row["sent_number"], now=row["number"])
    if row["has_other_key"]:
        yield words.CHANGED_KEY()


def _names(columns: set[tuple[str, str]]) -> str:
    return ", ".join(sorted(f"contract.{view}.{column}" for view, column in columns))
