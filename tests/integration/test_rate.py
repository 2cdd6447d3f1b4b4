"""G4: what arrives in Lexware within any second, when the way there is not always equally long."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import psycopg
import pytest
from frost import known_payer
from stage import PACE, Stage, stage

from outbox.db import connect
from worker.lexware.api import wire
from worker.lexware.command_client import CommandClient

_PACE = replace(PACE, rate_per_second=1.5, http_timeout_seconds=3, settle_seconds=12, lease_seconds=30)
_MOST = 2
_SLOW_SECONDS = 0.3


@pytest.fixture(name="stage")
def _stage(db: psycopg.Connection, database_url: str) -> Iterator[Stage]:
    with stage(db, database_url, _PACE) as one:
        yield one


def _densest(stage: Stage) -> int:
    return stage.control.max_calls_in_sliding_second(stage.tenant.id)


def test_the_slot_of_a_call_that_was_made_is_not_given_back(stage: Stage) -> None:
    """Once a day the profile is read first; a payer without a contact then does not make room for another call."""
    stage.db.execute("update lexware.connection set profile_read_at = null")
    stage.practice.invoice(stage.practice.customer())

    stage.run()

    assert len(stage.control.requests(stage.tenant.id)) == 4
    assert _densest(stage) <= _MOST


def test_a_slow_connection_does_not_push_calls_together(stage: Stage) -> None:
    """The first call of a thread waits for DNS and TLS, the next ones do not: the slot is that of the bytes."""
    connect = wire._connect

    def slowly(*arguments: Any) -> Any:
        time.sleep(_SLOW_SECONDS)
        return connect(*arguments)

    with patch.object(wire, "_connect", slowly):
        stage.practice.invoice(stage.practice.customer())
        stage.run()

    assert len(stage.control.requests(stage.tenant.id)) == 3
    assert _densest(stage) <= _MOST


def test_a_slow_commit_does_not_push_calls_together(stage: Stage) -> None:
    """The database needs a moment to tell the slot: it is older by then."""
    stage.practice.invoice(stage.practice.customer())
    begin = stage.runtime.ledger.begin
    told = iter([_SLOW_SECONDS])

    def slowly(*arguments: object) -> object:
        with patch.object(stage.runtime.ledger, "_begin", _late(stage, next(told, 0.0))):
            return begin(*arguments)  # type: ignore[arg-type]

    with patch.object(stage.runtime.ledger, "begin", slowly):
        stage.turn()
        told = iter([_SLOW_SECONDS])
        stage.run()

    assert _densest(stage) <= _MOST


def test_a_slot_that_went_by_unused_costs_no_rate(stage: Stage) -> None:
    """A busy process is late for its slot: the next one is not a whole gap further away for that."""
    payer = known_payer(stage)
    stage.practice.invoice(payer)
    begin = stage.runtime.ledger.begin

    def busy(*arguments: Any) -> Any:
        claim = begin(*arguments)
        time.sleep(_PACE.use_within_seconds + 0.1)
        return claim

    with patch.object(stage.runtime.ledger, "begin", busy):
        stage.run()

    ahead = stage.db.execute("select extract(epoch from tat - clock_timestamp()) from outbox.lane").fetchone()
    assert ahead is not None
    assert ahead[0] < _PACE.gap_seconds - _PACE.catch_up_seconds / 2
    assert len(stage.control.requests(stage.tenant.id)) == 1


def test_the_slot_of_an_idle_lane_lasts_its_whole_time(stage: Stage) -> None:
    """It has nothing to catch up with, so it need not begin in the past."""
    stage.practice.invoice(known_payer(stage))
    (handed,) = stage.hand_out()

    asked = time.monotonic()
    slot = stage.runtime.ledger.begin(handed.event_id, handed.epoch).slot

    assert slot.until - asked > _PACE.use_within_seconds - _PACE.catch_up_seconds / 2


def test_a_command_uses_its_slot_no_longer_than_a_worker(stage: Stage, database_url: str) -> None:
    """The slot of an idle lane began in the past, and its end is counted from there."""
    with connect(database_url) as connection:
        line = CommandClient(connection, stage.runtime.config, stage.practice.practice_id)

        until = line._wait_for_slot()

    assert until - time.monotonic() < _PACE.use_within_seconds - _PACE.catch_up_seconds / 2


def test_a_slot_is_for_a_call(db: psycopg.Connection, database_url: str) -> None:
    """A dozen documents of one new payer: search, contact, documents; nobody takes a slot to find out that he waits."""
    with stage(db, database_url) as on:
        payer = on.practice.customer()
        invoices = [on.practice.invoice(payer) for _ in range(12)]
        ledger, slots = on.runtime.ledger, Counter[str]()
        with _counted(on, ledger, slots):
            on.run()

        assert {on.outcome(invoice) for invoice in invoices} == {("delivered", None)}
        assert slots["taken"] - slots["given back"] == len(on.control.requests(on.tenant.id)) == 2 + 12
        assert db.execute("select count(*) from outbox.attempt where step = 'contact'").fetchone() == (1,)


@contextmanager
def _counted(on: Stage, ledger: Any, slots: Counter[str]) -> Iterator[None]:
    """While this lasts, slots are counted as they are taken and given back."""
    begin, take_slot, settle = ledger._begin, ledger._take_slot, ledger.settle

    def taking(take: Any) -> Any:
        def taken(**row: object) -> object:
            slots["taken"] += 1
            return take(**row)

        return taken

    def tat() -> Any:
        return on.db.execute("select tat from outbox.lane").fetchone()

    def settled(*arguments: Any, **named: Any) -> Any:
        before = tat()
        result = settle(*arguments, **named)
        slots["given back"] += tat() < before
        return result

    with (
        patch.object(ledger, "_begin", taking(begin)),
        patch.object(ledger, "_take_slot", taking(take_slot)),
        patch.object(ledger, "settle", settled),
    ):
        yield


def _late(stage: Stage, seconds: float) -> object:
    begin = stage.runtime.ledger._begin

    def late(**row: object) -> object:
        claimed = begin(**row)
        time.sleep(seconds)
        return claimed

    return late
