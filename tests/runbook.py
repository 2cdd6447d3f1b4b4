"""The README's runbook, made of the entries in `worker/messages/reasons`: `python tests/runbook.py` writes it anew."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from worker.messages import reasons
from worker.messages.reasons import Entry
from worker.messages.reasons.before_sending import CORRECT_EN
from worker.messages.reasons.pauses import RESUMES_EN

README = Path(__file__).resolve().parent.parent / "README.md"
BEGIN, END = "<!-- runbook: `python tests/runbook.py` -->\n", "<!-- end of runbook -->\n"
_REPLAY = {"as_it_is": "as it is", "after_the_step": "after that", "never": "refused"}


def runbook() -> str:
    """All reasons of dead letters, of documents dropped by the system, and of pauses, as two tables."""
    return "\n".join((*_dead_letters(), "", f"¹ {CORRECT_EN}", "", *_pauses(), ""))


def parts(readme: str) -> tuple[str, str, str]:
    """What stands before the runbook in a README, the runbook, and what comes after."""
    before, _, rest = readme.partition(BEGIN)
    written, _, after = rest.partition(END)
    return before, written, after


def _dead_letters() -> Iterator[str]:
    yield "| dead letter | what happened | who acts | what to do | replay |\n|---|---|---|---|---|"
    for entry in _with_closer((*reasons.DEAD.values(), *reasons.DISCARDED.values())):
        reason, _, objection = entry.code.partition(".")
        name = f"… {objection.replace('_', ' ')}" if objection else f"`{reason}`"
        yield _row(name, *_told(entry), _REPLAY[entry.replay])


def _with_closer(entries: Iterable[Entry]) -> Iterator[Entry]:
    """What is told more closely, by the detail or by Lexware's objection, follows the reason that it is one of."""
    for entry in entries:
        yield entry
        yield from (
            specific
            for specific in (*reasons.SPECIFIC, *reasons.REFUSALS)
            if specific.code.startswith(f"{entry.code}.")
        )


def _pauses() -> Iterator[str]:
    yield "| practice paused | what happened | who acts | what to do |\n|---|---|---|---|"
    yield from (_row(f"`{entry.code}`", *_told(entry)) for entry in reasons.PAUSED.values())


def _told(entry: Entry) -> tuple[str, str, str]:
    action = entry.action.en.replace(f" {CORRECT_EN}", " ¹").removesuffix(f" {RESUMES_EN}")
    return entry.message.en, entry.who, action


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    before, _, after = parts(README.read_text(encoding="utf-8"))
    README.write_text(before + BEGIN + runbook() + END + after, encoding="utf-8")
