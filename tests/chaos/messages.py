"""Faults of Redis: emptied, crashed, hanging; and a queue that lies, with copies, forgeries and garbage."""

import json
import os
import random
import signal
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import redis

from tests.chaos.nemesis import Aim, database_of
from tests.chaos.town import Town

_QUEUE = "lexrelay:deliveries"
_ACTORS = ("create_contact", "upload_invoice", "upload_cancellation")
_OWN_ID = "the-id-in-redis"


@contextmanager
def flush_redis(town: Town, _rng: random.Random) -> Iterator[Aim]:
    """Everything handed out and not begun is gone."""
    with _redis(town) as client:
        client.flushall()
    yield Aim()


@contextmanager
def crash_redis(town: Town, rng: random.Random) -> Iterator[Aim]:
    """It comes back empty after a while."""
    town.valkey.stop(immediate=True)
    try:
        yield Aim(seconds=rng.uniform(0, 3))
    finally:
        town.valkey.start()


@contextmanager
def freeze_redis(town: Town, rng: random.Random) -> Iterator[Aim]:
    """It hangs, connected as ever."""
    with _stopped(town.valkey.pid):
        yield Aim(seconds=rng.uniform(1, 5))


@contextmanager
def cut_redis_clients(town: Town, _rng: random.Random) -> Iterator[Aim]:
    """Every connection to it ends."""
    with _redis(town) as client:
        client.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
    yield Aim()


@contextmanager
def repeat_messages(town: Town, rng: random.Random) -> Iterator[Aim]:
    """Messages for random events, of hand-outs past, present and future, several times each."""
    with database_of(town) as db:
        rows = db.execute("select event_id, epoch from outbox.event order by event_id desc limit 400").fetchall()
    chosen = rng.sample(rows, min(len(rows), 30))
    with _redis(town) as client:
        for row in chosen:
            epoch = row["epoch"] + rng.choice((-2, -1, 0, 0, 0, 1))
            for _ in range(rng.randint(1, 3)):
                _push(client, rng, json.dumps(_message(rng, row["event_id"], epoch)))
    yield Aim()


@contextmanager
def send_garbage(town: Town, rng: random.Random) -> Iterator[Aim]:
    """What is no message of ours: not JSON, no such actor, no such event, wrong arguments, an id without a body."""
    unknown = _message(rng, 10**15, 1)
    pieces = [
        "\x00\xff{",
        json.dumps({"half": "a message"}),
        json.dumps(unknown),
        json.dumps(unknown | {"actor_name": "no_such_actor"}),
        json.dumps(unknown | {"kwargs": {"event_id": "x", "epoch": None, "more": 1}}),
    ]
    with _redis(town) as client:
        for piece in rng.sample(pieces, rng.randint(1, len(pieces))):
            _push(client, rng, piece)
        client.rpush(_QUEUE, "an-id-without-a-body")
    yield Aim()


FAULTS = (
    flush_redis,
    crash_redis,
    freeze_redis,
    cut_redis_clients,
    repeat_messages,
    repeat_messages,
    send_garbage,
)


def _redis(town: Town) -> redis.Redis:
    return redis.Redis.from_url(town.valkey.url, socket_timeout=5)


@contextmanager
def _stopped(pid: int) -> Iterator[None]:
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def _message(rng: random.Random, event_id: int, epoch: int) -> dict[str, object]:
    """A message as Dramatiq lays it out (queue-facts 1.1)."""
    return {
        "queue_name": "deliveries",
        "actor_name": rng.choice(_ACTORS),
        "args": [],
        "kwargs": {"event_id": event_id, "epoch": epoch},
        "options": {"redis_message_id": _OWN_ID},
        "message_id": str(uuid.UUID(int=rng.getrandbits(128))),
        "message_timestamp": 0,
    }


def _push(client: redis.Redis, rng: random.Random, body: str) -> None:
    """Under an id of its own, which Dramatiq also expects inside."""
    own = str(uuid.UUID(int=rng.getrandbits(128)))
    client.hset(f"{_QUEUE}.msgs", own, body.replace(_OWN_ID, own))
    client.rpush(_QUEUE, own)
