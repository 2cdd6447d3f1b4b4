"""What a check finds: a line that says how something is, and what to do if it is not well."""

from dataclasses import dataclass
from typing import Any, Literal

from worker.messages import Lang, Sentence

Level = Literal["ok", "warning", "failure"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One line; the remedy may stand in the message. Holds ids, numbers and names of settings, no person, no secret."""

    check: str
    level: Level
    message: Sentence
    remedy: Sentence | None = None
    practice_id: int | None = None
    code: str | None = None
    """What tells it from others of the same check and practice, such as a reason."""
    for_practice: bool = False
    """The practice itself must do something."""

    @property
    def cause(self) -> str:
        """The same as long as it is the same thing that is wrong."""
        return "/".join(str(part) for part in (self.check, self.practice_id, self.code) if part is not None)

    def to_json(self, lang: Lang) -> dict[str, Any]:
        """As `check --json` has it."""
        return {
            "check": self.check,
            "level": self.level,
            "message": self.message.said_in(lang),
            "remedy": self.remedy.said_in(lang) if self.remedy else None,
            "practice_id": self.practice_id,
        }


def ok(check: str, message: Sentence) -> Finding:
    """All is well."""
    return Finding(check, "ok", message)


def warning(
    check: str, message: Sentence, remedy: Sentence | None = None, *, practice_id: int | None = None
) -> Finding:
    """It works, but somebody should look."""
    return Finding(check, "warning", message, remedy, practice_id)


def failure(
    check: str, message: Sentence, remedy: Sentence | None = None, *, practice_id: int | None = None, code: str | None = None,
    for_practice: bool = False,
) -> Finding:  # fmt: skip
    """It does not work, or a guarantee does not hold."""
    return Finding(check, "failure", message, remedy, practice_id, code, for_practice)
