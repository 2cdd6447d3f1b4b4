"""What came back of a call, whatever its status, and that a question stays open."""

from dataclasses import dataclass, field

from worker.lexware.api import lenient
from worker.lexware.api.lenient import Json, Unreadable


class Unsettled(Exception):
    """A question cannot be settled here; `why` is a key of `messages.trial.WHY`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: Json = field(repr=False)

    @property
    def ok(self) -> bool:
        """It was done."""
        return 200 <= self.status < 300

    @property
    def id(self) -> str:
        """Of what was made. Raises Unsettled when nothing was."""
        if not self.ok or not isinstance(self.body.get("id"), str):
            raise Unsettled("refused")
        return str(self.body["id"])

    @property
    def version(self) -> int:
        """Of what was made or changed."""
        version = self.body.get("version")
        return version if isinstance(version, int) else 0

    @property
    def rows(self) -> list[Json]:
        """Of a list."""
        return lenient.parts(self.body.get("content"))

    @property
    def codes(self) -> list[str]:
        """Lexware's words for what is wrong."""
        regular = [lenient.text(one.get("violation")) for one in lenient.parts(self.body.get("details"))]
        return regular + [lenient.text(one.get("i18nKey")) for one in lenient.parts(self.body.get("IssueList"))]


def read(body: bytes | None) -> Json:
    """The object that a body is; an empty one if it is none."""
    try:
        return lenient.document(body)
    except Unreadable:
        return {}
