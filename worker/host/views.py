"""The contract's views, made from the host's selects: columns named, cast and commented, whatever the select's order.

A select that fails, lacks a column or gives another type is a HostError that names file, column and remedy. What a key
column is made of stays what it is as long as it is a whole number: a cast could hide the host's index.
"""

import re

import psycopg
from psycopg import Column as Described
from psycopg import sql as composed

from outbox.db import Connection, Row
from outbox.sql import query
from worker.host.columns import VIEWS, Column, Type, View
from worker.host.errors import HostError
from worker.host.folder import Folder
from worker.host.names import as_the_host_means
from worker.messages import Sentence
from worker.messages import host as words

_WHOLE = {"int2", "int4", "int8"}
_NUMBERS = _WHOLE | {"numeric", "float4", "float8"}
_TAKEN: dict[Type, set[str]] = {
    "bigint": _WHOLE | {"numeric"},
    "int": _WHOLE,
    "text": _WHOLE | {"numeric", "uuid"},
    "numeric": _NUMBERS,
    "date": {"date", "timestamp"},
    "timestamptz": {"timestamptz"},
}
#: Texts of digits that may begin with zeros.
_WITH_ZEROS = {"zip", "phone"}
#: Categories of pg_type that are text as well: strings and enums.
_TEXTS = {"S", "E"}
_END = re.compile(r";\s*((--[^\n]*|/\*.*?\*/)\s*)*\Z", re.DOTALL)
_BEFORE = "select * from (\n"


def make(connection: Connection, folder: Folder) -> None:
    """Make all views anew, in the caller's transaction. Raises HostError."""
    _drop(connection)
    for view in VIEWS:
        select = folder.select(view.file)
        body = _nothing(view) if select is None else definition(connection, view, select)
        _execute(connection, view, f"create view contract.{view.name} as {body}")
        _explain(connection, view)


def definition(connection: Connection, view: View, select: str) -> str:
    """What a view of the contract is made of. Raises HostError."""
    given = describe(connection, view, select)
    _complain(view, given)
    columns = ", ".join(_expression(column, given.get(column.name)) for column in view.columns)
    return f"select {columns} from (\n{bare(select)}\n) h"  # noqa: S608 (the owner's own select, in the owner's session)


def bare(select: str) -> str:
    """The select without the semicolon at its end, to stand in parentheses."""
    return _END.sub("", select.rstrip())


def describe(connection: Connection, view: View, select: str) -> dict[str, Row]:
    """The columns that a select gives, with their types. Raises HostError when it cannot be executed."""
    wrapped = f"{_BEFORE}{bare(select)}\n) h limit 0"
    columns = _execute(connection, view, wrapped)
    oids = [column.type_code for column in columns]
    types = {row["oid"]: row for row in connection.execute(query("host.types"), {"oids": oids}).fetchall()}
    names = [column.name for column in columns]
    for name in names:
        if names.count(name) > 1:
            raise HostError(words.COLUMN_TWICE(file=view.file, column=name))
    return {column.name: types[column.type_code] for column in columns}


def fits(column: Column, type_: Row) -> bool:
    """Whether what the host gives can be taken for what is promised."""
    return type_["base"] in _TAKEN[column.type] or (column.type == "text" and type_["category"] in _TEXTS)


def loses_zeros(column: Column, type_: Row) -> bool:
    """Whether a text that may begin with zeros comes as a number, which has lost them."""
    return column.name in _WITH_ZEROS and type_["base"] in _NUMBERS


def remedy(column: Column, type_: Row) -> Sentence:
    """How a column of another type becomes the one that is promised."""
    match column.type, type_["base"]:
        case "bigint", _:
            return words.USE_ID(column=column.name)
        case "timestamptz", "timestamp":
            return words.USE_TIME_ZONE(column=column.name)
        case "date", "timestamptz":
            return words.USE_DAY(column=column.name)
        case "date", _:
            return words.USE_TO_DATE(column=column.name)
        case "numeric", "text" | "varchar" | "bpchar":
            return words.USE_POINT(column=column.name)
        case _:
            return words.USE_CAST(column=column.name, wanted=column.type)


def _complain(view: View, given: dict[str, Row]) -> None:
    for column in view.columns:
        if column.name not in given:
            if column.required:
                raise HostError(words.COLUMN_MISSING(file=view.file, column=column.name, means=column.comment))
        elif not fits(column, given[column.name]):
            found = given[column.name]["name"]
            raise HostError(
                words.WRONG_TYPE(
                    file=view.file,
                    column=column.name,
                    found=found,
                    wanted=column.type,
                    remedy=remedy(column, given[column.name]),
                )
            )
    if unknown := sorted(given.keys() - view.by_name.keys()):
        raise HostError(words.UNKNOWN_COLUMN(file=view.file, columns=unknown, known=sorted(view.by_name)))


def _expression(column: Column, type_: Row | None) -> str:
    if type_ is None:
        return f"null::{column.type} as {column.name}"
    if column.type == "bigint" and type_["base"] in _WHOLE:
        return f"h.{column.name}"
    return f"h.{column.name}::{column.type} as {column.name}"


def _nothing(view: View) -> str:
    columns = ", ".join(_expression(column, None) for column in view.columns)
    return f"select {columns} where false"


def _drop(connection: Connection) -> None:
    """What stands where the views are to be made; a relation that somebody hung on them is named, not dropped."""
    of = {"schema": "contract", "names": [view.name for view in VIEWS]}
    for row in connection.execute(query("host.relations"), of).fetchall():
        try:
            with connection.transaction():
                connection.execute(f"drop {row['kind']} {row['name']}".encode())
        except psycopg.errors.DependentObjectsStillExist as error:
            raise HostError(words.SOMETHING_DEPENDS(view=row["name"], what=error.diag.message_detail)) from error


def _explain(connection: Connection, view: View) -> None:
    statements = [
        composed.SQL("comment on view contract.{} is {}").format(composed.Identifier(view.name), view.comment)
    ]
    statements += [
        composed.SQL("comment on column contract.{}.{} is {}").format(
            composed.Identifier(view.name), composed.Identifier(column.name), column.comment
        )
        for column in view.columns
    ]
    connection.execute(composed.SQL("; ").join(statements))


def _execute(connection: Connection, view: View, statement: str) -> list[Described]:
    """One statement made of a host's select, and no more than one (which a binary cursor sees to). Raises HostError."""
    try:
        with connection.transaction(), as_the_host_means(connection), connection.cursor(binary=True) as cursor:
            return cursor.execute(statement.encode()).description or []
    except (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected):
        raise
    except psycopg.DatabaseError as error:
        place = int(error.diag.statement_position or 0)
        line = statement[: max(0, place - 1)].count("\n") if place else None
        said = error.diag.message_primary or type(error).__name__
        where = words.LINE(file=view.file, line=line) if line else words.FILE(file=view.file)
        raise HostError(words.SELECT_FAILS(where=where, said=said, state=error.sqlstate)) from error
