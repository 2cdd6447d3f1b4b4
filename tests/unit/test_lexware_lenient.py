"""Single values out of an answer, whatever comes."""

from datetime import date
from decimal import Decimal

import pytest

from worker.lexware.api import lenient
from worker.lexware.api.lenient import Unreadable


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        (32, "32"),
        (Decimal("-0.10"), "-0.10"),
        ("12.50", "12.50"),
        (True, None),
        ("zwölf", None),
        ("NaN", None),
        ("Infinity", None),
        (Decimal("1e999999999"), None),
        (None, None),
    ],
)
def test_money(value: object, amount: str | None) -> None:
    """Amounts are exact; what is no amount is None."""
    assert lenient.money(value) == (amount and Decimal(amount))


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2026-03-29T00:00:00.000+01:00", date(2026, 3, 29)),
        ("2026-03-28T23:00:00.000Z", date(2026, 3, 29)),
        ("2026-07-14T22:30:00Z", date(2026, 7, 15)),
        ("2026-07-14", date(2026, 7, 14)),
        ("2026-07-14T00:00:00", date(2026, 7, 14)),
        ("gestern", None),
        ("0001-01-01T00:00:00+14:00", None),
        (20260714, None),
    ],
)
def test_berlin_day(value: object, day: date | None) -> None:
    """The German calendar day, in summer and winter, from every form of a date."""
    assert lenient.berlin_day(value) == day


def test_texts_are_made_harmless() -> None:
    """PostgreSQL takes neither NUL nor half a character."""
    assert lenient.text("Ada\0 \ud83d Köln 😀") == "Ada ? Köln 😀"


@pytest.mark.parametrize("body", [None, b"", b"{", b"[]", b"1", b"NaN", b'{"a":NaN}', b"\xff", b"[" * 99_999], ids=repr)
def test_a_body_that_is_no_object_is_unreadable(body: bytes | None) -> None:
    """Truncated, empty, HTML or absurdly deep: one error."""
    with pytest.raises(Unreadable):
        lenient.document(body)
