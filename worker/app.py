"""What `dramatiq worker.app:broker` loads: the broker, its actors, and the runtime that each worker process starts."""

import multiprocessing
import signal
import sys
from contextlib import suppress
from types import FrameType

import dramatiq
import redis
import structlog
from dramatiq.middleware import Middleware

from outbox.errors import SchemaMismatch
from outbox.ids import EventId
from outbox.jobs import JobId
from outbox.restore import may_work
from worker import config, logs
from worker.actors import register, register_jobs
from worker.broker import given_up, make_broker
from worker.delivery.deliver import deliver
from worker.dramatiq_dangers import dramatiq_dangers
from worker.lexware.watch.run import Watch
from worker.lexware.work import Work
from worker.runtime import Runtime
from worker.service.memory import share_arenas
from worker.service.parent import end_with_parent

log = structlog.get_logger()


class Lifecycle(Middleware):
    """Starts the runtime when the worker of this process is up, and drains it before the process ends."""

    def __init__(self, settings: config.Config) -> None:
        self._settings = settings
        self.runtime: Runtime | None = None
        self._watch: Watch | None = None

    def after_process_boot(self, _broker: dramatiq.Broker) -> None:
        """Share memory, end when the Dramatiq master is gone, and drain at SIGTERM: Dramatiq looks for it once a second only.

        A worker that its master had not yet noticed waits for that for ever and hears nothing: it is killed when
        nothing it could still do would count.
        """
        share_arenas()
        if (master := multiprocessing.parent_process()) and master.pid:
            end_with_parent(master.pid, self._settings.pace.lease_seconds)
        dramatiqs = signal.getsignal(signal.SIGTERM)

        def drain(number: int, frame: FrameType | None) -> None:
            self.before_worker_shutdown()
            if callable(dramatiqs):
                dramatiqs(number, frame)

        signal.signal(signal.SIGTERM, drain)

    def before_worker_boot(self, _broker: dramatiq.Broker, worker: dramatiq.Worker) -> None:
        """Fetch what the threads can take at once: a message that waits here is one that nobody else takes."""
        worker.queue_prefetch = worker.worker_threads

    def after_worker_boot(self, _broker: dramatiq.Broker, worker: dramatiq.Worker) -> None:
        """Start the runtime with as many threads as this worker has."""
        work = Work(self._settings)
        self._watch = Watch(self._settings, work.transport)
        self.runtime = Runtime(self._settings, worker.worker_threads, work)
        self.runtime.open()
        with suppress(redis.RedisError):
            if given_up(self._settings.redis_url):
                log.warning("broker.warned", what="dead messages")

    def before_worker_shutdown(self, *_: object) -> None:
        """Send nothing new; what is on the wire is finished."""
        if self.runtime is not None:
            self.runtime.drain()

    def after_worker_shutdown(self, _broker: dramatiq.Broker, _worker: dramatiq.Worker) -> None:
        """All threads are done: leave."""
        if self.runtime is not None:
            self.runtime.close()

    def deliver(self, event_id: EventId, epoch: int) -> None:
        """One attempt in this process; before its runtime is there, the hand-out simply comes back."""
        if self.runtime is not None:
            deliver(self.runtime, event_id, epoch)

    def work_off(self, job_id: JobId, epoch: int) -> None:
        """A stint of a recurring job; not while this process ends."""
        if self.runtime is not None and self._watch is not None and not self.runtime.draining.is_set():
            self._watch(self.runtime, job_id, epoch)


def _settings() -> config.Config:
    try:
        return config.read("database", "redis", "secrets")
    except config.ConfigurationError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(78)


def _refuse_dangers(broker: dramatiq.Broker) -> None:
    """Settings known to lose or double work end the process before it takes a message (R6)."""
    if dangers := dramatiq_dangers(broker):
        sys.stderr.write("\n".join(dangers) + "\n")
        sys.exit(78)


def _refuse_database(url: str) -> None:
    """A database that this program does not fit, or that was restored or cloned; one that is away is waited for."""
    try:
        may_work(url)
    except SchemaMismatch as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(78)


settings = _settings()
logs.configure(settings.log_format)
_refuse_database(settings.direct_database_url)
lifecycle = Lifecycle(settings)
broker = make_broker(settings.redis_url, lifecycle)
dramatiq.set_broker(broker)
register(broker, lifecycle.deliver)
register_jobs(broker, lifecycle.work_off)
_refuse_dangers(broker)
