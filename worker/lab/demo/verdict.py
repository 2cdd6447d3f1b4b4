"""Did everything arrive once, to the cent? Compares what the practice wrote with what Lexware has; pure.

It believes neither the relay nor its database: a document is there if Lexware shows it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from worker.messages import Sentence
from worker.messages import demo as words


@dataclass(frozen=True, slots=True, kw_only=True)
class There:
    """A document in Lexware."""

    lexware_id: str
    kind: str
    """`invoice` or `creditnote`, as Lexware says."""
    status: str
    total: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A completed document of a practice, what the relay says of it, and all that Lexware has under its number."""

    number: str
    kind: str
    payer_number: str
    total: Decimal
    state: str
    reason: str | None
    lexware_id: str | None
    there: tuple[There, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How much there is, whatever its number: documents in Lexware, customers here, contacts in Lexware."""

    documents_there: int
    payers: int
    contacts_there: int


def problem(arrival: Arrival) -> Sentence | None:
    """What is wrong with one document; None: it arrived once, as what it is, with its sum."""
    number = arrival.number
    if arrival.state != "delivered":
        return words.NOT_DELIVERED(number=number, state=arrival.reason or arrival.state)
    if len(arrival.there) != 1:
        return words.NOT_ONCE(number=number, times=len(arrival.there))
    there = arrival.there[0]
    expected = ("invoice", arrival.total) if arrival.kind == "invoice" else ("creditnote", -arrival.total)
    if (there.kind, there.total) != expected:
        return words.DIFFERS(number=number, here=abs(arrival.total), there=there.total)
    return None if there.lexware_id == arrival.lexware_id else words.OTHER_ID(number=number)


def problems(arrivals: Sequence[Arrival], totals: Totals, *, wanted: int) -> list[Sentence]:
    """All that is wrong; nothing, when `wanted` documents arrived once each and every payer has one contact."""
    found = [wrong for arrival in arrivals if (wrong := problem(arrival))]
    if len(arrivals) != wanted:
        found.append(words.NOT_WRITTEN(written=len(arrivals), wanted=wanted))
    if totals.documents_there != len(arrivals):
        found.append(words.DOCUMENTS_DIFFER(there=totals.documents_there, here=len(arrivals)))
    if totals.contacts_there != totals.payers:
        found.append(words.CONTACTS_DIFFER(there=totals.contacts_there, here=totals.payers))
    return found
