"""Who is looking at the console, and what that lets them do. Pure; the default is nothing."""

from dataclasses import dataclass
from typing import Literal

Role = Literal["nobody", "viewer", "operator", "practice"]

STAFF: frozenset[Role] = frozenset({"viewer", "operator"})
OPERATOR: frozenset[Role] = frozenset({"operator"})
#: Of a practice's own pages: the practice itself, and those who run lexrelay.
OWN_OR_STAFF: frozenset[Role] = STAFF | {"practice"}
OWN_OR_OPERATOR: frozenset[Role] = OPERATOR | {"practice"}
NO_ONE: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whoever asks. `identity` is what the form's token is made from; `practice_id` is a practice's own."""

    role: Role
    name: str
    practice_id: int | None = None
    identity: str = ""

    def may(self, roles: frozenset[Role], practice_id: int | None) -> bool:
        """Whether one of these roles is theirs; a practice's only for itself, on a page that is some practice's."""
        if self.role not in roles:
            return False
        if self.role == "practice" and "nobody" not in roles:
            return practice_id is not None and practice_id == self.practice_id
        return True

    @property
    def home(self) -> str:
        """The page to begin with."""
        return f"/practices/{self.practice_id}" if self.role == "practice" else "/"

    @property
    def is_operator(self) -> bool:
        """They may change what belongs to the operation."""
        return self.role == "operator"

    @property
    def sees_persons(self) -> bool:
        """A practice knows its own customers; everybody else sees ids until a reveal, which is recorded."""
        return self.role == "practice"


NOBODY = Visitor("nobody", "")
