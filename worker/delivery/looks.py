"""What a look for an open intent can find: a closed union, whatever was looked for and wherever."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Found:
    """It is there."""

    remote_id: UUID


@dataclass(frozen=True, slots=True)
class Several:
    """It is there more than once."""

    remote_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Without a marker, but with our contact, day or total: a human may have edited it."""

    remote_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Absent:
    """A complete look, and nothing that could be it."""


LookResult = Found | Several | LookAlike | Absent
