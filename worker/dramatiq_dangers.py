"""What in Dramatiq's settings would break a guarantee; each sentence says what another setting was seen to do (R6)."""

from collections.abc import Iterator

import dramatiq
from dramatiq.brokers.redis import RedisBroker
from dramatiq.middleware import AgeLimit, Middleware, Retries, ShutdownNotifications, TimeLimit

_HARMFUL: dict[type[Middleware], str] = {
    AgeLimit: "AgeLimit drops a message by the clock of another machine; the ledger decides what is too old.",
    TimeLimit: "TimeLimit interrupts a thread anywhere, also between a POST and its record; the HTTP client has a deadline.",
    ShutdownNotifications: "ShutdownNotifications interrupts a thread anywhere; the process drains by itself.",
}
_OPTIONS = {
    "max_retries": "retries lose messages when Redis is away, and try again without the ledger's licence",
    "max_age": "it drops messages by the clock of another machine",
    "time_limit": "it interrupts a thread anywhere, also between a POST and its record",
    "notify_shutdown": "it interrupts a thread anywhere",
}
#: What another part of the host may use for its own Dramatiq.
_SHARED_NAMESPACE = "dramatiq"


def dramatiq_dangers(broker: dramatiq.Broker) -> list[str]:
    """A sentence for every dangerous setting of a broker and its actors; empty when it is safe to work with."""
    return [*_of_middleware(broker), *_of_actors(broker), *_of_namespace(broker)]


def _of_middleware(broker: dramatiq.Broker) -> Iterator[str]:
    for middleware in broker.middleware:
        yield from (words for harmful, words in _HARMFUL.items() if isinstance(middleware, harmful))
        if isinstance(middleware, Retries) and middleware.max_retries != 0:
            yield f"Retries has max_retries={middleware.max_retries}, not 0: {_OPTIONS['max_retries']}."
    if not any(isinstance(middleware, Retries) for middleware in broker.middleware):
        yield "Retries is missing: a message whose actor fails would be dropped instead of being kept as a dead one."


def _of_actors(broker: dramatiq.Broker) -> Iterator[str]:
    for name, actor in broker.actors.items():
        yield from (
            f"Actor {name} sets {option}: {why}." for option, why in _OPTIONS.items() if actor.options.get(option)
        )


def _of_namespace(broker: dramatiq.Broker) -> Iterator[str]:
    if isinstance(broker, RedisBroker) and broker.namespace == _SHARED_NAMESPACE:
        yield "The broker uses Dramatiq's own namespace: another Dramatiq on this Redis would take our messages."
