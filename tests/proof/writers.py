"""Practices that complete invoices all the time, from connections of their own, every transaction of theirs timed."""

import threading
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Self

import psycopg

from tests.proof.scene import Lane


class Writers:
    """So many threads, each with its share of the lanes and of the documents per second; from `with` to its end."""

    def __init__(self, url: str, lanes: Sequence[Lane], *, threads: int, per_second: float) -> None:
        self._url, self._gap = url, threads / per_second
        self._stop = threading.Event()
        shares = (lanes[place::threads] for place in range(threads))
        self._threads = [threading.Thread(target=self._write, args=(share,), daemon=True) for share in shares]
        #: How long each host transaction took, its commit included.
        self.seconds: list[float] = []

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _write(self, lanes: Sequence[Lane]) -> None:
        with psycopg.connect(self._url, autocommit=True) as db:
            for lane in lanes:
                lane.practice.db = db
            turn = 0
            while not self._stop.is_set():
                began = time.monotonic()
                lanes[turn % len(lanes)].invoice()
                self.seconds.append(time.monotonic() - began)
                self._stop.wait(max(0.0, began + self._gap - time.monotonic()))
                turn += 1
