"""Old detail goes, in small steps; what was done and for whom stays for ever, and the poller never notices how much."""

import re
from collections.abc import Callable
from datetime import timedelta

import psycopg
import pytest
from chosen import a_few_of
from frost import known_payer
from practice import Practice
from stage import Stage
from terminal import Terminal

from outbox.pace import HOLD_SECONDS
from outbox.sql import query
from worker.lab.sandbox.faults import Fault

_AGE = "interval '91 days'"
_LONG_AGO = (
    f"update outbox.event set closed_at = closed_at - {_AGE}",
    f"update outbox.attempt set begun_at = begun_at - {_AGE}, ended_at = ended_at - {_AGE}",
    f"update outbox.look set looked_at = looked_at - {_AGE}",
)


def count(stage: Stage, table: str) -> int:
    """How many rows a table has."""
    return int(stage.db.execute(f"select count(*) from {table}").fetchone()[0])


def counts(stage: Stage) -> dict[str, int]:
    """What may go, and what must stay."""
    tables = ("attempt", "look", "event", "intent", "operator_action")
    return {table: count(stage, f"outbox.{table}") for table in tables} | {
        "link": count(stage, "lexware.document_link")
    }


def grow_old(stage: Stage) -> None:
    """Everything happened 91 days ago."""
    for statement in _LONG_AGO:
        stage.db.execute(statement)


def a_minute_later(stage: Stage) -> None:
    """The poller's next sweep."""
    stage._poller._upkeep._kept_house = float("-inf")
    stage.hand_out()


@pytest.fixture(name="done")
def _done(stage: Stage) -> Stage:
    """One document that was delivered after a lost answer and a look."""
    stage.control.add_fault(Fault(method="POST", path="/v1/invoices", status=504, when="after"))
    stage.practice.invoice(known_payer(stage))
    stage.run()
    assert counts(stage)["look"] > 0
    return stage


def test_the_detail_of_what_ended_long_ago_goes_and_the_rest_stays(done: Stage) -> None:
    """Attempts and looks; never events, intents, links."""
    before = counts(done)
    grow_old(done)

    a_minute_later(done)

    assert counts(done) == before | {"attempt": 0, "look": 0}


def complete_again(stage: Stage) -> None:
    """The trigger runs once more for the same document."""
    stage.db.execute("update practice.invoices set status = 'draft'")
    stage.db.execute("update practice.invoices set status = 'completed'")


def backfill(stage: Stage) -> None:
    """An operator asks for all documents of the month."""
    days = ("--from", "2026-11-01", "--to", "2026-11-30")
    Terminal(stage._url).run("backfill", "--practice", stage.practice.practice_id, *days)


@pytest.mark.parametrize("writer", a_few_of([complete_again, a_minute_later, backfill]))
def test_no_second_event_after_its_detail_is_gone(done: Stage, writer: Callable[[Stage], None]) -> None:
    """The row is what trigger, safety net and backfill check, and it stays."""
    grow_old(done)
    a_minute_later(done)

    writer(done)
    done.run()

    assert (count(done, "outbox.event"), len(done.documents())) == (1, 1)


def test_what_became_of_it_can_be_told_for_ever(done: Stage) -> None:
    """When it was settled, how, and what it is in Lexware; only how it came to that is gone."""
    (before, lexware_id), days = (done.event(1), done.lexware_id(1)), timedelta(days=91)
    grow_old(done)
    a_minute_later(done)

    told = Terminal(done._url).json("show", "RE-2026-0001", "--practice", done.practice.practice_id)

    assert (told["state"], told["lexware_id"], told["attempts"]) == ("delivered", lexware_id, [])
    assert [intent["outcome"] for intent in told["intents"]] == ["adopted"]
    assert done.event(1) == before | {"closed_at": before["closed_at"] - days}


@pytest.mark.parametrize(
    "still",
    a_few_of(
        [
            pytest.param("update outbox.event set closed_at = closed_at + interval '2 days'", id="ended 89 days ago"),
            pytest.param("update outbox.event set state = 'dead', reason = 'in_doubt'", id="a dead letter"),
            pytest.param(
                "update outbox.event set state = 'pending', closed_at = null, due_at = 'infinity'", id="pending again"
            ),
            pytest.param("update outbox.event set step = 'verify', due_at = 'infinity'", id="to be verified"),
            pytest.param("update outbox.installation set keep_days = 100", id="kept for longer"),
        ],
        every=3,
    ),
)
def test_what_somebody_may_still_need_stays(done: Stage, still: str) -> None:
    """Until it has ended for good, long ago."""
    before = counts(done)
    grow_old(done)
    done.db.execute(still)

    a_minute_later(done)

    assert counts(done) == before


def test_a_batch_is_small(done: Stage) -> None:
    """A thousand rows a minute: nobody waits for it."""
    done.db.execute(
        "insert into outbox.attempt (event_id, fence, epoch, step, worker, ended_at, outcome) "
        "select event_id, 100 + n, 1, 'document', 1, now(), 'retry' from outbox.event, generate_series(1, 1500) n"
    )
    grow_old(done)
    before = counts(done)["attempt"]

    a_minute_later(done)

    assert before - counts(done)["attempt"] == 1000


@pytest.mark.proof
def test_the_poller_does_not_notice_what_is_settled(db: psycopg.Connection) -> None:
    """With 100,000 settled events of one practice its choice reads the few pages of an index."""
    practice = Practice(db)
    practice.switch_on("0b6c1a52-6d7e-4f6c-9a0e-1f2f5f7c9d11", "key")
    db.execute(
        "insert into outbox.event (practice_id, document_id, payer_id, kind, number, marker_code, origin, state, closed_at, "
        "due_at) select 1, -n, 1, 'invoice', 'RE-' || n, 'x', 'trigger', 'delivered', now(), null "
        "from generate_series(1, 100000) as n"
    )
    practice.invoice(practice.customer())
    db.execute("vacuum analyze outbox.event")

    explain = b"explain (analyze, buffers) " + query("poller.dispatch")
    given = {
        "lanes": 10,
        "ahead_seconds": 0.05,
        "hold_seconds": HOLD_SECONDS,
        "fresh_only": False,
        "handed_since": None,
    }
    plan = [row[0] for row in db.execute(explain, given).fetchall()]

    assert any("event_waiting" in line for line in plan)
    assert not any("Seq Scan on event" in line for line in plan)
    pages = max(int(hit) for line in plan for hit in re.findall(r"Buffers: shared hit=(\d+)", line))
    assert pages < 500  # the table has thousands
