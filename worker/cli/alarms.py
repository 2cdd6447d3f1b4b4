"""The thread that sends alarms, beside `run` and `poller`. It is imported only where somebody is to be told."""

from collections.abc import Iterator
from contextlib import contextmanager

from worker.config import Config


@contextmanager
def alarms_are_sent(config: Config) -> Iterator[None]:
    """For as long as the block runs; without an address nothing is done."""
    if not config.alarms.is_on:
        yield
        return
    from worker.operations import alarm_round  # noqa: PLC0415 (a poller without alarms carries nothing of it)

    end = alarm_round.start(config)
    try:
        yield
    finally:
        end()
