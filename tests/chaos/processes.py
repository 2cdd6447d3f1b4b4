"""Faults of processes: killed by SIGKILL, or frozen for less or more than a lease. The supervisor restarts the dead."""

import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psutil
import psycopg

from tests.chaos.fleet import Role
from tests.chaos.nemesis import Aim, NotNow
from tests.chaos.pace import PACE
from tests.chaos.town import Town


@contextmanager
def kill_worker_master(town: Town, rng: random.Random) -> Iterator[Aim]:
    """Only the master; its children go on as orphans until the supervisor finds them."""
    yield Aim(kills=_signal(_members(_role(town, rng, "worker"))[:1], signal.SIGKILL))


@contextmanager
def kill_worker_child(town: Town, rng: random.Random) -> Iterator[Aim]:
    """One process that sends; Dramatiq then ends its siblings and itself."""
    children = _senders(_role(town, rng, "worker"))
    yield Aim(kills=_signal([rng.choice(children)], signal.SIGKILL))


@contextmanager
def kill_whole_worker(town: Town, rng: random.Random) -> Iterator[Aim]:
    """Master and children at once, as the kernel does when memory runs out."""
    yield Aim(kills=_signal(_members(_role(town, rng, "worker")), signal.SIGKILL))


@contextmanager
def kill_all_workers(town: Town, _rng: random.Random) -> Iterator[Aim]:
    """Nobody sends any more, wherever everybody was."""
    everybody = [member for role in town.fleet.named("worker") for member in role.members()]
    yield Aim(kills=_signal(everybody, signal.SIGKILL))


@contextmanager
def kill_poller(town: Town, rng: random.Random) -> Iterator[Aim]:
    """The other poller goes on."""
    yield Aim(kills=_signal(_members(_role(town, rng, "poller")), signal.SIGKILL))


@contextmanager
def restart_worker(town: Town, rng: random.Random) -> Iterator[Aim]:
    """SIGTERM, as at a deployment."""
    _signal(_members(_role(town, rng, "worker"))[:1], signal.SIGTERM)
    yield Aim()


@contextmanager
def freeze_worker_briefly(town: Town, rng: random.Random) -> Iterator[Aim]:
    """For less than a lease."""
    with _frozen([rng.choice(_senders(_role(town, rng, "worker")))]):
        yield Aim(seconds=rng.uniform(0.3, 0.6) * PACE.lease_seconds)


@contextmanager
def freeze_worker_beyond_lease(town: Town, rng: random.Random) -> Iterator[Aim]:
    """For more than a lease: taken over while it holds its session lock, then it wakes."""
    with _frozen([rng.choice(_senders(_role(town, rng, "worker")))]):
        yield Aim(seconds=rng.uniform(1.3, 2.0) * PACE.lease_seconds)


@contextmanager
def kill_mid_post(town: Town, _rng: random.Random) -> Iterator[Aim]:
    """The very process that has a POST on the wire."""
    yield Aim(kills=_signal([_posting(town)], signal.SIGKILL))


@contextmanager
def freeze_mid_post(town: Town, rng: random.Random) -> Iterator[Aim]:
    """The very process that has a POST on the wire, or is about to: for more than a lease."""
    with _frozen([_posting(town)]):
        yield Aim(seconds=rng.uniform(1.1, 2.0) * PACE.lease_seconds)


@contextmanager
def freeze_poller(town: Town, rng: random.Random) -> Iterator[Aim]:
    """In the middle of a round, perhaps of a transaction."""
    with _frozen(_members(_role(town, rng, "poller"))[:1]):
        yield Aim(seconds=rng.uniform(1.0, 8.0))


FAULTS = (
    kill_worker_master,
    kill_worker_child,
    kill_worker_child,
    kill_whole_worker,
    kill_all_workers,
    kill_poller,
    restart_worker,
    freeze_worker_briefly,
    freeze_worker_beyond_lease,
    freeze_poller,
    kill_mid_post,
    kill_mid_post,
    freeze_mid_post,
)

_AMBUSH_SECONDS = 3.0
_POSTING = b"""
select p.pid from outbox.intent i join outbox.process p on p.process_id = i.worker
where i.closed_at is null and i.opened_at > clock_timestamp() - interval '20 milliseconds'
limit 1
"""


def _role(town: Town, rng: random.Random, prefix: str) -> Role:
    return rng.choice(town.fleet.named(prefix))


def _members(role: Role) -> list[psutil.Process]:
    members = role.members()
    if not members or members[0].pid != role.main_pid:
        raise NotNow
    return members


def _senders(role: Role) -> list[psutil.Process]:
    """The children that run the actors: those of a master which have threads."""
    children = [member for member in _members(role)[1:] if member.num_threads() > 3]
    if not children:
        raise NotNow
    return children


def _posting(town: Town) -> psutil.Process:
    """Lie in wait for the next intent: the process that opened it a moment ago."""
    until = time.monotonic() + _AMBUSH_SECONDS
    with suppress(psycopg.Error, psutil.NoSuchProcess, ProcessLookupError), town.database() as db:
        while time.monotonic() < until:
            if row := db.execute(_POSTING).fetchone():
                return _one_of_ours(town, row["pid"])
            time.sleep(0.001)
    raise NotNow


def _one_of_ours(town: Town, pid: int) -> psutil.Process:
    """Only what the fleet started may be struck, whatever the table says. Quick: a POST takes milliseconds."""
    if os.getsid(pid) not in {role.main_pid for role in town.fleet.roles}:
        raise NotNow
    return psutil.Process(pid)


@contextmanager
def _frozen(members: list[psutil.Process]) -> Iterator[None]:
    _signal(members, signal.SIGSTOP)
    try:
        yield
    finally:
        _signal(members, signal.SIGCONT)


def _signal(members: list[psutil.Process], number: signal.Signals) -> int:
    """Send to those that still live; how many did."""
    reached = 0
    for member in members:
        with suppress(psutil.NoSuchProcess):
            member.send_signal(number)
            reached += 1
    return reached
