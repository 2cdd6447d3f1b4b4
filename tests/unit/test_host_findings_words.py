"""The findings of a rehearsal say how many after a colon, so that one is no other grammar than many."""

import re

import pytest

from worker.messages import Text
from worker.messages import host_findings as words

_TEXTS = {
    **{code: told.message for code, told in words.FINDINGS.items()},
    "some": words.FAILS_FOR_SOME, "many": words.FAILS_FOR_MANY,
}  # fmt: skip
_AT_THE_END = re.compile(r": \{count\}( und mehr| and more)?( (von|of) \{concerned\})?\.$")


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in _TEXTS.items() if "{count}" in text.de])
def test_numbers_stand_after_a_colon(text: Text) -> None:
    """In both languages."""
    assert _AT_THE_END.search(text.de)
    assert _AT_THE_END.search(text.en)
