"""Reading for the threads of a process: what is asked for together is one statement (`outbox/group.py`), each row its own.

The host's views are run, and one may be slow or fail for a document. A group gives up soon, its callers go alone, and for
a while everybody does: a bad document costs the others a moment now and then, a slow host nothing that matters.
"""

import time
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple

from outbox.db import Row
from outbox.group import GroupCall
from outbox.ids import DocumentId, PracticeId
from outbox.rows import Connections, rows
from outbox.sql import for_each
from worker.lexware import snapshot

#: How long everybody goes alone after a group that failed.
_ALONE_SECONDS = 10.0


class _Asked(NamedTuple):
    connections: Connections
    practice_id: PracticeId
    document_id: DocumentId

    @property
    def key(self) -> Hashable:
        return self.practice_id, self.document_id


class SharedReading:
    """`snapshot.find` of one process, shared by its threads."""

    def __init__(self) -> None:
        self._alone_until = float("-inf")
        self._call: GroupCall[_Asked, Row | None] = GroupCall(self._together, _alone, key=lambda asked: asked.key)

    def __call__(self, connections: Connections, practice_id: PracticeId, document_id: DocumentId) -> Row | None:
        """The row of `reading.snapshot`; None when there is no such document. Raises TooLarge or HostData."""
        asked = _Asked(connections, practice_id, document_id)
        return _alone(asked) if time.monotonic() < self._alone_until else self._call(asked)

    def _together(self, many: Sequence[_Asked]) -> Mapping[Hashable, Row]:
        """Those that have exactly one row; what is wrong with the others is found out alone."""
        wanted = [{"practice_id": asked.practice_id, "document_id": asked.document_id} for asked in many]
        statement = for_each("reading.snapshot", practice_id="bigint", document_id="bigint")
        try:
            with many[0].connections.together() as connection:
                found = connection.execute(statement, {"rows": rows(wanted)}).fetchall()
        except Exception:
            self._alone_until = time.monotonic() + _ALONE_SECONDS
            raise
        by_key = {(row["practice_id"], row["document_id"]): row for row in found}
        times = Counter((row["practice_id"], row["document_id"]) for row in found)
        return {key: row for key, row in by_key.items() if times[key] == 1}


def _alone(asked: _Asked) -> Row | None:
    with asked.connections.alone() as connection:
        return snapshot.find(connection, asked.practice_id, asked.document_id)
