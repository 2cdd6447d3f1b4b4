"""A delivery that stops at a chosen point, as SIGSTOP would stop its process, and goes on when it is thawed."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from polling import PATIENCE_SECONDS
from stage import Stage

from outbox.poller import HandOut
from worker.delivery.deliver import deliver
from worker.runtime import Runtime


class Frozen:
    """One delivery in a thread of its own, standing still before or after a call of `owner.name`."""

    def __init__(self, runtime: Runtime, handout: HandOut) -> None:
        self._reached, self._thawed = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=deliver, args=(runtime, handout.event_id, handout.epoch), daemon=True)

    def stop_at(self, original: Callable[..., Any], *, after: bool) -> Callable[..., Any]:
        """The same function; this delivery stands still there, others pass."""

        def wrapped(*arguments: Any, **named: Any) -> Any:
            mine = threading.current_thread() is self._thread and not self._reached.is_set()
            if mine and not after:
                self._stand_still()
            result = original(*arguments, **named)
            if mine and after:
                self._stand_still()
            return result

        return wrapped

    def start(self) -> None:
        """Go, until the point is reached."""
        self._thread.start()
        assert self._reached.wait(PATIENCE_SECONDS), "the point was never reached"

    def thaw(self) -> None:
        """Go on to the end. Safe to call twice."""
        self._thawed.set()
        self._thread.join(PATIENCE_SECONDS)
        assert not self._thread.is_alive()

    def _stand_still(self) -> None:
        self._reached.set()
        self._thawed.wait(PATIENCE_SECONDS)


@contextmanager
def frozen(
    stage: Stage, handout: HandOut, owner: type, name: str, *, after: bool = False, runtime: Runtime | None = None
) -> Iterator[Frozen]:
    """A hand-out that is being delivered and stands still before (or after) `owner.name`; thawed at the latest at the end."""
    delivery = Frozen(runtime or stage.runtime, handout)
    with patch.object(owner, name, delivery.stop_at(getattr(owner, name), after=after)):
        delivery.start()
        try:
            yield delivery
        finally:
            delivery.thaw()


def let_lease_expire(stage: Stage) -> None:
    """As if the lease of what is in flight had passed."""
    stage.db.execute(
        "update outbox.event set lease_until = clock_timestamp() - interval '1 second', "
        "handed_at = handed_at - interval '1 minute' where lease_until is not null"
    )
    stage._poller._looked = float("-inf")  # it remembers when that was handed out


def known_payer(stage: Stage) -> int:
    """A customer who is in Lexware and linked: the next document goes with one call."""
    payer = stage.practice.customer()
    body = {
        "version": 0,
        "roles": {"customer": {}},
        "person": {"firstName": "Ada", "lastName": "Beispiel"},
        "addresses": {"billing": [{"street": "Lindenweg 3", "zip": "50667", "city": "Köln", "countryCode": "DE"}]},
    }
    made = stage.control.act(stage.tenant.id, "create_contact", body=body)
    stage.practice.link(payer, made["id"], stage.tenant.id)
    return payer


def rows(stage: Stage, statement: str) -> list[Any]:
    """The first column of a read."""
    return [row[0] for row in stage.db.execute(statement).fetchall()]
