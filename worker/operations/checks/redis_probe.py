"""A message through Redis and back, by the scripts that carry every delivery, in a queue of its own that is removed.

That Redis answers proves nothing: a replica, a full one or a user without rights answers, too.
"""

import secrets
from contextlib import suppress

import dramatiq
import redis
from redis import exceptions

from worker import redis_pool
from worker.broker import NAMESPACE, BlockingBroker
from worker.messages.redis import State
from worker.tls_look import answers_plainly, speaks_tls

#: What Redis says at the beginning of a refusal, or within one of a script.
_WORDS: tuple[tuple[str, State], ...] = (
    ("READONLY", "replica"), ("MASTERDOWN", "replica"), ("OOM", "full"), ("NOPERM", "rights"), ("No permissions", "rights"),
    ("WRONGPASS", "password"), ("NOAUTH", "password"), ("invalid username-password", "password"), ("without any password", "password"),
    ("LOADING", "loading"), ("DENIED", "protected"), ("protected mode", "protected"), ("MISCONF", "disk"), ("BUSY", "busy"),
    ("nknown command", "command"), ("nknown Redis command", "command"), ("DB index", "no_database"), ("max number of clients", "too_many"),
    ("NOREPLICAS", "few_replicas"), ("CLUSTERDOWN", "cluster"), ("CROSSSLOT", "cluster"), ("MOVED", "cluster"), ("ASK ", "cluster"),
    ("CERTIFICATE_VERIFY_FAILED", "certificate"), ("read only replica", "replica"), ("maxmemory", "full"), ("loading the dataset", "loading"),
)  # fmt: skip
_KINDS: tuple[tuple[type[redis.RedisError], State], ...] = (
    (exceptions.ReadOnlyError, "replica"), (exceptions.OutOfMemoryError, "full"), (exceptions.NoPermissionError, "rights"),
    (exceptions.BusyLoadingError, "loading"), (exceptions.AuthenticationError, "password"),
    (exceptions.ClusterDownError, "cluster"), (exceptions.ClusterCrossSlotError, "cluster"), (exceptions.MovedError, "cluster"),
)  # fmt: skip


def probe(client: redis.Redis) -> bool:
    """Whether a message came back. Raises redis.RedisError when it could not even be sent."""
    queue, namespace = f"check.{secrets.token_hex(8)}", NAMESPACE
    broker = BlockingBroker(client=client, namespace=namespace, middleware=[])  # type: ignore[no-untyped-call]
    message: dramatiq.Message[None] = dramatiq.Message(queue, "check", (), {}, {"redis_message_id": queue})
    try:
        broker.do_enqueue(queue, queue, message.encode())
        client.brpoplpush(f"{namespace}:{queue}", f"{namespace}:{queue}", 1)
        came = broker.fetch(queue, 1)
        broker.acknowledge(queue, [queue])
        return came == [message]
    finally:
        with suppress(redis.RedisError):
            client.delete(*(f"{namespace}:{queue}{end}" for end in ("", ".msgs")))
            client.delete(f"{namespace}:__acks__.{broker.broker_id}.{queue}")
            client.zrem(f"{namespace}:__heartbeats__", broker.broker_id)


def trouble(url: str, error: redis.RedisError) -> State:
    """What an error of the Redis at this address means; one that does not answer is looked at for speaking TLS or not."""
    meant, demands = state(error), redis_pool.demands_tls(url)
    for host, port in redis_pool.servers(url) if meant == "away" else ():
        if speaks_tls(host, port) is not demands:
            if not demands:
                return "wants_tls"
            if answers_plainly(host, port, b"PING\r\n", b"+", b"-"):
                return "speaks_plainly"
    return meant


def state(error: redis.RedisError) -> State:
    """What an error of Redis means; its words are never passed on."""
    for kind, meant in _KINDS:
        if isinstance(error, kind):
            return meant
    words = str(error)
    for word, meant in _WORDS:
        if word in words:
            return meant
    return "away" if isinstance(error, redis.ConnectionError | redis.TimeoutError) else "refuses"
