"""The documents as the worker would translate them, in both privacy modes: how many would go, and why the others would not.

Reads by the worker's own statement and judges by the translator's own rules; sends nothing.
"""

import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import get_args

import psycopg

from outbox.db import Row
from worker.lexware.host_data import HostData, blame
from worker.lexware.snapshot import assemble, assumed
from worker.lexware.translate.check import check
from worker.lexware.translate.documents import PrivacyMode
from worker.lexware.translate.problems import Problem
from worker.messages import host_check as words
from worker.rehearsal.stage import Progress, Stage, sqlstate

_BATCH = 200
#: A host whose look-ups are slow is told so by a finding; its documents are translated for as long as this.
_LONGEST_SECONDS = 40.0
_MOST_EXAMPLES = 3
_LINE = re.compile(r"lines\[\d+\]")


@dataclass(frozen=True, slots=True)
class Death:
    """Why a document would become a dead letter; `field` is the column of the contract that it is about, if one is."""

    reason: str
    field: str | None = None


@dataclass(slots=True)
class Deaths:
    """How many would become dead letters for one reason, of which columns, and some of their ids."""

    count: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    examples: list[int] = field(default_factory=list)

    def add(self, document_id: int, about: str | None) -> None:
        """One more."""
        self.count += 1
        self.fields.update([about] if about else [])
        if len(self.examples) < _MOST_EXAMPLES:
            self.examples.append(document_id)


@dataclass(slots=True)
class Outcome:
    """What would become of the documents in one privacy mode."""

    would_go: int = 0
    reasons: defaultdict[str, Deaths] = field(default_factory=lambda: defaultdict(Deaths))


@dataclass(slots=True)
class Translation:
    """All that were translated, of `there` that were to be, with the first and the last day printed on them."""

    there: int = 0
    documents: int = 0
    first: date | None = None
    last: date | None = None
    modes: dict[PrivacyMode, Outcome] = field(
        default_factory=lambda: {mode: Outcome() for mode in get_args(PrivacyMode)}
    )


def translate(stage: Stage, wanted: Sequence[Row], progress: Progress) -> Translation:
    """Those that are wanted, the newest first, so that they are among them if there is no time for all."""
    batches = [wanted[start : start + _BATCH] for start in range(0, len(wanted), _BATCH)]
    result, until = Translation(there=len(wanted)), time.monotonic() + _LONGEST_SECONDS
    for batch in progress(batches, words.TRANSLATING(documents=len(wanted))):
        if time.monotonic() > until:
            break
        for document, row in _read(stage, batch):
            _count(result, document["document_id"], row)
    return result


def _read(stage: Stage, batch: Sequence[Row]) -> Iterator[tuple[Row, Row | Death]]:
    """Each document with its row, or with why there is none; a row that fails disturbs no other."""
    try:
        with stage.trying(), stage.connection.pipeline():
            cursors = [stage.connection.execute(stage.statement("reading.snapshot"), document) for document in batch]
            found = [_row(cursor.fetchall()) for cursor in cursors]
        found = [_missing(stage, one) if row is None else row for one, row in zip(batch, found, strict=True)]
    except psycopg.Error as error:
        sqlstate(error)
        if len(batch) == 1:
            yield batch[0], _blamed(stage, batch[0]["document_id"], error)
            return
        for document in batch:
            yield from _read(stage, [document])
    else:
        yield from zip(batch, found, strict=True)


def _blamed(stage: Stage, document_id: int, error: psycopg.Error) -> Death:
    """What of the host fails for this document. Raises the error again when nothing does: it is then ours."""
    with stage.connection.transaction(force_rollback=True):
        found = blame(stage.connection, document_id, stage.schema)
    if found is None:
        raise error
    return _of_host_data(found)


def _of_host_data(error: HostData) -> Death:
    return Death("host_data", ".".join(filter(None, (error.view, error.column))))


def _missing(stage: Stage, document: Row) -> Death:
    return Death("too_large" if stage.rows("reading.size", **document) else "document_gone")


def _row(rows: Sequence[Row]) -> Row | Death | None:
    """The one row, or none; one that the host shows twice is not for us to choose from."""
    match rows:
        case [row]:
            return row
        case []:
            return None
        case _:
            return Death("host_data", "document.document_id")


def _count(result: Translation, document_id: int, row: Row | Death) -> None:
    result.documents += 1
    if not isinstance(row, Death) and (day := row["invoice_date"]):
        result.first, result.last = min(result.first or day, day), max(result.last or day, day)
    for mode, outcome in result.modes.items():
        if death := _death(row, mode):
            outcome.reasons[death.reason].add(document_id, death.field)
        else:
            outcome.would_go += 1


def _death(row: Row | Death, mode: PrivacyMode) -> Death | None:
    """Why the document would become a dead letter; None: it would go."""
    if isinstance(row, Death):
        return row
    try:
        snapshot = assemble(row | assumed(row) | {"lines": mode})
    except HostData as error:
        return _of_host_data(error)
    problems = check(snapshot.document, snapshot.settings)
    return _of_problem(problems[0]) if problems else None


def _of_problem(problem: Problem) -> Death:
    """A line's field is one of the view of lines, whichever line it was."""
    return Death(problem.reason, _LINE.sub("document_line", problem.field) if problem.field else None)
