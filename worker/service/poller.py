"""The poller as a process of its own: finds due events and hands them to the workers, until SIGTERM or SIGINT.

`python -m worker.service.poller` is what `lexrelay run` starts; the command `lexrelay poller` is the same for a human.
"""

import signal
import sys
from functools import partial

from outbox.errors import SchemaMismatch
from outbox.job_dispatch import JobDispatch
from outbox.poller import Poller
from outbox.witness import Witness
from worker import config, logs
from worker.actors import enqueue, enqueue_jobs
from worker.broker import make_broker
from worker.memory import RedisMemory
from worker.service import http as exposition
from worker.service.database import look_at_database
from worker.service.liveness import Liveness

METRICS_ADDRESS = "127.0.0.1"
#: Longer than it takes to find out that PostgreSQL is away.
_STUCK_SECONDS = 10.0


def run(settings: config.Config, metrics_address: str = METRICS_ADDRESS) -> None:
    """Poll until a signal, in a process whose logs are configured. Raises SchemaMismatch for a copy of a server."""
    liveness = Liveness(_STUCK_SECONDS + settings.pace.poll_seconds)
    broker = make_broker(settings.redis_url)
    jobs = JobDispatch(settings.pace, partial(enqueue_jobs, broker))
    witness = Witness(RedisMemory(settings.redis_url))
    loop = Poller(
        settings.direct_database_url, settings.pace, partial(enqueue, broker), liveness, jobs, witness=witness
    )
    if settings.metrics_port:
        exposition.serve(metrics_address, settings.metrics_port, settings.direct_database_url, liveness)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: loop.stop())
    loop.run()


def main() -> None:
    """Run with the environment's configuration; exit code 78 when it cannot work here, whatever is tried."""
    try:
        settings = config.read("database", "redis")
        logs.configure(settings.log_format)
        look_at_database(settings.direct_database_url)
        run(settings)
    except (config.ConfigurationError, SchemaMismatch) as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(78)


if __name__ == "__main__":
    main()
