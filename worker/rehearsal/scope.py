"""Which documents a rehearsal looks at."""

from dataclasses import dataclass
from datetime import date

#: Of every practice: enough to see what is rare, and read within a minute.
DOCUMENTS = 10_000


@dataclass(frozen=True, slots=True)
class Scope:
    """The newest `documents` of every practice, or of one, completed on or after a day."""

    documents: int = DOCUMENTS
    since: date | None = None
    practice_id: int | None = None
