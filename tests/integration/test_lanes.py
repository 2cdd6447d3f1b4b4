"""G4, G5: what Lexware says about one practice stops that practice only, burns no try, and ends by itself."""

import pytest
from stage import Stage

from worker.lab.sandbox.faults import Fault


def _lane(stage: Stage, column: str) -> object:
    row = stage.db.execute(f"select {column} from outbox.lane").fetchone()
    return row[0] if row else None


@pytest.mark.parametrize(
    ("status", "reason"), [(402, "plan_too_small"), (403, "permission_missing")], ids=["plan", "permission"]
)
def test_plan_and_permission_pause_the_practice(stage: Stage, status: int, reason: str) -> None:
    """The lane is paused with the reason; its event is held, not dead, and has burnt no try."""
    stage.control.add_fault(Fault(status=status, count=None))
    invoice = stage.practice.invoice(stage.practice.customer())

    while stage.turn():
        pass

    assert _lane(stage, "pause_reason") == reason
    assert stage.event(invoice)["state"] == "pending"
    assert stage.event(invoice)["tries"] == 0


def test_a_passing_401_changes_nothing(stage: Stage) -> None:
    """The first 401 cools the lane; the profile then answers, and the document goes."""
    stage.control.add_fault(Fault(status=401))
    invoice = stage.practice.invoice(stage.practice.customer())

    stage.run()

    assert stage.outcome(invoice) == ("delivered", None)
    assert _lane(stage, "pause_reason") is None
    assert "/v1/profile" in [call["path"] for call in stage.control.requests(stage.tenant.id)]


def test_a_confirmed_401_pauses_the_practice(stage: Stage) -> None:
    """The profile is refused too: the key is invalid, and somebody must bring a new one."""
    stage.control.act(stage.tenant.id, "revoke_key", key=stage.tenant.key)
    stage.practice.invoice(stage.practice.customer())

    while _lane(stage, "pause_reason") is None:
        stage.turn()

    assert _lane(stage, "pause_reason") == "key_invalid"


def test_a_stranger_behind_the_key_pauses_the_practice(stage: Stage) -> None:
    """The daily profile names another organisation: nothing is sent to it."""
    stage.db.execute("update lexware.connection set organisation_id = gen_random_uuid(), profile_read_at = null")
    stage.practice.invoice(stage.practice.customer())

    while stage.turn():
        pass

    assert _lane(stage, "pause_reason") == "other_organisation"
    assert stage.documents() == []


def test_too_many_requests_cool_the_lane_longer_each_time(stage: Stage) -> None:
    """429 is not counted, the lane waits, each time in a row longer; then it recovers by itself."""
    stage.control.add_fault(Fault(status=429, count=4))
    invoice = stage.practice.invoice(stage.practice.customer())

    stage.run()

    assert stage.outcome(invoice) == ("delivered", None)
    assert stage.event(invoice)["tries"] == 0
    assert _lane(stage, "cool_count") == 0


def test_a_retry_at_the_head_does_not_stop_the_lane(stage: Stage) -> None:
    """The first document waits for its retry; the others of the practice go on."""
    stage.control.add_fault(Fault(method="GET", status=503))
    waiting = stage.practice.invoice(stage.practice.customer())
    stage.turn()
    stage.turn()
    known = stage.practice.customer()
    stage.practice.link(known, stage.control.act(stage.tenant.id, "create_contact", body=_BODY)["id"], stage.tenant.id)
    others = [stage.practice.invoice(known) for _ in range(3)]
    stage.db.execute("update outbox.event set due_at = due_at + interval '1 hour' where document_id = %s", (waiting,))

    while stage.turn():
        pass

    assert [stage.outcome(other)[0] for other in others] == ["delivered"] * 3
    assert stage.outcome(waiting)[0] == "pending"


def test_an_outage_burns_no_tries(stage: Stage) -> None:
    """Lexware answers nobody for longer than the retry table lasts: nothing dies, and all goes over afterwards."""
    stage.control.start_outage(Fault(status=503, count=None))
    invoices = [stage.practice.invoice(stage.practice.customer()) for _ in range(3)]
    while _lane(stage, "silent_calls") != 12:
        stage.turn()

    stage.control.end_outage()
    stage.run()

    assert [stage.outcome(invoice) for invoice in invoices] == [("delivered", None)] * 3
    assert len(stage.documents()) == len(stage.contacts()) == 3


_BODY = {
    "version": 0,
    "roles": {"customer": {}},
    "person": {"firstName": "Ada", "lastName": "Beispiel"},
    "addresses": {"billing": [{"street": "Lindenweg 3", "zip": "50667", "city": "Köln", "countryCode": "DE"}]},
}
