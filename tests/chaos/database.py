"""Faults of PostgreSQL: crashes, cut sessions, forgotten locks, a full house."""

import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import psycopg

from tests.chaos.nemesis import Aim, database_of
from tests.chaos.town import Town


@contextmanager
def crash_postgres(town: Town, _rng: random.Random) -> Iterator[Aim]:
    """An immediate restart: recovery from the log, every session gone, every session lock free."""
    town.postgres.restart(immediate=True)
    yield Aim()


@contextmanager
def stop_postgres(town: Town, rng: random.Random) -> Iterator[Aim]:
    """Away for some seconds, with POSTs on the wire."""
    town.postgres.stop(immediate=True)
    try:
        yield Aim(seconds=rng.uniform(1, 4))
    finally:
        town.postgres.start()


@contextmanager
def terminate_sessions(town: Town, rng: random.Random) -> Iterator[Aim]:
    """Some of the relay's sessions end: pool, poller or the one that holds a session lock."""
    with database_of(town) as db:
        rows = db.execute(
            "select pid from pg_stat_activity where application_name = 'lexrelay' and datname = current_database()"
        ).fetchall()
        for row in rng.sample(rows, min(len(rows), rng.randint(1, 8))):
            db.execute("select pg_terminate_backend(%s)", (row["pid"],))
    yield Aim()


@contextmanager
def hold_a_lane(town: Town, rng: random.Random) -> Iterator[Aim]:
    """Somebody forgot to commit: a lane and an event are locked, idle in transaction."""
    site = rng.choice(town.sites)
    with database_of(town) as db, db.transaction():
        db.execute("select from outbox.lane where practice_id = %s for update", (site.practice_id,))
        db.execute(
            "select from outbox.event where practice_id = %s order by event_id desc limit 1 for update",
            (site.practice_id,),
        )
        yield Aim(seconds=rng.uniform(1, 5), practices=frozenset({site.practice_id}))


@contextmanager
def hold_all_events(town: Town, rng: random.Random) -> Iterator[Aim]:
    """A maintenance command keeps everybody from writing events, the practices too."""
    with database_of(town) as db, db.transaction():
        db.execute("set local lock_timeout = '3s'")
        db.execute("lock table outbox.event in share mode")
        yield Aim(seconds=rng.uniform(0.5, 2))


@contextmanager
def fill_postgres(town: Town, rng: random.Random) -> Iterator[Aim]:
    """Somebody else takes all connections that are left."""
    with ExitStack() as hog:
        for _ in range(120):
            try:
                hog.enter_context(town.database())
            except psycopg.OperationalError:
                break
        yield Aim(seconds=rng.uniform(1, 3))


FAULTS = (
    crash_postgres,
    stop_postgres,
    terminate_sessions,
    terminate_sessions,
    hold_a_lane,
    fill_postgres,
)

#: A landing that would have to wait writes no event.
HEALED_BY_SWEEP = (hold_all_events,)
