"""What the pollers remember of PostgreSQL's server, in Redis: not where a copy of its files would have it, too.

Redis may be emptied, and may be away: then nothing is remembered.
"""

from contextlib import suppress

import redis

from worker.broker import NAMESPACE, connect

_KEPT_SECONDS = 90 * 86400


class RedisMemory:
    """`outbox.witness.Memory`. Of two who note at once the later one stays, which may be behind by as much as lies between."""

    def __init__(self, redis_url: str) -> None:
        self._client = connect(redis_url)

    def recall(self, home: str) -> int:
        """How far it was seen; 0 while Redis is away."""
        with suppress(redis.RedisError, ValueError):
            return int(self._client.get(_key(home)) or 0)
        return 0

    def note(self, home: str, position: int) -> None:
        """Remember it, if Redis is there."""
        with suppress(redis.RedisError):
            self._client.set(_key(home), position, ex=_KEPT_SECONDS)


def _key(home: str) -> str:
    return f"{NAMESPACE}:server:{home}"
