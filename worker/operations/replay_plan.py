"""What a replay would do with each letter: what the delivery would meet in the practice's data of this moment.

Guarantee: asks nobody but the database, and changes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from outbox.db import Connection
from outbox.dead_letters import DeadLetter
from outbox.replay import Plan, may_not, plan_of
from worker.host.keys import in_json
from worker.lexware.host_data import HostData
from worker.lexware.obstacles import Obstacle, obstacles
from worker.lexware.snapshot import DocumentGone, NotConnected, TooLarge, read
from worker.messages import reasons
from worker.operations.knowledge import known
from worker.operations.remote_look import Seen

#: These may be cured in Lexware's settings, which are read anew: what is stored of them is no obstacle. A refusal without
#: a code is one of them.
_OF_THE_PROFILE = frozenset({"tax_conflict", "exemption_note_missing", "refused_by_lexware.tax", "refused_by_lexware"})


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a letter stays dead: its own reason, as it is stored, with what is known of it."""

    reason: str
    detail: Mapping[str, Any]


@dataclass(slots=True)
class Item:
    """One letter of a replay: its plan before, its result after."""

    letter: DeadLetter
    plan: Plan
    obstacle: Obstacle | Refusal | None = None
    seen: Seen | None = None
    result: str = "planned"

    @property
    def refused(self) -> bool:
        """True when a replay leaves it dead."""
        return may_not(self.letter)

    @property
    def is_dead(self) -> bool:
        """True when it is still a dead letter, or one again."""
        return self.result in ("planned", "refused", "stopped", "left_out", "dead")

    def to_json(self) -> dict[str, Any]:
        """As `replay --json` has it (design section 3); after a look also what was found."""
        letter = self.letter
        told: dict[str, Any] = {
            "event_id": letter.event_id,
            "number": letter.number,
            **in_json(letter.host_key),
            "plan": self.plan,
            "result": self.result,
        }
        if self.seen is not None:
            told["found"] = {"verdict": self.seen.verdict, "lexware_ids": [str(one) for one in self.seen.lexware_ids]}
        return told


def plan(connection: Connection, letters: Sequence[DeadLetter], *, unlinked: bool) -> list[Item]:
    """What a replay would do with each, from local knowledge."""
    return [_item(connection, letter, unlinked=unlinked) for letter in letters]


def _item(connection: Connection, letter: DeadLetter, *, unlinked: bool) -> Item:
    planned = plan_of(letter)
    if letter.frozen_sender is not None:
        return Item(letter, planned, Obstacle("sender_frozen", {"sender": letter.frozen_sender}))
    if may_not(letter):
        return Item(letter, planned, Refusal(letter.reason, known(letter)))
    obstacle = _obstacle(connection, letter, unlinked=unlinked) if planned == "send" else None
    return Item(letter, "human" if obstacle else planned, obstacle)


def _obstacle(connection: Connection, letter: DeadLetter, *, unlinked: bool) -> Obstacle | None:
    """What the delivery would die of before its first call, by the practice's data of this moment."""
    try:
        snapshot = read(connection, letter.practice_id, letter.document_id)
    except DocumentGone:
        return Obstacle("document_gone")
    except HostData as error:
        return Obstacle("host_data", error.where)
    except TooLarge as error:
        return Obstacle("too_large", error.figures)
    except NotConnected:
        return None
    ignored = _OF_THE_PROFILE if may_be_the_profile(letter) else ()
    found = obstacles(snapshot, unlinked=unlinked or letter.unlinked)
    return next((obstacle for obstacle in found if obstacle.reason not in ignored), None)


def may_be_the_profile(letter: DeadLetter) -> bool:
    """Whether it died of what the settings in Lexware may cure."""
    return reasons.entry(letter.reason, known(letter)).code in _OF_THE_PROFILE
