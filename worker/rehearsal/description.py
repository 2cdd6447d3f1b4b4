"""The description by itself: does every select run, and has it every column, each of a type that can become the promised one.

Reads no row.
"""

from collections.abc import Iterator, Mapping

from worker.host.columns import VIEWS, View
from worker.host.errors import HostError
from worker.host.views import describe, fits
from worker.rehearsal.findings import Finding, of_description
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
        if column.name in found and not fits(column, found[column.name]):
            told = {"field": column.name, "found": found[column.name]["name"], "wanted": column.type}
            yield of_description("wrong_type", view.name, 1, **told)
