"""What the pollers remember of PostgreSQL's server, in Redis: not where a copy of its files would have it, too.

Redis may be emptied, and may be away: then nothing is remembered.
"""

from contextlib import suppress

import redis

from outbox.witness import Sighting
from worker.broker import NAMESPACE, connect

#: The last entries that are kept, and for how long.
_KEPT, _KEPT_SECONDS = 40, 90 * 86400


class RedisMemory:
    """`outbox.witness.Memory`."""

    def __init__(self, redis_url: str) -> None:
        self._client = connect(redis_url)

    def recall(self, home: str) -> list[Sighting]:
        """Those of this database, the oldest first; none while Redis is away."""
        found: list[Sighting] = []
        with suppress(redis.RedisError, ValueError):
            for entry in reversed(self._client.lrange(_key(home), 0, _KEPT)):
                said = entry.decode("ascii") if isinstance(entry, bytes) else entry
                start, _, position = said.partition(":")
                found.append(Sighting(int(start), int(position)))
        return found

    def note(self, home: str, sighting: Sighting) -> None:
        """Add one, if Redis is there."""
        with suppress(redis.RedisError), self._client.pipeline(transaction=False) as together:
            together.lpush(_key(home), f"{sighting.start}:{sighting.position}")
            together.ltrim(_key(home), 0, _KEPT - 1)
            together.expire(_key(home), _KEPT_SECONDS)
            together.execute()


def _key(home: str) -> str:
    return f"{NAMESPACE}:server:{home}"
