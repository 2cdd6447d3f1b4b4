"""Where the documents of the month stand: documents = transferred + excluded + held + failed + in doubt, or some are lost."""

from collections import Counter

from worker.operations.report.canonical import Parts, encode
from worker.operations.report.document import Document

STANDINGS = ("transferred", "excluded", "held", "failed", "in_doubt")
"""The places of a document that the ledger knows of."""


class Funnel:
    """Counts documents, and names each that was not transferred."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._others: list[str] = []

    def add(self, document: Document) -> None:
        """Count it where it stands."""
        self._counts[document.standing] += 1
        if document.standing != "transferred":
            self._others.append(encode(document.named() | {"standing": document.standing, "reason": document.reason}))

    def counts(self, standing: str) -> int:
        """How many stand there."""
        return self._counts[standing]

    def parts(self) -> Parts:
        """The figures, the number of documents that nothing accounts for, and the names of all that are not in Lexware."""
        counts = {standing: encode(self._counts[standing]) for standing in (*STANDINGS, "lost")}
        return {"documents": encode(self._counts.total()), **counts, "not_transferred": self._others}
