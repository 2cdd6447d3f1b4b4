"""What `dramatiq worker.app:broker` loads: the broker, its actors, and the house that each worker process opens."""

import os
import signal
import sys
from types import FrameType

import dramatiq
from dramatiq.middleware import Middleware

from outbox.ids import EventId
from worker import config, leash, logs
from worker.actors import make_broker, register
from worker.delivery import deliver
from worker.house import House


class Tenancy(Middleware):
    """Opens the house when the worker of this process is up, and empties it before the process ends."""

    def __init__(self, settings: config.Config) -> None:
        self._settings = settings
        self.house: House | None = None

    def after_process_boot(self, _broker: dramatiq.Broker) -> None:
        """End when the Dramatiq master is gone, and drain at SIGTERM: Dramatiq looks for it once a second only."""
        leash.hold(os.getppid())
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
        """Open the house with as many threads as this worker has."""
        self.house = House(self._settings, worker.worker_threads)
        self.house.open()

    def before_worker_shutdown(self, *_: object) -> None:
        """Send nothing new; what is on the wire is finished."""
        if self.house is not None:
            self.house.drain()

    def after_worker_shutdown(self, _broker: dramatiq.Broker, _worker: dramatiq.Worker) -> None:
        """All threads are done: leave."""
        if self.house is not None:
            self.house.close()

    def deliver(self, event_id: EventId, epoch: int) -> None:
        """One attempt in this process's house; before it is open, the hand-out simply comes back."""
        if self.house is not None:
            deliver(self.house, event_id, epoch)


def _settings() -> config.Config:
    try:
        return config.read("database", "redis", "secrets")
    except config.ConfigurationError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(78)


settings = _settings()
logs.configure(settings.log_format)
tenancy = Tenancy(settings)
broker = make_broker(settings.redis_url, tenancy)
dramatiq.set_broker(broker)
register(broker, tenancy.deliver)
