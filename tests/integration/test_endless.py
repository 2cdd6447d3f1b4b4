"""G1: whatever Lexware says for ever, every event comes to an end that is seen."""

import time
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast
from unittest.mock import patch

import psycopg
import pytest
from frost import frozen, known_payer, rows
from stage import PACE, Stage, stage

from outbox.ledger import Ledger
from outbox.outcomes import Cool, Snooze
from worker.lab.sandbox.faults import Fault
from worker.lexware.api import wire
from worker.lexware.api.errors import RateLimited
from worker.lexware.judgement import judge


def test_an_account_number_race_that_never_ends_is_no_race(stage: Stage) -> None:
    """It is waited out for a settle time; after that it is a refusal, and a human's case."""
    stage.control.add_fault(
        Fault(method="POST", path="/v1/contacts", status=406, body="account_number_already_exists", count=None)
    )
    invoice = stage.practice.invoice(stage.practice.customer())

    stage.run()

    assert stage.outcome(invoice) == ("dead", "refused_by_lexware")


def test_what_is_too_complex_for_postgresql_is_no_lost_database(stage: Stage) -> None:
    """A contract that a host has adapted asks too much for one document: it says so each time, and the event dies in the end."""
    stage.db.execute(
        "create or replace function contract.leaks(document_id bigint) returns text[] language plpgsql as "
        "$$ begin raise exception using errcode = '54001'; end $$"
    )
    invoice = stage.practice.invoice(known_payer(stage))

    stage.run()

    assert stage.outcome(invoice) == ("dead", "retries_exhausted")


def test_a_way_that_is_always_too_slow_is_a_failure_like_others(db: psycopg.Connection, database_url: str) -> None:
    """The name server answers after the window has passed, each time: tries are counted, and the event dies in the end."""
    pace = replace(PACE, settle_seconds=0.6, http_timeout_seconds=0.6)
    connect = wire._connect

    def slowly(*arguments: Any) -> Any:
        time.sleep(pace.window_seconds + 0.05)
        return connect(*arguments)

    with stage(db, database_url, pace) as one:
        invoice = one.practice.invoice(known_payer(one))
        one.runtime.work.transport.close()
        with patch.object(wire, "_connect", slowly):
            one.run()

        assert one.outcome(invoice) == ("dead", "retries_exhausted")
        assert one.posts() == 0


def test_what_was_kept_back_by_us_is_not_lexwares_silence(stage: Stage) -> None:
    """A call that was refused its leave says nothing about Lexware, and helps to declare no outage."""
    stage.practice.invoice(known_payer(stage))
    (handed,) = stage.hand_out()

    with frozen(stage, handed, Ledger, "intend", after=True):
        time.sleep(1.5 * PACE.window_seconds)

    assert rows(stage, "select reason from outbox.event") == ["too_late_to_send"]
    assert rows(stage, "select silent_calls from outbox.lane") == [0]


def test_a_cancellation_of_itself_waits_for_nobody(stage: Stage) -> None:
    """What the host's data cannot mean is a human's case, not a wait without end."""
    cancellation = stage.practice.cancel(stage.practice.invoice(stage.practice.customer(), status="draft"))
    stage.db.execute("update practice.invoices set cancels_id = id where id = %s", (cancellation,))
    stage.db.execute("delete from outbox.event where document_id <> %s", (cancellation,))
    stage.db.execute("update outbox.event set original_id = document_id")

    stage.run()

    assert stage.outcome(cancellation) == ("dead", "original_not_invoice")


def test_an_original_that_can_have_no_event_is_not_waited_for_for_ever(stage: Stage) -> None:
    """Lost its payer in the host's data, so that the safety net lands it never; a human may still let the cancellation go."""
    invoice = stage.practice.invoice(known_payer(stage), status="draft")
    cancellation = stage.practice.cancel(invoice)
    select = rows(stage, "select pg_get_viewdef('contract.document'::regclass)")[0].rstrip(";")
    columns = rows(
        stage, "select attname from pg_attribute where attrelid = 'contract.document'::regclass and attnum > 0"
    )
    shown = ", ".join(f"nullif(payer_id, 0 * payer_id + case document_id when {invoice} then payer_id end) as payer_id"
                      if column == "payer_id" else column for column in columns)  # fmt: skip
    stage.db.execute("delete from outbox.event where document_id = %s", (invoice,))
    stage.db.execute(f"create or replace view contract.document as select {shown} from ({select}) h")
    stage.turn()
    waiting = stage.outcome(cancellation)

    stage.db.execute("update outbox.event set created_at = created_at - interval '25 hours'")
    for_a_while(stage)

    assert waiting == ("pending", "original_expected")
    assert stage.outcome(cancellation) == ("dead", "original_not_transferred")


def for_a_while(stage: Stage) -> None:
    """Rounds for some settle times: what does not end would not end in any."""
    until = time.monotonic() + 4 * PACE.settle_seconds
    while time.monotonic() < until and stage.unsettled():
        stage.turn()
        time.sleep(0.03)


@pytest.mark.parametrize(("wish", "seconds"), [("999999", 3600), ("0", None)])
def test_nobody_is_kept_away_for_ever_or_not_at_all(wish: str, seconds: float | None) -> None:
    """A Retry-After of days is cut, one of nothing means nothing."""
    refusal = RateLimited(retry_after_seconds=float(wish), status=429, issues=(), trace_id=None)

    outcome = judge(refusal, cast("Any", SimpleNamespace(step="document", suspect=False)), PACE)

    assert outcome == Snooze(seconds=0, reason="rate_limited", http_status=429, lane=Cool("rate_limited", seconds))
