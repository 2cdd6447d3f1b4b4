"""G1, G2: Lexware's clock and the database's need not agree, nor the database's with what it was a moment ago."""

from datetime import datetime, timedelta
from unittest.mock import patch

import psycopg
import pytest
from frost import known_payer, rows
from stage import Stage

from worker.lab.sandbox import control_room, gateway
from worker.lab.sandbox.faults import Fault
from worker.lab.sandbox.rules.berlin import now


@pytest.mark.parametrize("minutes", [4, 10, 180, -10], ids=lambda minutes: f"{minutes} minutes ahead")
def test_a_database_clock_that_is_wrong_sends_nothing_twice(stage: Stage, minutes: int) -> None:
    """By its date ours is older than its intent; the marker knows better."""

    def theirs() -> datetime:
        return now() - timedelta(minutes=minutes)

    with patch.object(gateway, "now", theirs), patch.object(control_room, "now", theirs):
        invoice = stage.practice.invoice(known_payer(stage))
        stage.control.add_fault(Fault(method="POST", path="/v1/invoices", status=504, when="after"))
        stage.run()

    assert stage.posts() == 1
    assert stage.outcome(invoice) == ("delivered", None)


#: All that the database has noted of its time, as if its clock had been an hour fast and was put right now.
_AN_HOUR_FAST = """
update outbox.process set last_round_at = last_round_at + interval '1 hour';
update outbox.lane set tat = now() + interval '1 hour', cool_until = now() + interval '1 hour';
update outbox.lane_period set enabled_at = enabled_at + interval '1 hour';
update outbox.event set due_at = now() + interval '1 hour';
update outbox.job set due_at = now() + interval '1 hour'
"""


def _show(stage: Stage) -> None:
    """The heartbeat of a good round."""
    stage.db.execute(
        "insert into outbox.process (kind, host, pid, last_round_at) values ('poller', 'here', 1, clock_timestamp())"
    )


def test_a_clock_that_was_set_back_stops_nothing(stage: Stage) -> None:
    """Neither what waits, nor what is completed from now on; and once it was followed it goes on by itself."""
    _show(stage)
    first = stage.practice.invoice(known_payer(stage))
    stage.db.execute(_AN_HOUR_FAST)

    stage._poller.follow_clock(stage._connection)
    second = stage.practice.invoice(stage.practice.customer())
    stage.run()

    assert (stage.outcome(first), stage.outcome(second)) == (("delivered", None),) * 2
    assert rows(stage, "select outbox.follow_clock(5)") == [None]


def test_a_clock_that_goes_on_moves_nothing(stage: Stage, db: psycopg.Connection) -> None:
    """What is to come later comes later."""
    _show(stage)
    stage.practice.invoice(known_payer(stage))
    db.execute("update outbox.event set due_at = '2099-01-01'")

    stage._poller.follow_clock(stage._connection)

    assert rows(stage, "select due_at::date::text from outbox.event") == ["2099-01-01"]
