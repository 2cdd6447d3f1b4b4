"""What it means when a server is seen, and seen again: a restart is none of our business, a copy is."""

import pytest

from outbox.witness import Sighting, judge


def _seen(starts: str, positions: str = "") -> list[Sighting]:
    """Starts as letters; the log grows by one each time unless told."""
    grown = positions or "".join(chr(ord("a") + place) for place in range(len(starts)))
    return [Sighting(ord(start), ord(position)) for start, position in zip(starts, grown, strict=True)]


@pytest.mark.parametrize(
    ("starts", "positions", "verdict"),
    [
        pytest.param("A", "", "clear", id="nothing is known"),
        pytest.param("AAAA", "", "clear", id="the same server"),
        pytest.param("AAAA", "aaaa", "clear", id="nothing was written meanwhile"),
        pytest.param("AAB", "", "unsure", id="started anew"),
        pytest.param("AAABBB", "", "clear", id="for a while"),
        pytest.param("ABCDEFGHIJ", "", "unsure", id="again and again"),
        pytest.param("AABABBB", "", "clear", id="a poller slept through the restart"),
        pytest.param("ABABA", "", "unsure", id="two did"),
        pytest.param("ABABABA", "", "copy", id="two servers at once"),
        pytest.param("AABBAABBAABBAABB", "", "copy", id="with two pollers each"),
        pytest.param("AAB", "cca", "copy", id="an older state, on another server"),
        pytest.param("AAA", "cca", "copy", id="an older state, under a running program"),
    ],
)  # fmt: skip
def test_what_was_seen_is_judged(starts: str, positions: str, verdict: str) -> None:
    """By order and length alone: no clock is believed."""
    *before, now = _seen(starts, positions)

    assert judge(before, now) == verdict
