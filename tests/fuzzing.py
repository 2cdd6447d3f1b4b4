"""What may come in from outside, at random, and how much of it: for the tests whose names begin with `test_fuzz`.

`FUZZ_INPUTS=200000 pytest -m proof --timeout 7200 -n 2 tests/unit tests/integration -k test_fuzz` tries so many in all; 2,000 by
default. `--hypothesis-show-statistics` counts them by channel.
"""

import json
import os
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import hypothesis
from hypothesis import strategies as st

#: Stands for a key, a password or a word about a person, and must be told nobody.
SECRET = "Qzxgeheim"
ALL = int(os.environ.get("FUZZ_INPUTS", "2000"))


def share(parts: int, *, each: int = 1) -> hypothesis.settings:
    """How many inputs this channel gets, of a hundred parts; `each` example holds so many of them."""
    return hypothesis.settings(
        max_examples=max(20, ALL * parts // 100 // each), deadline=None, database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )  # fmt: skip


def complaint(work: Callable[[], object], expected: type[Exception]) -> str:
    """What an expected error says; empty when all is well. Any other error is raised."""
    try:
        work()
    except expected as error:
        return f"{error} {error!r}"
    return ""


#: Letters of all kinds, and all that a parser, a terminal, a table or a detector may stumble over.
ODD = st.text(
    st.characters() | st.sampled_from("\x00\x1b\x9b\u202e\u200b\u00ad\ufeff\ud800\U000e0041%;'\"\\{}[]=+-@\r\n\t"),
    max_size=60,
)
_SAID = [
    "F32.1", "geb. ", "12.03.1985", "A123456789", "Depression", "§ 4 Nr. 14 UStG", "\u00ad", " ", ".", SECRET, "-", "\uff11",
]  # fmt: skip
PIECES = st.lists(st.sampled_from(_SAID) | ODD, max_size=6).map("".join)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | PIECES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ODD, inner, max_size=4), max_leaves=8,
)  # fmt: skip

#: What a host's columns of these types may give, null aside. Texts of PostgreSQL hold neither NUL nor halves of pairs.
STORED_TEXT = PIECES.map(lambda text: text.replace("\0", "").encode(errors="ignore").decode())
NUMBER = (
    st.decimals(allow_nan=True, allow_infinity=True).filter(lambda number: not number.is_snan())
    | st.decimals(-1000, 1000, places=2)
    | st.sampled_from([Decimal("1e300"), Decimal("-0"), Decimal("0.005"), Decimal("1e-200"), Decimal("32.50")])
)
DAY = st.dates(date(1, 1, 1), date(9999, 12, 31)) | st.dates(date(2025, 1, 1), date(2027, 1, 1))
BIGINT = st.integers(-(2**63), 2**63 - 1)


def raw(body: Any) -> bytes:
    """As Lexware, or whoever answers in its place, might write it."""
    return json.dumps(body, default=str).encode("utf-8", "replace")


@st.composite
def spoilt(draw: Callable[..., Any], sound: Any) -> Any:
    """A sound JSON value in which up to three places hold something else, or nothing."""
    body = json.loads(json.dumps(sound))
    for _ in range(draw(st.integers(0, 3))):
        where = [(holder, key) for holder in _holders(body) for key in _keys(holder)]
        if not where:
            break
        holder, key = where[draw(st.integers(0, len(where) - 1))]
        if draw(st.booleans()) or not isinstance(holder, dict):
            holder[key] = draw(JSON | st.integers(-(10**40), 10**40) | st.sampled_from(_WRONG))
        else:
            del holder[key]
    return body


_WRONG = [
    [], {}, "", None, True, "1e999999999", "2026-02-30T00:00:00Z", "9999-12-31T23:59:59.999-14:00", "0001-01-01T00:00:00+14:00",
    "7f3e1b2c-0000-4000-8000-000000000001", "{7f3e1b2c-0000-4000-8000-000000000001}", SECRET, "\ud800", "\0", 1e308,
]  # fmt: skip


def _holders(value: Any) -> list[Any]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return ([value] if isinstance(value, dict | list) else []) + [one for part in inner for one in _holders(part)]


def _keys(holder: Any) -> list[Any]:
    return list(holder) if isinstance(holder, dict) else list(range(len(holder)))
