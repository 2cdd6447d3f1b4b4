"""What is told of a run, as a table and as JSON; `figures` says what each figure means."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.chaos.evidence import Violation
from tests.chaos.figures import Recovery
from tests.chaos.pace import MOST_CALLS_A_SECOND


@dataclass(frozen=True)
class Scoreboard:
    """The figures of one run."""

    seed: int
    minutes: float
    practices: int
    lag_seconds: float
    documents: int
    states: dict[str, int]
    dead_by_reason: dict[str, int]
    calls: int
    refused_429: int
    posts: int
    unknowns: int
    reconciled: int
    reconciled_share: float
    """Of those that no user had touched, nobody had renamed."""
    asked_because_of_users: int
    resent_after_users: int
    duplicates: int
    duplicates_reported: int
    lost: int
    order_violations: int
    highest_rate: int
    late_results: int
    faults: dict[str, int]
    kills: int
    restarts: int
    cut_requests: int
    touches: dict[str, int]
    operator_acts: dict[str, int]
    attempts: dict[str, int]
    wait_p95_seconds: float | None
    wait_max_seconds: float | None
    settled_after_seconds: float
    quiet_after_seconds: float
    quiet_bound_seconds: float
    bound_95_percent: float
    """With zero duplicates and losses in so many unknowns, their true share is below this with 95 % confidence: 3/N."""
    recovery: dict[str, Recovery]
    violations: list[Violation]

    @property
    def holds(self) -> bool:
        """Whether every invariant held."""
        return not self.violations

    def as_json(self) -> dict[str, Any]:
        """One JSON document."""
        return asdict(self) | {"holds": self.holds}


def show(board: Scoreboard, console: Console) -> None:
    """The scoreboard, the verdict last."""
    table = Table("figure", "value", title=f"Chaos soak, seed {board.seed}")
    for name, value in _lines(board):
        table.add_row(name, value)
    console.print(table)
    console.print(_recovery_table(board))
    for violation in board.violations:
        console.print(f"[red]{violation.invariant}[/red] {violation.what}", highlight=False)
    console.print("All invariants hold." if board.holds else f"{len(board.violations)} violations.")


def _lines(board: Scoreboard) -> Iterator[tuple[str, str]]:
    yield "minutes, practices, list lag", f"{board.minutes:g}, {board.practices}, {board.lag_seconds:g} s"
    yield "documents", f"{board.documents}: {_counts(board.states)}"
    yield "dead or discarded by reason", _counts(board.dead_by_reason)
    yield "faults", f"{sum(board.faults.values())}: {_counts(board.faults)}"
    yield "kills, restarts, cut requests", f"{board.kills}, {board.restarts}, {board.cut_requests}"
    yield "touches by users", _counts(board.touches)
    yield "operator", _counts(board.operator_acts)
    yield "calls (429 of them), POSTs", f"{board.calls} ({board.refused_429}), {board.posts}"
    yield "unknowns", str(board.unknowns)
    yield "reconciled without a human", f"{board.reconciled} ({board.reconciled_share:.2%})"
    yield "asked because a user touched it", str(board.asked_because_of_users)
    yield "sent again, a user had hidden the first", str(board.resent_after_users)
    yield "duplicates (reported)", f"{board.duplicates} ({board.duplicates_reported})"
    yield "lost, order violations, late results", f"{board.lost}, {board.order_violations}, {board.late_results}"
    yield "95 % bound for a lost or doubled unknown", f"< {board.bound_95_percent:.3%}"
    yield "highest sliding rate", f"{board.highest_rate} of {MOST_CALLS_A_SECOND} a second"
    yield (
        "wait for the first claim, p95 and max",
        f"{_s(board.wait_p95_seconds)}, {_s(board.wait_max_seconds)}",
    )
    yield (
        "settled, quiet after the last fault",
        f"{board.settled_after_seconds:.1f} s, {board.quiet_after_seconds:.1f} s (bound {board.quiet_bound_seconds:g} s)",
    )


def _recovery_table(board: Scoreboard) -> Table:
    table = Table("fault", "strikes", "next median", "next p95", "settled median", "settled p95", title="Recovery")
    for kind, r in board.recovery.items():
        figures = map(_s, (r.next_median, r.next_p95, r.settled_median, r.settled_p95))
        table.add_row(kind.replace("_", " "), str(r.strikes), *figures)
    return table


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items(), key=lambda item: -item[1])) or "none"


def _s(seconds: float | None) -> str:
    return "-" if seconds is None else f"{seconds:.2f} s"
