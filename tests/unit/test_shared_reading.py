"""What the threads of a process read: at the same time, together, and each its own."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from outbox.ids import DocumentId, PracticeId
from outbox.rows import Connections
from worker.lexware import shared_reading
from worker.lexware.shared_reading import SharedReading
from worker.lexware.snapshot import DocumentGone
from worker.lexware.transfer import Transfer

_PATIENCE_SECONDS = 10


def _row(practice_id: int) -> dict[str, Any]:
    return {"practice_id": practice_id, "document_id": 7}


def _connections(rows: Callable[[], list[dict[str, Any]]]) -> Connections:
    """A way to a database that answers so to a group, and has nothing for whoever comes alone."""

    @contextmanager
    def together() -> Iterator[Any]:
        yield SimpleNamespace(execute=lambda *_: SimpleNamespace(fetchall=rows))

    @contextmanager
    def alone() -> Iterator[Any]:
        yield None

    return Connections(alone, together)


@pytest.fixture(name="alone")
def _alone(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The practices that were read alone."""
    practices: list[int] = []

    def find(_connection: object, practice_id: int, _document_id: int) -> None:
        practices.append(practice_id)

    monkeypatch.setattr(shared_reading.snapshot, "find", find)
    return practices


def _read(reading: SharedReading, connections: Connections, practice_id: int) -> object:
    return reading(connections, PracticeId(practice_id), DocumentId(7))


def test_the_threads_of_a_process_read_at_the_same_time() -> None:
    """Neither waits for the other: both meet within the reading."""
    both = threading.Barrier(2)

    def read(*_: object) -> None:
        both.wait(_PATIENCE_SECONDS)

    def look(number: int) -> None:
        claim = SimpleNamespace(practice_id=number, document_id=7)
        attempt: Any = SimpleNamespace(claim=claim, pace=None, ledger=None, reading=None)
        with pytest.raises(DocumentGone):
            _ = Transfer(attempt, *(None, None, read)).snapshot  # type: ignore[arg-type]

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(look, (1, 2)))


def test_each_gets_its_own_row(alone: list[int]) -> None:
    """By practice and document, whatever else is there."""
    reading = SharedReading()

    assert _read(reading, _connections(lambda: [_row(2), _row(1)]), 1) == _row(1)
    assert alone == []


@pytest.mark.parametrize("rows", [[], [_row(1), _row(1)]], ids=["gone", "twice"])
def test_what_has_not_one_row_is_asked_for_alone(alone: list[int], rows: list[dict[str, Any]]) -> None:
    """There it is found out what is wrong with it."""
    assert _read(SharedReading(), _connections(lambda: rows), 1) is None
    assert alone == [1]


def test_after_a_group_that_failed_everybody_goes_alone_for_a_while(
    alone: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slow view costs one group its patience, not every one (G5)."""
    now = [0.0]
    monkeypatch.setattr(shared_reading, "time", SimpleNamespace(monotonic=lambda: now[0]))
    asked: list[int] = []

    def too_slow() -> list[dict[str, Any]]:
        asked.append(1)
        raise TimeoutError

    reading, connections = SharedReading(), _connections(too_slow)
    for practice_id in (1, 2):
        _read(reading, connections, practice_id)
    assert (alone, len(asked)) == ([1, 2], 1)
    now[0] = 11.0
    _read(reading, connections, 3)
    assert (alone, len(asked)) == ([1, 2, 3], 2)
