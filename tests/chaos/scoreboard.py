"""What is told of a run: figures, each defined where it is counted, as a table and as JSON.

Recovery of a fault: from its end to the next document delivered, of the practices it struck if it struck some
(`next`), and to the delivery of each document that had landed before and was not delivered then (`settled`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.chaos.conduct import waits
from tests.chaos.evidence import Evidence, Violation
from tests.chaos.history import Row
from tests.chaos.nemesis import Strike
from tests.chaos.pace import MOST_CALLS_A_SECOND

#: Ends of an intent that was in doubt and needed nobody.
_BY_ITSELF = ("adopted", "absent")


@dataclass(frozen=True, slots=True)
class Recovery:
    """Seconds; None: nothing was delivered or unsettled afterwards."""

    strikes: int
    next_median: float | None
    next_p95: float | None
    settled_median: float | None
    settled_p95: float | None


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


def recoveries(evidence: Evidence, strikes: list[Strike]) -> dict[str, Recovery]:
    """By kind of fault."""
    kinds: dict[str, list[Strike]] = defaultdict(list)
    for strike in strikes:
        kinds[strike.kind].append(strike)
    return {kind: _recovery(evidence, struck) for kind, struck in sorted(kinds.items())}


def figures_of_intents(evidence: Evidence) -> dict[str, Any]:
    """Unknowns are intents that no readable answer closed; reconciled are those that a look closed, alone."""
    unknown = [i for i in evidence.history.intents if i["outcome"] in (*_BY_ITSELF, "resolved", None)]
    reconciled = [i for i in unknown if i["outcome"] in _BY_ITSELF]
    events = {event["event_id"]: event for event in evidence.history.all_events}
    asked = [i for i in unknown if i["outcome"] not in _BY_ITSELF and events[i["event_id"]]["reason"] in _USERS_DOING]
    return {
        "unknowns": len(unknown),
        "reconciled": len(reconciled),
        "reconciled_share": len(reconciled) / max(1, len(unknown) - len(asked)),
        "asked_because_of_users": len(asked),
        "bound_95_percent": 3 / max(1, len(unknown)),
        "late_results": sum(1 for i in evidence.history.intents if i["late_remote_id"] is not None),
    }


#: A human was asked because somebody had touched, copied or renamed something; the checker has seen to that.
_USERS_DOING = ("in_doubt", "duplicate_found")


def figures_of_documents(evidence: Evidence) -> dict[str, Any]:
    """What became of the documents; lost are those that are neither there nor visibly given up."""
    events = evidence.history.all_events
    twins = [code for code in evidence.documents_by_code if evidence.twins(code)]
    reported = [code for code in twins if evidence.events_by_code.get(code, {}).get("reason") == "duplicate_found"]
    again = [code for code, there in evidence.documents_by_code.items() if len(there) > 1 and code not in twins]
    waited = sorted(seconds for _, seconds in waits(evidence))
    return {
        "documents": len(evidence.history.documents),
        "states": dict(Counter(event["state"] for event in events)),
        "dead_by_reason": dict(Counter(e["reason"] for e in events if e["state"] in ("dead", "discarded"))),
        "resent_after_users": len(again),
        "duplicates": len(twins),
        "duplicates_reported": len(reported),
        "wait_p95_seconds": quantile(waited, 0.95),
        "wait_max_seconds": waited[-1] if waited else None,
        "attempts": dict(
            Counter(
                " ".join(filter(None, (a["outcome"], a["reason"])))
                for attempts in evidence.history.attempts.values()
                for a in attempts
            )
        ),
    }


def quantile(ascending: list[float], share: float) -> float | None:
    """The value below which this share lies."""
    return ascending[min(len(ascending) - 1, int(share * len(ascending)))] if ascending else None


def _recovery(evidence: Evidence, strikes: list[Strike]) -> Recovery:
    nexts = sorted(seconds for strike in strikes for seconds in _next_delivery(evidence, strike))
    settled = sorted(seconds for strike in strikes for seconds in _settled_after(evidence, strike))
    return Recovery(
        len(strikes), quantile(nexts, 0.5), quantile(nexts, 0.95), quantile(settled, 0.5), quantile(settled, 0.95)
    )


def _next_delivery(evidence: Evidence, strike: Strike) -> Iterator[float]:
    later = [event["closed_at"] for event in _delivered(evidence, strike) if event["closed_at"] >= strike.ended]
    if later:
        yield (min(later) - strike.ended).total_seconds()


def _settled_after(evidence: Evidence, strike: Strike) -> Iterator[float]:
    for event in _delivered(evidence, strike):
        if event["created_at"] <= strike.ended < event["closed_at"]:
            yield (event["closed_at"] - strike.ended).total_seconds()


def _delivered(evidence: Evidence, strike: Strike) -> Iterator[Row]:
    return (event for event in evidence.history.all_events if event["state"] == "delivered" and _hit(strike, event))


def _hit(strike: Strike, event: Row) -> bool:
    return strike.practices is None or event["practice_id"] in strike.practices


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
