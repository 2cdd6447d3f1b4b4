"""Faults of Lexware: broken answers before, after and long before the commit; storms, refusals, an outage."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.chaos.nemesis import Aim
from tests.chaos.town import RATE, Site, Town
from worker.lab.sandbox.faults import Fault, When

_SERVER_ERRORS = ((500, ""), (500, "throttled"), (502, "html"), (503, "empty"), (503, "html"), (504, ""))
_WHEN: tuple[When, ...] = ("before", "after", "later")


@contextmanager
def break_creates(town: Town, rng: random.Random) -> Iterator[Aim]:
    """5xx to POSTs that did nothing, did everything, or will do everything in a moment."""
    when = rng.choice(_WHEN)
    for status, body in rng.sample(_SERVER_ERRORS, 3):
        _arm(town, rng, method="POST", status=status, body=body, when=when, **_delays(rng, when))
    with _cleared(town):
        yield Aim(seconds=rng.uniform(2, 5))


@contextmanager
def break_reads(town: Town, rng: random.Random) -> Iterator[Aim]:
    """5xx to look-ups and searches."""
    for status, body in rng.sample(_SERVER_ERRORS, 3):
        _arm(town, rng, method="GET", status=status, body=body)
    with _cleared(town):
        yield Aim(seconds=rng.uniform(2, 5))


@contextmanager
def reset_connections(town: Town, rng: random.Random) -> Iterator[Aim]:
    """The server breaks the connection, before or after its commit."""
    when = rng.choice(_WHEN)
    _arm(town, rng, mode="reset", when=when, share=0.3, **_delays(rng, when))
    with _cleared(town):
        yield Aim(seconds=rng.uniform(2, 4))


@contextmanager
def hang(town: Town, rng: random.Random) -> Iterator[Aim]:
    """Answers that come after the time-out, before or after the commit."""
    _arm(
        town,
        rng,
        mode="hang",
        when=rng.choice(("before", "after")),
        share=0.2,
        answer_after_seconds=rng.uniform(1.2, 3),
    )
    with _cleared(town):
        yield Aim(seconds=rng.uniform(2, 4))


@contextmanager
def drip(town: Town, rng: random.Random) -> Iterator[Aim]:
    """Slow-loris: the answer to what was done, byte by byte."""
    _arm(town, rng, mode="trickle", when="after", share=0.2, answer_after_seconds=rng.uniform(1.5, 4))
    with _cleared(town):
        yield Aim(seconds=rng.uniform(2, 4))


@contextmanager
def garble(town: Town, rng: random.Random) -> Iterator[Aim]:
    """Answers cut in half, and 2xx without a body."""
    for mode in ("truncated", "empty"):
        _arm(town, rng, mode=mode, when=rng.choice(("before", "after")))
    with _cleared(town):
        yield Aim(seconds=rng.uniform(2, 4))


@contextmanager
def throttle(town: Town, rng: random.Random) -> Iterator[Aim]:
    """A 429 storm for some practices, with or without Retry-After."""
    struck = _some(town, rng)
    switches = {"rate_per_second": 1.0, "rate_capacity": 1.0, "retry_after_seconds": rng.choice((0, 1))}
    for site in struck:
        town.control.set_switches(site.tenant.id, **switches)
    try:
        yield Aim(seconds=rng.uniform(2, 6), practices=_ids(struck))
    finally:
        for site in struck:
            town.control.set_switches(site.tenant.id, **RATE)


@contextmanager
def refuse_everybody(town: Town, rng: random.Random) -> Iterator[Aim]:
    """A short transient 401 for all, as in the outages that were reported (lexware-api 14.3)."""
    town.control.start_outage(Fault(status=401))
    with _cleared(town):
        yield Aim(seconds=rng.uniform(0.2, 0.7))


@contextmanager
def revoke_keys(town: Town, rng: random.Random) -> Iterator[Aim]:
    """Keys withdrawn for good; the operator stores new ones afterwards."""
    struck = _some(town, rng, most=2)
    for site in struck:
        town.control.act(site.tenant.id, "revoke_key", key=_working_key(town, site))
    try:
        yield Aim(seconds=rng.uniform(1, 5), practices=_ids(struck))
    finally:
        for site in struck:
            town.control.act(site.tenant.id, "new_key")


@contextmanager
def end_contracts(town: Town, rng: random.Random) -> Iterator[Aim]:
    """402 until the practice has paid."""
    struck = _some(town, rng, most=2)
    for site in struck:
        town.control.act(site.tenant.id, "set_contract", ok=False)
    try:
        yield Aim(seconds=rng.uniform(1, 5), practices=_ids(struck))
    finally:
        for site in struck:
            town.control.act(site.tenant.id, "set_contract", ok=True)


@contextmanager
def forbid(town: Town, rng: random.Random) -> Iterator[Aim]:
    """403 for one practice."""
    site = rng.choice(town.sites)
    town.control.add_fault(Fault(status=403, organisation=site.tenant.id, count=None))
    with _cleared(town):
        yield Aim(seconds=rng.uniform(1, 4), practices=frozenset({site.practice_id}))


@contextmanager
def black_out(town: Town, rng: random.Random) -> Iterator[Aim]:
    """A whole outage: 503, silence, resets, or the worst: everything done and nothing said."""
    kinds: tuple[dict[str, Any], ...] = (
        {"status": 503, "body": "html"},
        {"mode": "hang", "answer_after_seconds": 2.0},
        {"mode": "reset"},
        {"status": 504, "when": "after"},
    )
    town.control.start_outage(Fault(count=None, **rng.choice(kinds)))
    with _cleared(town):
        yield Aim(seconds=rng.uniform(3, 8))


FAULTS = (
    break_creates,
    break_creates,
    break_creates,
    break_reads,
    reset_connections,
    reset_connections,
    hang,
    drip,
    garble,
    throttle,
    throttle,
    refuse_everybody,
    revoke_keys,
    end_contracts,
    forbid,
    black_out,
)


def _arm(town: Town, rng: random.Random, *, share: float = 0.25, **what: Any) -> None:
    town.control.add_fault(Fault(count=None, probability=share, seed=rng.getrandbits(31), **what))


@contextmanager
def _cleared(town: Town) -> Iterator[None]:
    try:
        yield
    finally:
        town.control.clear_faults()


def _delays(rng: random.Random, when: When) -> dict[str, float]:
    """A late commit comes within the settle time: the gateway's 30 seconds beside our 60."""
    return {"commit_after_seconds": rng.uniform(0.1, 1.0)} if when == "later" else {}


def _some(town: Town, rng: random.Random, most: int = 10) -> list[Site]:
    return rng.sample(town.sites, min(len(town.sites), rng.randint(1, most)))


def _ids(sites: list[Site]) -> frozenset[int]:
    return frozenset(site.practice_id for site in sites)


def _working_key(town: Town, site: Site) -> str:
    return next(each.key for each in town.control.organisations() if each.id == site.tenant.id)
