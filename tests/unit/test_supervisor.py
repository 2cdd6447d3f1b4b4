"""How long `lexrelay run` waits before it starts a half again."""

import pytest

from worker.service.supervisor import _next_wait


@pytest.mark.parametrize(
    ("last", "lived", "expected"),
    [
        pytest.param(0.0, 0.5, 1.0, id="the first end"),
        pytest.param(1.0, 0.5, 2.0, id="it died at once again"),
        pytest.param(8.0, 0.5, 10.0, id="never longer than ten seconds"),
        pytest.param(10.0, 0.5, 10.0, id="not even then"),
        pytest.param(10.0, 3600.0, 1.0, id="it had been well for long"),
    ],
)
def test_a_half_that_keeps_dying_is_started_less_often(last, lived, expected) -> None:
    """Doubling up to ten seconds, and from the beginning after it was well."""
    assert _next_wait(last, lived=lived) == expected
