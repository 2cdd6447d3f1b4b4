"""Why a document would die before its first call, by the practice's data of this moment.

Asked by the delivery (which dies of the first), by the preview and by the plan of a replay (which show them). Pure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from outbox.outcomes import Dead
from outbox.reasons import DeadReason
from worker.lexware.original import LinkedOriginal
from worker.lexware.snapshot import Snapshot
from worker.lexware.translate.check import check
from worker.lexware.translate.problems import Problem


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A reason of a dead letter, with what it is about: a field's name, figures and ids."""

    reason: DeadReason
    detail: Mapping[str, Any] = field(default_factory=dict)


def obstacles(snapshot: Snapshot, *, unlinked: bool) -> Iterator[Obstacle]:
    """Every one, in the order in which they would stop it; none for a document that is in Lexware already.

    `unlinked`: an operator has said that a cancellation may go without its original.
    """
    if snapshot.lexware_id is not None:
        return
    if snapshot.elsewhere:
        yield Obstacle("other_organisation")
    yield from map(of_problem, check(snapshot.document, snapshot.settings))
    if snapshot.document.kind == "cancellation":
        yield from _of_original(snapshot.document.total, snapshot.original, unlinked=unlinked)


def _of_original(here: Decimal | None, original: LinkedOriginal, *, unlinked: bool) -> Iterator[Obstacle]:
    match original.standing:
        case "elsewhere":
            yield Obstacle("other_organisation")
        case "not_transferred" if not unlinked:
            yield Obstacle("original_not_transferred")
        case "not_invoice" if not unlinked:
            yield Obstacle("original_not_invoice", _figures(here, original))


def _figures(here: Decimal | None, original: LinkedOriginal) -> dict[str, Any]:
    """What is wrong with it, the other cancellations, and both sums where they are the fault."""
    told: dict[str, Any] = {"flaw": original.flaw, "numbers": [number for number in original.others if number]}
    if original.flaw == "more_than_original":
        told |= {"total_here": f"{here:f}", "total_of_original": f"{original.total:f}"}
    return told


def of_problem(problem: Problem) -> Obstacle:
    """What a problem of the document's own data is to a human."""
    return Obstacle(problem.reason, {"field": problem.field, **problem.figures})


def dead(obstacle: Obstacle) -> Dead:
    """The end of a document that meets it."""
    about = obstacle.detail.get("field") or obstacle.detail.get("flaw")
    return Dead(reason=obstacle.reason, detail=obstacle.detail, about=general(about))


def general(name: str | None) -> str:
    """A field or code without its numbers, so that letters of one cause fall into one group."""
    return "".join("#" if char.isdigit() else char for char in name or "")
