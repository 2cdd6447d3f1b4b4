"""What a daemon that a human starts says in words when a server does not answer; it waits for it all the same."""

from collections.abc import Iterator

import redis
import structlog

from outbox.restore import may_work
from outbox.trouble import place
from worker import broker, logs
from worker.cli.language import Voice
from worker.config import Config
from worker.messages import Sentence
from worker.messages.database import sentences

log = structlog.get_logger()


def look_around(config: Config, say: Voice) -> None:
    """Begin the log, with a line in the operator's language if somebody is away. Raises SchemaMismatch."""
    logs.configure(config.log_format)
    if said := [say.words(one) for one in [*_database(config), *_redis(config)]]:
        log.warning("run.server_away", what=" ".join(said))


def _database(config: Config) -> Iterator[Sentence]:
    if why := may_work(config.direct_database_url):
        yield from sentences(why, place(config.direct_database_url))


def _redis(config: Config) -> Iterator[Sentence]:
    try:
        with broker.connect(config.redis_url) as client:
            client.ping()
    except redis.RedisError:
        from worker.operations.checks import queue  # noqa: PLC0415 (a daemon whose servers answer carries nothing of it)

        for finding in queue.redis_carries(config.redis_url):
            yield finding.message
            if finding.remedy is not None:
                yield finding.remedy
