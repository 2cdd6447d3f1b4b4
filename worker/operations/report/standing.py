"""Where a document stands in the funnel, and why: judged from its row of `report.documents`."""

from outbox.db import Row
from worker.operations.report.document import Standing

#: What was given up because nobody knows whether it arrived.
_DOUBTED = frozenset({"in_doubt", "sender_frozen"})


def standing_of(row: Row) -> Standing:
    """Its place in the funnel. Linked and settled is transferred, whoever settled it."""
    standing, linked = row["standing"], row["lexware_id"] is not None or row["elsewhere"]
    if standing in ("delivered", "discarded", None) and linked:
        return "transferred"
    match standing:
        case None:
            return "lost" if row["expected"] else "excluded"
        case "delivered":
            return "lost"
        case "discarded":
            return "excluded"
        case "in_doubt":
            return "in_doubt"
        case "dead":
            return "in_doubt" if row["reason"] in _DOUBTED else "failed"
        case _:
            return "held"


def reason_of(row: Row) -> str | None:
    """Why it is not transferred, as far as the ledger says."""
    if row["standing"] is None and not row["expected"]:
        return "not_switched_on"
    if row["elsewhere"] and row["lexware_id"] is None:
        return "other_organisation"
    reason: str | None = row["reason"]
    return reason
