"""The practices of the host as their own side sees them: what is ordered, connected and switched on.

Reads and locks; what changes them stands in `orders`, `connect` and `switches`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from outbox.db import Connection, Row
from outbox.sql import query
from worker.host.keys import in_json
from worker.lexware.translate.dates import BERLIN
from worker.lexware.translate.documents import Matching, PrivacyMode
from worker.messages import Declined, Sentence
from worker.messages import connect as key_words
from worker.messages import practice as words
from worker.practice.booking import Booking, KeyExpiry, key_expiry, warned_when_stored_by

Step = Literal["booking", "key", "switch"]
_LARGEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """One practice at one moment. `lines` and `matching` are the defaults as long as it was never switched on."""

    practice_id: int
    host_key: str | None
    name: str | None
    plan: str
    connection: str
    pause_reason: str | None
    enabled: bool
    connected: bool
    company_name: str | None
    organisation_id: UUID | None
    tax_type: str | None
    small_business: bool | None
    lines: PrivacyMode
    matching: Matching
    avv_date: date | None
    avv_recorded_by: str | None
    avv_recorded_at: datetime | None
    key_stored_at: datetime | None
    key_stored_on: date | None
    today: date
    booking: Booking | None

    @property
    def is_booked(self) -> bool:
        """There is a booking that holds today."""
        return self.booking is not None and self.booking.is_active(self.today)

    @property
    def key_expiry(self) -> KeyExpiry | None:
        """When the stored API key ends; None without a key."""
        return key_expiry(self.key_stored_on, self.today) if self.key_stored_on else None

    def missing(self) -> list[Step]:
        """What has to be done before anything is transferred; a pause aside."""
        steps: list[tuple[Step, bool]] = [
            ("booking", self.is_booked),
            ("key", self.connected),
            ("switch", self.enabled),
        ]
        return [step for step, done in steps if not done]

    def to_json(self) -> dict[str, Any]:
        """As `practice list --json` and `practice show --json` have it."""
        names = (
            "practice_id", "name", "plan", "connection", "pause_reason", "company_name", "organisation_id", "tax_type",
            "small_business", "lines", "matching", "avv_date", "avv_recorded_by", "avv_recorded_at", "key_stored_at",
        )  # fmt: skip
        return {name: getattr(self, name) for name in names} | in_json(self.host_key) | {
            "key_expires_on": self.key_expiry and self.key_expiry.expires_on, "booking": self._booking_json(), "missing": self.missing()
        }  # fmt: skip

    def _booking_json(self) -> dict[str, Any] | None:
        if self.booking is None:
            return None
        return {name: getattr(self.booking, name) for name in Booking.__slots__} | {"active": self.is_booked}


def everyone(connection: Connection) -> list[Practice]:
    """Every practice of the host, also those that never asked for the transfer, by id."""
    return _read(connection)


def page(connection: Connection, wanted: str | None, *, after: int | None, limit: int) -> list[Practice]:
    """Some practices by id, after one of them; those whose connection is so, or all."""
    return _read(connection, connection=wanted, after=after, limit=limit)


def with_old_keys(connection: Connection) -> list[Practice]:
    """Those whose API key is old enough to be warned of, by id."""
    return _read(connection, key_stored_by=warned_when_stored_by(datetime.now(BERLIN).date()))


def count(connection: Connection, wanted: str | None) -> int:
    """How many practices there are; those whose connection is so, or all."""
    row = connection.execute(query("practice.count"), {"connection": wanted}).fetchone()
    return row["practices"] if row else 0


def find(connection: Connection, practice_id: int) -> Practice:
    """One practice. Raises Declined when the host has no such practice."""
    if 0 <= practice_id <= _LARGEST_ID and (found := _read(connection, practice_id=practice_id)):
        return found[0]
    raise Declined(words.NO_SUCH_PRACTICE(practice=practice_id))


def require(connection: Connection, practice_id: int | None) -> None:
    """Raise Declined when a filter names a practice that the host does not have."""
    if practice_id is not None:
        find(connection, practice_id)


@contextmanager
def changing(connection: Connection, practice_id: int) -> Iterator[Practice]:
    """A transaction in which nobody else changes the practice; its lane is made if there is none yet.

    Raises Declined when the host has no such practice; whatever raises inside undoes everything.
    """
    with connection.transaction():
        find(connection, practice_id)
        connection.execute(query("switch.add_lane"), {"practice_id": practice_id})
        connection.execute(query("switch.lock_lane"), {"practice_id": practice_id})
        yield find(connection, practice_id)


def expiring(practice: Practice) -> list[Sentence]:
    """A warning when the API key is about to expire, or has; else nothing."""
    expiry = practice.key_expiry
    if expiry is None or expiry.stage is None:
        return []
    text = key_words.KEY_EXPIRES if expiry.days_left > 0 else key_words.KEY_EXPIRED
    return [text(practice=practice.practice_id, expires_on=expiry.expires_on, count=expiry.days_left)]


def _read(connection: Connection, /, **chosen: object) -> list[Practice]:
    everything = dict.fromkeys(("practice_id", "connection", "key_stored_by", "after", "limit"))
    return [_practice(row) for row in connection.execute(query("practice.overview"), everything | chosen)]


def _practice(row: Row) -> Practice:
    names = Booking.__slots__
    booking = Booking(**{name: row[name] for name in names}) if row["ordered_on"] else None
    return Practice(**{name: value for name, value in row.items() if name not in names}, booking=booking)
