"""One entry of a regular error body's `details` (lexware-api 3.4), and the checks every part of a document needs."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from worker.lab.sandbox.switches import Switches

#: The kinds that stand in `details`, by the switch `refusals_named`; None: all.
NAMED: Mapping[str, frozenset[str] | None] = {
    "required": frozenset({"NOTNULL", "NOTEMPTY", "NOTBLANK"}),
    "all": None,
    "none": frozenset(),
}


class Violation(NamedTuple):
    """What is wrong with which field; `kind` is Lexware's `violation`."""

    kind: str
    field: str
    message: str


def missing(field: str, message: str = "darf nicht leer sein") -> Violation:
    """A required field that is absent or null."""
    return Violation("NOTNULL", field, message)


def too_long(text: str | None, limit: int, field: str, switches: Switches) -> Iterator[Violation]:
    """A text over its limit, in code points or UTF-16 units (10, no. 36)."""
    length = len((text or "").encode("utf-16-le", "surrogatepass")) // 2 if switches.counts_utf16 else len(text or "")
    if length > limit:
        yield Violation("SIZE", field, f"size must be between 0 and {limit}")


def too_fine(number: Any, places: int, field: str) -> Iterator[Violation]:
    """A number with more decimals than its field has; trailing zeros do not count."""
    if number is None:
        return
    exponent = Decimal(number).normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > places:
        yield Violation("DIGITS", field, f"at most {places} decimal places")


def not_euro(currency: str | None, field: str) -> Iterator[Violation]:
    """Every currency but EUR, and none at all (1)."""
    if not currency:
        yield missing(field)
    elif currency != "EUR":
        yield Violation("INVALID", field, "only EUR is supported")
