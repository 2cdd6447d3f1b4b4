"""The README's runbook says what the entries of the reasons say."""

import runbook

from worker.messages import reasons


def test_the_readme_has_the_runbook_of_the_reasons() -> None:
    """A new reason or another text is not done before `python tests/runbook.py`."""
    _, written, after = runbook.parts(runbook.README.read_text(encoding="utf-8"))

    assert written == runbook.runbook()
    assert after


def test_the_runbook_has_a_row_for_every_entry() -> None:
    """Dead letters, what is told more closely of them, what Lexware objects to, what the system drops, and pauses."""
    specific = (*reasons.SPECIFIC, *reasons.REFUSALS)
    entries = [*reasons.DEAD.values(), *specific, *reasons.DISCARDED.values(), *reasons.PAUSED.values()]

    rows = [line for line in runbook.runbook().splitlines() if line.startswith(("| `", "| …"))]

    assert len(rows) == len(entries)
    assert all(any(entry.message.en in row for row in rows) for entry in entries)
