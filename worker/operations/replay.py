"""Replaying with eyes open: what each letter would meet in the practice's data of this moment, and a few of them first.

Guarantee: asks nobody but the database; nothing is replayed that is there already or may still be sent, and the rest
stays dead until every canary has arrived.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from outbox import canary
from outbox.db import Connection
from outbox.dead_letters import DeadLetter
from outbox.pace import Pace
from outbox.replay import Plan, may_not, plan_of, replay
from outbox.sql import query
from worker.config import Config
from worker.host.keys import in_json
from worker.lexware.command_client import Waiting
from worker.lexware.host_data import HostData
from worker.lexware.obstacles import Obstacle, obstacles
from worker.lexware.snapshot import DocumentGone, NotConnected, TooLarge, read
from worker.messages import Declined, reasons
from worker.messages import dead_letters as words
from worker.operations.knowledge import known
from worker.operations.remote_look import Seen, look

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
    ignored = _OF_THE_PROFILE if _may_be_the_profile(letter) else ()
    found = obstacles(snapshot, unlinked=unlinked or letter.unlinked)
    return next((obstacle for obstacle in found if obstacle.reason not in ignored), None)


def _may_be_the_profile(letter: DeadLetter) -> bool:
    return reasons.entry(letter.reason, known(letter)).code in _OF_THE_PROFILE


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How an operator wants it done, and who he is. `canaries`: so many first; None: all at once.

    `named`: the letters were named one by one; then nothing is done for any of them when one is refused.
    """

    by: str
    why: str | None
    unlinked: bool
    canaries: int | None
    named: bool

    def going(self, items: Sequence[Item]) -> list[Item]:
        """Those that a replay would bring back."""
        allowed = [item for item in items if not item.refused]
        if self.named and len(allowed) < len(items):
            return []
        return allowed if self.named and len(items) == 1 else [item for item in allowed if item.plan != "human"]


def look_at(
    connection: Connection, config: Config, items: Sequence[Item], *, waiting: Waiting, tell: Callable[[int, int], None]
) -> None:
    """Ask Lexware now what is there of each; `tell` hears how many are done, of how many."""
    for done, item in enumerate(items, 1):
        item.seen = look(connection, config, item.letter, waiting=waiting)
        tell(done, len(items))


def hold(items: Sequence[Item]) -> None:
    """Note that nothing is replayed (yet): what may never be is refused, the rest is stopped."""
    for item in items:
        item.result = "refused" if item.refused else "stopped"


def leave_out(items: Sequence[Item], going: Sequence[Item]) -> None:
    """Note which letters a replay of these passes by: they would die again, and were not named alone."""
    for item in items:
        if item.result == "stopped" and item not in going:
            item.result = "left_out"


def carry_out(connection: Connection, items: Sequence[Item], order: Order, pace: Pace, tell: canary.Tell) -> bool:
    """Replay what may be replayed and note the results. False: one that was named is refused, or not every canary arrived.

    Waits for the canaries; an interrupt there stops the replay as well. Raises Declined when none could be tried now.
    """
    hold(items)
    going = order.going(items)
    if going or not any(item.refused for item in items):
        leave_out(items, going)
    if not going and items:
        return not order.named
    if order.canaries is not None and going:
        first = _canaries(going, order.canaries)
        if not first:
            raise Declined(words.NO_CANARY())
        _replay(connection, first, order)
        if not _arrived(connection, first, pace, tell):
            return False
    _replay(connection, [item for item in going if item.result == "stopped"], order)
    return True


def _canaries(going: Sequence[Item], count: int) -> list[Item]:
    """Those that can come to an end now; the one that still lacks something only when it was named alone."""
    able = [item for item in going if item.plan in ("send", "look_first")]
    able = able or [item for item in going if item.plan == "human"]
    chosen = {letter.event_id for letter in canary.choose([item.letter for item in able], count)}
    return [item for item in able if item.letter.event_id in chosen]


def _arrived(connection: Connection, first: Sequence[Item], pace: Pace, tell: canary.Tell) -> bool:
    waiting = [item for item in first if item.result == "replayed"]
    event_ids = [item.letter.event_id for item in waiting]
    try:
        now = canary.watch(connection, event_ids, seconds=canary.patience_seconds(pace), tell=tell)
    except KeyboardInterrupt:
        return False
    for item in waiting:
        item.result = {"pending": "replayed"}.get(now[item.letter.event_id], now[item.letter.event_id])
    return bool(waiting) and all(item.result in ("delivered", "discarded") for item in waiting)


def _replay(connection: Connection, items: Sequence[Item], order: Order) -> None:
    chosen = [item.letter for item in items]
    _read_profiles_anew(connection, chosen)
    back = replay(connection, chosen, by=order.by, why=order.why, unlinked=order.unlinked)
    for item in items:
        item.result = "replayed" if item.letter.event_id in back else "unchanged"


def _read_profiles_anew(connection: Connection, letters: Collection[DeadLetter]) -> None:
    """Let the next claim of a practice ask for its tax settings, when letters died of them."""
    practice_ids = {letter.practice_id for letter in letters if _may_be_the_profile(letter)}
    if practice_ids:
        connection.execute(query("connection.read_profiles_anew"), {"practice_ids": list(practice_ids)})
