"""Replaying as an operator has ordered it: a few letters first, the rest when these have arrived.

Guarantee: nothing is replayed that is there already or may still be sent, and the rest stays dead until every canary has
arrived. What each letter would meet stands in `replay_plan.py`.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from outbox import canary
from outbox.db import Connection
from outbox.dead_letters import DeadLetter
from outbox.pace import Pace
from outbox.replay import replay
from outbox.sql import query
from worker.config import Config
from worker.lexware.command_client import Waiting
from worker.messages import Declined
from worker.messages import dead_letters as words
from worker.operations.remote_look import look
from worker.operations.replay_plan import Item, may_be_the_profile


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
    practice_ids = {letter.practice_id for letter in letters if may_be_the_profile(letter)}
    if practice_ids:
        connection.execute(query("connection.read_profiles_anew"), {"practice_ids": list(practice_ids)})
