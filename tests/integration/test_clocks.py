"""G2: Lexware's clock and the database's need not agree for a document to be found again."""

from datetime import datetime, timedelta
from unittest.mock import patch

import pytest
from frost import known_payer
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
