"""The figures of a run, each defined where it is counted.

Recovery of a fault: from its end to the next document delivered, of the practices it struck if it struck some
(`next`), and to the delivery of each document that had landed before and was not delivered then (`settled`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.chaos.conduct import waits
from tests.chaos.evidence import Evidence
from tests.chaos.history import Row
from tests.chaos.nemesis import Strike

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


def recoveries(evidence: Evidence, strikes: list[Strike]) -> dict[str, Recovery]:
    """By kind of fault."""
    kinds: dict[str, list[Strike]] = defaultdict(list)
    for strike in strikes:
        kinds[strike.kind].append(strike)
    return {kind: _recovery(evidence, struck) for kind, struck in sorted(kinds.items())}


def of_intents(evidence: Evidence) -> dict[str, Any]:
    """Unknowns are intents that no readable answer closed; reconciled are those that a look closed, alone."""
    unknown = [i for i in evidence.history.intents if i["outcome"] in (*_BY_ITSELF, "resolved", None)]
    reconciled = [i for i in unknown if i["outcome"] in _BY_ITSELF]
    events = {event["event_id"]: event for event in evidence.history.all_events}
    asked = [i for i in unknown if i["outcome"] not in _BY_ITSELF and _users_doing(evidence, i, events[i["event_id"]])]
    return {
        "unknowns": len(unknown),
        "reconciled": len(reconciled),
        "reconciled_share": len(reconciled) / max(1, len(unknown) - len(asked)),
        "asked_because_of_users": len(asked),
        "bound_95_percent": 3 / max(1, len(unknown)),
        "late_results": sum(1 for i in evidence.history.intents if i["late_remote_id"] is not None),
    }


def of_documents(evidence: Evidence) -> dict[str, Any]:
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


def _users_doing(evidence: Evidence, intent: Row, event: Row) -> bool:
    """A human was asked because somebody had touched, copied or renamed something; the verdict sees to that."""
    renamed = intent["effect"] == "contact" and intent["subject_id"] in evidence.renamed
    return renamed or event["reason"] in ("in_doubt", "duplicate_found")


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
