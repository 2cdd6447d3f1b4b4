"""Dramatiq's settings: what would break a guarantee is named."""

from typing import Any

import dramatiq
import pytest
from dramatiq.brokers.redis import RedisBroker
from dramatiq.middleware import AgeLimit, CurrentMessage, Retries, ShutdownNotifications, TimeLimit

from worker.actors import register
from worker.broker import make_broker
from worker.dramatiq_dangers import dramatiq_dangers

NOWHERE = "redis://127.0.0.1:9/0"


def test_the_broker_of_a_worker_are_safe() -> None:
    """What a worker really uses, with its actors."""
    broker = make_broker(NOWHERE, CurrentMessage())
    register(broker, lambda _event_id, _epoch: None)

    assert set(broker.actors) == {"create_contact", "upload_invoice", "upload_cancellation"}
    assert dramatiq_dangers(broker) == []


@pytest.mark.parametrize("harmful", [AgeLimit, TimeLimit, ShutdownNotifications])
def test_harmful_middleware_is_named(harmful: type[Any]) -> None:
    """It drops messages or interrupts threads."""
    [danger] = dramatiq_dangers(make_broker(NOWHERE, harmful()))

    assert harmful.__name__ in danger


@pytest.mark.parametrize(
    ("middleware", "said"),
    [
        pytest.param([], "Retries is missing", id="no Retries"),
        pytest.param([Retries(max_retries=3)], "max_retries=3", id="retries"),
        pytest.param([Retries()], "max_retries=20", id="Dramatiq's default"),
    ],
)
def test_retries_must_be_there_with_none(middleware: list[Any], said: str) -> None:
    """Retries live in PostgreSQL; without the middleware a failed message would vanish."""
    [danger] = dramatiq_dangers(RedisBroker(url=NOWHERE, namespace="own", middleware=middleware))

    assert said in danger


@pytest.mark.parametrize("option", ["max_retries", "max_age", "time_limit", "notify_shutdown"])
def test_harmful_options_of_an_actor_are_named(option: str) -> None:
    """An option counts as much as a middleware."""
    broker = RedisBroker(
        url=NOWHERE,
        namespace="own",
        middleware=[Retries(max_retries=0), AgeLimit(), TimeLimit(), ShutdownNotifications()],
    )
    dramatiq.actor(lambda: None, broker=broker, actor_name="deliver", **{option: 1})

    assert any(f"Actor deliver sets {option}" in danger for danger in dramatiq_dangers(broker))


def test_the_namespace_of_the_host_is_not_shared() -> None:
    """Dramatiq's default namespace is what a host's own Dramatiq has."""
    broker = RedisBroker(url=NOWHERE, middleware=[Retries(max_retries=0)])

    assert any("namespace" in danger for danger in dramatiq_dangers(broker))
