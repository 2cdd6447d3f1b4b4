"""A practice gets another key while an attempt with the old one is under way: what that learns says nothing about the new."""

from uuid import uuid4

import pytest
from frost import frozen, rows
from practice import token
from stage import Stage

from worker.lab.sandbox.faults import Fault
from worker.lexware.api import wire
from worker.lexware.transfer import Transfer


def test_a_profile_of_the_old_organisation_is_not_that_of_the_new(stage: Stage) -> None:
    """Its tax settings would be wrong there, for a day."""
    stage.db.execute("update lexware.connection set profile_read_at = null")
    stage.practice.invoice(stage.practice.customer())
    (handed,) = stage.hand_out()

    with frozen(stage, handed, Transfer, "check_profile", after=True):
        stage.db.execute(
            "update lexware.connection set organisation_id = %s, tax_type = 'net', company_name = 'Neu'", (uuid4(),)
        )

    assert rows(stage, "select company_name from lexware.connection") == ["Neu"]
    assert rows(stage, "select tax_type from lexware.connection") == ["net"]


@pytest.mark.parametrize("status", [401, 402, 403])
def test_a_refusal_of_the_old_key_does_not_pause_the_new(stage: Stage, status: int) -> None:
    """The new key was accepted meanwhile; the practice goes on."""
    stage.control.add_fault(Fault(status=status, method="GET"))
    stage.db.execute("update outbox.lane set suspect = true")
    invoice = stage.practice.invoice(stage.practice.customer())
    (handed,) = stage.hand_out()

    with frozen(stage, handed, wire.Call, "release"):
        locked = token(stage.practice.practice_id, stage.tenant.id, stage.tenant.key)
        stage.db.execute("update lexware.connection set key_encrypted = %s", (locked,))
        stage.db.execute("update outbox.lane set suspect = false")
    stage.run()

    assert stage.outcome(invoice) == ("delivered", None)
