"""How much is allowed: the token buckets of the API and the block of its auth server (lexware-api 2)."""

from dataclasses import dataclass

_STRIKES = 20
_BLOCK_SECONDS = 10.0


@dataclass(slots=True)
class Bucket:
    """A token bucket; times are monotonic seconds."""

    tokens: float
    filled_at: float

    def take(self, rate: float, capacity: float, at: float) -> bool:
        """Take a token if there is one. Rate and capacity may differ from call to call; `at` may step back a little."""
        self.tokens = min(capacity, self.tokens + max(0.0, at - self.filled_at) * rate)
        self.filled_at = max(self.filled_at, at)
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


class Throttle:
    """One bucket for each owner: a key, an organisation or an address."""

    def __init__(self) -> None:
        self._buckets: dict[str, Bucket] = {}

    def admits(self, owner: str, rate: float, capacity: float, at: float) -> bool:
        """Whether a call may pass; a refused one costs nothing. Rate 0 admits everything."""
        if not rate:
            return True
        return self._buckets.setdefault(owner, Bucket(capacity, at)).take(rate, capacity, at)


class Hammering:
    """The auth server's own limit: a key that fails 20 times is blocked, the longer the more it is tried."""

    def __init__(self) -> None:
        self._strikes: dict[str | None, int] = {}
        self._blocked_until: dict[str | None, float] = {}

    def blocks(self, key: str | None, at: float) -> bool:
        """Whether this key gets 429 now; trying prolongs it."""
        if at >= self._blocked_until.get(key, 0.0):
            return False
        self._blocked_until[key] = at + _BLOCK_SECONDS
        return True

    def struck(self, key: str | None, at: float) -> None:
        """Another 401 for this key."""
        self._strikes[key] = self._strikes.get(key, 0) + 1
        if self._strikes[key] >= _STRIKES:
            self._strikes[key], self._blocked_until[key] = 0, at + _BLOCK_SECONDS
