"""The description by itself: does every select run, and has it every column, each of a type that can become the promised one.

Reads no row.
"""

from collections.abc import Iterator, Mapping

from outbox.db import Row
from worker.host.columns import VIEWS, Column, View
from worker.host.errors import HostError
from worker.host.views import describe, fits, loses_zeros, remedy
from worker.messages import host_findings as words
from worker.rehearsal.findings import Finding, of_description, of_practice_software
from worker.rehearsal.stage import Stage


def described(stage: Stage, selects: Mapping[str, str]) -> Iterator[Finding]:
    """What is wrong with the selects, by the names of their views."""
    for view in VIEWS:
        if view.name in selects:
            yield from _view(stage, view, selects[view.name])


def fails(view: str, error: HostError) -> Finding:
    """What PostgreSQL says of a text of the folder; no row was read, so it holds nobody's data."""
    return of_description("select_fails", view, 1, what=error.sentence)


def _view(stage: Stage, view: View, select: str) -> Iterator[Finding]:
    try:
        found = describe(stage.connection, view, select)
    except HostError as error:
        yield fails(view.name, error)
        return
    if missing := [column.name for column in view.columns if column.required and column.name not in found]:
        yield of_description("missing_column", view.name, len(missing), columns=missing)
    for column in view.columns:
        if column.name in found:
            yield from _type(view, column, found[column.name])


def _type(view: View, column: Column, type_: Row) -> Iterator[Finding]:
    told = {"field": column.name, "found": type_["name"], "wanted": column.type}
    if not fits(column, type_):
        yield of_description("wrong_type", view.name, 1, **told, remedy=remedy(column, type_))
    elif loses_zeros(column, type_):
        yield of_practice_software("wrong_type", view.name, 1, **told, remedy=words.KEEP_ZEROS(column=column.name))
