"""Calls to Lexware that commands make for a practice, outside of any claim.

Guarantee: every call takes a slot of the practice's lane and waits for it, and waits while the lane cools down, so
commands and workers together keep the rate (G4). A 429 cools the lane for everybody. Only reads belong here: nothing
in this module gives a licence to POST; a trial (`trial/`) writes what is nobody's document.
"""

import time
from collections.abc import Callable

from outbox.db import Connection, Row
from outbox.sql import query
from worker.config import Config
from worker.keys import KeyMisplaced, KeyUnreadable, KeyVault, Owner
from worker.lexware.api.calls import Calls
from worker.lexware.api.client import Lexware
from worker.lexware.api.transport import Transport
from worker.messages import Declined
from worker.messages import connect as words

#: Waiting that is worth a word to the human.
_LONG_SECONDS = 3.0

Waiting = Callable[[float], None]
"""Told before a long wait: how many seconds."""


def owner(row: Row) -> Owner:
    """Whose key stands in a row of `lexware.connection`."""
    return Owner(row["practice_id"], row["organisation_id"], row["may_be_unbound"])


class CommandClient:
    """The way to Lexware for one practice, as long as a command runs. The connection must be in no transaction (R7)."""

    def __init__(
        self, connection: Connection, config: Config, practice_id: int, *, waiting: Waiting = lambda _seconds: None
    ) -> None:
        self._connection, self._config, self._practice_id, self._waiting = connection, config, practice_id, waiting
        self._pace = config.pace
        self._transport = Transport(config.api_url, config.pace.http_timeout_seconds, proxy=config.proxy)

    def lexware(self) -> Lexware:
        """Lexware with the stored key. Raises Declined when there is none, or none that can be opened."""
        return self.with_key(self._key())

    def calls(self) -> Calls:
        """Single calls with the stored key, for a trial. Raises Declined as `lexware` does."""
        return Calls(self._transport, self._key(), self._wait_for_slot, self._heed)

    def _key(self) -> str:
        row = self._connection.execute(query("connection.key"), {"practice_id": self._practice_id}).fetchone()
        if row is None:
            raise Declined(words.NOT_CONNECTED(practice=self._practice_id))
        try:
            return KeyVault(self._config.secret_keys).decrypt(row["key_encrypted"], owner(row))
        except KeyUnreadable:
            raise Declined(words.KEY_UNREADABLE(practice=self._practice_id)) from None
        except KeyMisplaced:
            raise Declined(words.KEY_MISPLACED(practice=self._practice_id)) from None

    def with_key(self, api_key: str) -> Lexware:
        """Lexware with a key that is not stored (yet). Raises ValueError for one that no header can carry."""
        return Lexware(self._transport, api_key, before_call=self._wait_for_slot, on_call=self._heed)

    def _wait_for_slot(self) -> float:
        """Cool down first: a slot that was taken before would be stale when it is used."""
        self._sleep("lane.cooling", "seconds")
        return self._sleep("lane.take_slot", "slot_wait_seconds") + self._pace.use_within_seconds

    def _sleep(self, name: str, column: str) -> float:
        """Sleep for what a query says, and tell the moment it meant."""
        asked = time.monotonic()
        rate = {"gap_seconds": self._pace.gap_seconds, "catch_up_seconds": self._pace.catch_up_seconds}
        row = self._connection.execute(query(name), {"practice_id": self._practice_id, **rate}).fetchone()
        seconds: float = row[column] if row else 0.0
        if seconds > _LONG_SECONDS:
            self._waiting(seconds)
        time.sleep(max(0.0, seconds))
        return asked + seconds

    def _heed(self, _method: str, _template: str, status: int | None, _seconds: float) -> None:
        if status == 429:
            cool = {"seconds": self._pace.cool_for(1), "reason": "rate_limited", "suspect": False}
            self._connection.execute(query("lane.cool"), {"practice_id": self._practice_id, **cool})
