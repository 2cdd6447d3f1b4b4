"""What the demo needs of the command line that shows it: to speak, to show a table, and to run lexrelay's commands."""

from collections.abc import Sequence
from typing import Protocol

from worker.messages import Lang, Sentence


class Terminal(Protocol):
    """Speaks one language; called, it says sentences on stdout."""

    lang: Lang
    program: str
    """How this program was called."""

    @property
    def is_narrow(self) -> bool:
        """Fewer columns than a table with ids in Lexware takes."""

    def __call__(self, *sentences: Sentence) -> None:
        """On stdout, a line each."""

    def aside(self, *sentences: Sentence) -> None:
        """On stderr, a line each."""

    def words(self, sentence: Sentence) -> str:
        """The sentence as a string."""

    def table(self, columns: list[str], rows: list[list[object]]) -> None:
        """A table on stdout."""

    def command(self, arguments: Sequence[str], *, stdin: str = "") -> str:
        """Run a real command in this process's environment; what it said. Raises Declined with that when it fails."""
