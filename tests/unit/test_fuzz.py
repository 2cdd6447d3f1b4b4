"""Whatever comes in from outside, at random: here a pasted contact, a configuration, and what is shown of it. Answers of
Lexware, rows of the host, messages in Redis and command lines have files of their own, `test_fuzz_*.py`.

Each ends in a value or in an error of ours, and no secret stands in what is said. How many: `tests/fuzzing.py`.
"""

import json

import pytest
from fuzzing import ODD, PIECES, SECRET, complaint, share
from hypothesis import given
from hypothesis import strategies as st
from variables import known_variables

from worker import config
from worker.lexware.api.links import ContactUuid, CustomerNumber, NotAContact, read_pasted
from worker.messages.visible import escaped, visible

pytestmark = pytest.mark.proof


@share(8)
@given(PIECES | st.text(st.sampled_from("0123456789abcdef-/:.?#@ htps"), max_size=80))
def test_pasted_contacts(value: str) -> None:
    """An id, a number, or something else, which is named by its kind only."""
    found = read_pasted(value, "https://app.lexware.de")

    assert isinstance(found, ContactUuid | CustomerNumber | NotAContact)
    assert SECRET not in str(found)


NAMES = sorted(known_variables())
VALUES = ODD | st.sampled_from(
    [
        f"postgresql://u:{SECRET}@h/d",
        f"redis://:{SECRET}@h:x/0",
        f"https://{SECRET}@h",
        "http://h",
        "1e309",
        "-1",
        "nan",
        "30s,2m",
        "/dev/null",
        "\u0661",
    ]
)


@share(6)
@given(st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=5))
def test_configurations(environment: dict[str, str]) -> None:
    """Taken, or refused by name, without a part of a value."""

    def configured() -> None:
        assert SECRET not in repr(config.read("database", "redis", "secrets", environment=environment))

    assert SECRET not in complaint(configured, config.ConfigurationError)


@share(2)
@given(ODD)
def test_what_is_shown(text: str) -> None:
    """No terminal obeys it; JSON means the same as before."""
    assert not any(char in visible(text) for char in "\x1b\x9b\u202e\x07")
    assert json.loads(escaped(json.dumps(text, ensure_ascii=False))) == text
