"""A new reason is added in one place: mypy names it until its text stands, and refuses a reason that is in no set."""

import re
from pathlib import Path

import pytest
from mypy import api

ROOT = Path(__file__).resolve().parents[2]
REASONS = Path("outbox/reasons.py")
TEXTS = Path("worker/messages/reasons")
SETS = {
    "DataReason": "before_sending.py",
    "DeadReason": "after_sending.py",
    "DiscardReason": "discarded.py",
    "RefusalReason": "pauses.py",
    "PauseReason": "pauses.py",
    "CoolReason": "delays.py",
    "DelayReason": "delays.py",
    "DoubtReason": "delays.py",
}
OUTCOMES = """
from outbox.outcomes import Cool, Dead, NotNeeded, Outcome, Pause, Retry, Snooze

def ended(reason: str) -> tuple[Outcome | Cool | Pause, ...]:
    return (
        Dead(reason="invented"),
        NotNeeded(reason="invented"),
        Retry(reason="invented"),
        Snooze(seconds=1, reason="invented"),
        Cool("invented"),
        Pause("invented"),
        Dead(reason=reason),
    )
"""


@pytest.fixture(scope="module", name="cache")
def _cache(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("mypy")


@pytest.fixture(scope="module", name="complaints")
def _complaints(tmp_path_factory, cache: Path) -> str:
    """What mypy says when every set has a reason more, called after it."""
    source = (ROOT / REASONS).read_text()
    more, count = re.subn(r"^(\w+) = Literal\[", r'\g<0>"new_\1", ', source, flags=re.MULTILINE)

    assert count == len(SETS)
    return _mypy(cache, tmp_path_factory.mktemp("more"), REASONS, more, "-p", "worker.messages.reasons")


@pytest.mark.parametrize("name", SETS)
def test_a_reason_without_a_text_is_named(name: str, complaints: str) -> None:
    """Whichever set it is added to: the file that lacks its text, and the code."""
    assert re.search(rf"^{TEXTS / SETS[name]}:\d+: error: .*'new_{name}'", complaints, re.MULTILINE)


def test_a_text_without_a_reason_is_found(tmp_path: Path, cache: Path) -> None:
    """What no event can die of any more leaves no text behind."""
    source = (ROOT / REASONS).read_text().replace('    "document_gone",\n', "")

    said = _mypy(cache, tmp_path, REASONS, source, "-p", "worker.messages.reasons")

    assert re.search(rf"^{TEXTS}/after_sending.py:\d+: error: Statement is unreachable", said, re.MULTILINE)


def test_an_outcome_takes_no_other_reason(tmp_path: Path, cache: Path) -> None:
    """A code in no set, or any string: each line is an error, and nothing else is."""
    file = tmp_path / "outcomes.py"
    file.write_text(OUTCOMES)

    said, _, _ = api.run([*_options(cache), str(file)])

    wrong = {
        number for number, line in enumerate(OUTCOMES.splitlines(), 1) if '"invented"' in line or "=reason" in line
    }
    assert {int(number) for number in re.findall(r":(\d+): error: Argument", said)} == wrong
    assert f"Found {len(wrong)} errors" in said


def _mypy(cache: Path, folder: Path, file: Path, source: str, *what: str) -> str:
    """What mypy says when this file is read as `source`."""
    changed = folder / file.name
    changed.write_text(source)
    said, _, _ = api.run([*_options(cache), "--shadow-file", str(ROOT / file), str(changed), *what])
    return said


def _options(cache: Path) -> tuple[str, ...]:
    return ("--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", str(cache))
