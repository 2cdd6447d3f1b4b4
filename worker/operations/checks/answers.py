"""What the weekly probes have noticed: does Lexware answer otherwise than it did."""

from collections.abc import Iterator

from outbox.db import Connection
from outbox.sql import query
from worker.lexware.shapes import Change
from worker.messages import probe as words
from worker.operations.checks.finding import Finding, failure, warning
from worker.operations.probe import told


def answers(connection: Connection) -> Iterator[Finding]:
    """A line for each practice and answer; what is gone, of another type or refused is a failure, what is new a warning.

    Nothing where nothing was noticed.
    """
    for row in connection.execute(query("probe.noticed")).fetchall():
        change = Change(**row["noticed"])
        of = {"practice": row["practice_id"], "what": list(told(change))}
        said, step = words.NOTICED(**of), words.NOTICED_STEP(practice=row["practice_id"])
        if change.is_bad:
            yield failure("answers", said, step, practice_id=row["practice_id"], code=change.answer)
        else:
            yield warning("answers", said, step, practice_id=row["practice_id"])
