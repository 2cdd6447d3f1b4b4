"""What the rehearsal reads of the host: each view once, into tables of its own, row by row only where a row fails."""

from collections.abc import Iterator, Sequence

import psycopg

from worker.messages import host_findings as words
from worker.rehearsal.findings import Finding, of_description, of_documents
from worker.rehearsal.scope import Scope
from worker.rehearsal.stage import Stage, sqlstate

#: After so many that fail nobody needs to know them all.
_ENOUGH_FAILURES = 20
#: What is gathered after the documents: the query, whose ids it takes, and the view it reads.
_BY_IDS = (
    ("originals", "original_ids", "document"),
    ("lines", "document_ids", "document_line"),
    ("payers", "payer_ids", "payer"),
    ("practices", "practice_ids", "practice"),
)


def gather(stage: Stage, scope: Scope) -> Iterator[Finding]:
    """Fill the tables; what is wrong with it is that a select fails."""
    stage.rows("host_check.tables")
    try:
        with stage.trying():
            stage.rows("host_check.keys", practice_id=scope.practice_id)
    except psycopg.Error as error:
        told = {"view": "document", "sqlstate": sqlstate(error), "error": type(error).__name__}
        yield of_description("select_fails", "document", 1, what=words.FAILS_AT_ALL(**told))
        return
    chosen = stage.rows("host_check.chosen", documents=scope.documents, since=scope.since)
    yield from _read(stage, "documents", "document", [row["id"] for row in chosen])
    for name, ids, view in _BY_IDS:
        yield from _read(stage, name, view, [row["id"] for row in stage.rows(f"host_check.{ids}")])
    stage.rows("host_check.analyze")
    stage.rows("host_check.sums")


def _read(stage: Stage, name: str, view: str, ids: Sequence[int]) -> Iterator[Finding]:
    """Read the rows of these ids, without those that make the select fail."""
    failing: list[int] = []
    state = _halve(stage, name, ids, failing)
    if state is not None:
        given_up = len(failing) >= _ENOUGH_FAILURES
        told = {"view": view, "count": len(failing), "concerned": len(ids), "sqlstate": state}
        what = (words.FAILS_FOR_MANY if given_up else words.FAILS_FOR_SOME)(**told)
        row = {
            "count": len(ids) if given_up else len(failing),
            "concerned": len(ids),
            "examples": failing if name in ("documents", "lines") else (),
        }
        yield of_documents("select_fails", view, row, what=what)


def _halve(stage: Stage, name: str, ids: Sequence[int], failing: list[int]) -> str | None:
    """All at once, or else one half after the other; gives the SQLSTATE of the last failure."""
    if not ids or len(failing) >= _ENOUGH_FAILURES:
        return None
    try:
        with stage.trying():
            stage.rows(f"host_check.{name}", ids=list(ids))
    except psycopg.Error as error:
        state = sqlstate(error)
    else:
        return None
    if len(ids) == 1:
        failing.append(ids[0])
        return state
    middle = len(ids) // 2
    halves = [_halve(stage, name, half, failing) for half in (ids[:middle], ids[middle:])]
    return halves[1] or halves[0] or state
