"""The report of a month, made of its documents one by one. Pure: the same documents give the same text.

The parts are kept as small as they can be, so that a month of a hundred thousand documents fits.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from worker.host.keys import in_json
from worker.operations.report.amounts import UNCLEAR
from worker.operations.report.canonical import Parts, encode, encode_object, sha256
from worker.operations.report.deviations import Deviations
from worker.operations.report.document import Document
from worker.operations.report.funnel import Funnel
from worker.operations.report.inquiry import Inquiry
from worker.operations.report.numbers import Doubled, Numbers
from worker.operations.report.pairs import Pairs
from worker.operations.report.sequences import Taken
from worker.operations.report.totals import Totals


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What is known of the month besides its documents."""

    orphans: list[dict[str, Any]] = field(default_factory=list)
    decisions: list[dict[str, Any]] = field(default_factory=list)
    doubled: Iterable[Doubled] = ()
    before: Iterable[str] = ()
    """Numbers of the month before."""
    taken: Taken = lambda _numbers: ()
    has_failed: Callable[[], bool] = lambda: False
    """Whether something of the host could not be read, when all of this is used up."""


@dataclass(frozen=True, slots=True)
class Body:
    """A report but for its place in the chain: the spelled parts, and whether everything is proven."""

    parts: Parts
    complete: bool
    substance_sha256: str

    def chained(self, previous_sha256: str | None) -> Iterator[str]:
        """The text that its hash is of, piece by piece."""
        return encode_object({**self.parts, "previous_sha256": encode(previous_sha256)})


class Month:
    """Takes the documents of a month in, and those of closed months that have changed since."""

    def __init__(self, practice_id: int, month: date, inquiry: Inquiry, host_key: str | None = None) -> None:
        self._practice_id, self._month, self._inquiry = practice_id, f"{month:%Y-%m}", inquiry
        self._host_key = host_key
        self._totals, self._funnel, self._pairs = Totals(), Funnel(), Pairs()
        self._numbers = Numbers(month.year)
        self._deviations = Deviations(inquiry.ended_at, is_complete=inquiry.complete)
        self._elsewhere = self._unclear = self._unreadable = 0

    def add(self, document: Document, number: str | None) -> None:
        """A document of the month, with the practice's own number."""
        for part in (self._totals, self._funnel, self._pairs):
            part.add(document)
        self._numbers.add(document, number)
        self._deviations.add(document, self._month)
        if document.standing == "transferred":
            self._elsewhere += document.lexware_id is None
            self._unclear += any(
                group == UNCLEAR for group, _ in (*document.practice, *document.sent, *document.lexware)
            )

    def add_unreadable(self, document: Document, number: str | None, *, is_late: bool = False) -> None:
        """A document of which the host gives nothing; one of a closed month (`is_late`) counts for nothing else."""
        self._unreadable += 1
        if not is_late:
            self.add(document, number)

    def add_late(self, document: Document, month: str, *, is_new: bool) -> None:
        """A document of a month whose report is signed: what has become of it since stands in this one."""
        if is_new:
            self._deviations.came_late(document, month)
        self._deviations.add(document, month)

    def body(self, around: Around) -> Body:
        """The report."""
        self._numbers.went_before(around.before)
        gaps, doubles = self._numbers.gaps(around.taken), self._numbers.doubles(around.doubled)
        why_not = self._why_not(around, gaps, doubles)
        numbers = {"gaps": encode(gaps), "doubles": encode(doubles), "mapping": self._numbers.mapping}
        parts: dict[str, Any] = {
            "practice_id": encode(self._practice_id),
            "month": encode(self._month),
            "organisation_id": encode(self._inquiry.organisation_id),
            "complete": encode(not why_not),
            "why_not": encode(why_not),
            "totals": encode(list(self._totals.rows())),
            "funnel": self._funnel.parts(),
            "numbers": numbers,
            "pairs": self._pairs.rows,
            "drafts": self._deviations.drafts,
            "changed": self._deviations.changed,
            "missing": self._deviations.missing,
            "orphans": encode(around.orphans),
            "decisions": encode(around.decisions),
            **{name: encode(key) for name, key in in_json(self._host_key).items()},
        }
        substance = sha256(encode_object(parts | {"query": encode(self._inquiry.substance())}))
        return Body(parts | {"query": encode(self._inquiry.to_json())}, not why_not, substance)

    def _why_not(self, around: Around, gaps: list[str], doubles: list[dict[str, Any]]) -> list[str]:
        """Everything that keeps the month from being proven, by part."""
        found: list[tuple[str, int | bool]] = [
            (self._inquiry.why_not or "", not self._inquiry.complete),
            *((standing, self._funnel.counts(standing)) for standing in ("lost", "held", "failed", "in_doubt")),
            ("elsewhere", self._elsewhere),
            ("unclear", self._unclear),
            ("unreadable", self._unreadable or around.has_failed()),
            ("unnumbered", self._numbers.unnumbered),
            ("gaps", len(gaps)),
            ("doubles", len(doubles)),
            ("pairs", self._pairs.disagreements),
            ("changed", self._deviations.open["changed"]),
            ("missing", self._deviations.open["missing"]),
            ("orphans", len(around.orphans)),
        ]
        return [code for code, is_so in found if is_so]
