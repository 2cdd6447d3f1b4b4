"""Faults of the network: requests and answers lost between the relay and Lexware, and between the relay and PostgreSQL."""

import random
from collections.abc import Iterator
from contextlib import contextmanager

from tests.chaos.nemesis import Aim
from tests.chaos.proxy import Cut, How, Proxy
from tests.chaos.town import Town

_TO_LEXWARE: tuple[How, ...] = ("before", "half", "after", "silent")
#: A silent cable would keep a session for ever, on both sides: TCP itself would not.
_TO_DATABASE: tuple[How, ...] = ("before", "half", "after")


@contextmanager
def cut_calls(town: Town, rng: random.Random) -> Iterator[Aim]:
    """Calls lost on the way there, or their answers on the way back."""
    with _cutting(town.lexware_cable, Cut(rng.choice(_TO_LEXWARE), rng.uniform(0.1, 0.4))):
        yield Aim(seconds=rng.uniform(1, 4))


@contextmanager
def unplug_lexware(town: Town, rng: random.Random) -> Iterator[Aim]:
    """No connection to Lexware; those that stood are cut."""
    with _unplugged(town.lexware_cable):
        yield Aim(seconds=rng.uniform(0.5, 5))


@contextmanager
def cut_statements(town: Town, rng: random.Random) -> Iterator[Aim]:
    """Statements lost, or their answers: also that of a commit."""
    with _cutting(town.database_cable, Cut(rng.choice(_TO_DATABASE), rng.uniform(0.01, 0.05))):
        yield Aim(seconds=rng.uniform(1, 4))


@contextmanager
def unplug_database(town: Town, rng: random.Random) -> Iterator[Aim]:
    """One poller and one worker lose PostgreSQL; the others do not."""
    with _unplugged(town.database_cable):
        yield Aim(seconds=rng.uniform(0.5, 5))


@contextmanager
def sever_all(town: Town, _rng: random.Random) -> Iterator[Aim]:
    """Every connection through a cable breaks in one moment, as when a router restarts; new ones stand at once."""
    for cable in (town.lexware_cable, town.database_cable):
        cable.sever()
    yield Aim()


FAULTS = (cut_calls, cut_calls, unplug_lexware, cut_statements, cut_statements, unplug_database, sever_all)


@contextmanager
def _cutting(cable: Proxy, cut: Cut) -> Iterator[None]:
    cable.cut = cut
    try:
        yield
    finally:
        cable.cut = None


@contextmanager
def _unplugged(cable: Proxy) -> Iterator[None]:
    cable.refuse()
    try:
        yield
    finally:
        cable.listen()
