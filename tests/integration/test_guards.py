"""R3, R4, G4: no POST without an intent, no intent without a licence, no byte after its time, no call without a slot."""

import time
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from frost import frozen, known_payer, let_lease_expire, rows
from practice import Practice, token
from stage import PACE, Stage, stage

from outbox.errors import MayNotSend
from outbox.ledger import Ledger
from outbox.poller import HandOut
from outbox.sql import query
from worker.delivery.deliver import deliver
from worker.lab.sandbox.faults import Fault
from worker.lexware.api import wire
from worker.lexware.api.transport import Transport


@pytest.fixture(name="handed")
def _handed(stage: Stage) -> HandOut:
    """An invoice for a known payer, handed out."""
    stage.practice.invoice(known_payer(stage))
    (handed,) = stage.hand_out()
    return handed


def _outcomes(stage: Stage) -> list[str | None]:
    return rows(stage, "select outcome from outbox.intent order by intent_id")


def test_the_intent_is_committed_before_the_post(stage: Stage, handed: HandOut) -> None:
    """At the moment before the first byte, everybody else can see that a POST is about to leave."""
    with frozen(stage, handed, wire.Call, "release"):
        seen = (stage.posts(), _outcomes(stage))

    assert seen == (0, [None])
    assert (stage.posts(), _outcomes(stage)) == (1, ["created"])


@pytest.mark.parametrize(
    "switch",
    [
        "enabled = false",
        "connected = false",
        "booked_until = clock_timestamp()",
        "pause_reason = 'operator', paused_at = clock_timestamp()",
    ],
    ids=["disabled", "no-key", "not-booked", "paused"],
)
def test_a_lane_that_was_stopped_after_the_begin_sends_nothing(stage: Stage, handed: HandOut, switch: str) -> None:
    """The licence to POST asks the lane once more; the event is held, no try burnt."""
    with frozen(stage, handed, Ledger, "intend"):
        stage.db.execute(f"update outbox.lane set {switch}")

    assert (stage.posts(), _outcomes(stage)) == (0, [])
    assert rows(stage, "select tries from outbox.event where state = 'pending'") == [0]


def test_a_pause_waits_for_nobody_who_has_no_intent_yet(stage: Stage, handed: HandOut) -> None:
    """Begun but not intended is not on the wire: the pause takes hold at once, and the resume lets it go."""
    with frozen(stage, handed, Ledger, "intend"):
        stage.db.execute("update outbox.lane set pause_reason = 'operator', paused_at = clock_timestamp()")
    stage.db.execute("update outbox.lane set pause_reason = null, paused_at = null")

    stage.run()

    assert stage.posts() == 1


def test_no_byte_leaves_after_its_time(stage: Stage, handed: HandOut) -> None:
    """Frozen between intent and bytes for longer than the window: closed as not sent, then sent under a new intent."""
    with frozen(stage, handed, Ledger, "intend", after=True):
        time.sleep(1.5 * PACE.window_seconds)
    late = (stage.posts(), _outcomes(stage))
    stage.run()

    assert late == (0, ["not_sent"])
    assert (stage.posts(), _outcomes(stage)) == (1, ["not_sent", "created"])
    assert rows(stage, "select tries from outbox.event") == [0]


def test_no_byte_leaves_after_the_order_to_end(stage: Stage, handed: HandOut) -> None:
    """SIGTERM came between intent and bytes: closed as not sent, nothing in doubt."""
    with frozen(stage, handed, wire.Call, "release"):
        stage.runtime.drain()

    assert (stage.posts(), _outcomes(stage)) == (0, ["not_sent"])


@pytest.mark.parametrize("why", ["order to end", "claim lost"])
def test_what_was_kept_back_before_the_wire_is_not_in_doubt(stage: Stage, handed: HandOut, why: str) -> None:
    """Between intent and slot the process is to end, or the claim is lost: nobody has to look for what never left."""
    with frozen(stage, handed, Ledger, "intend", after=True) as sender:
        if why == "order to end":
            stage.runtime.drain()
        else:
            let_lease_expire(stage)
            stage.hand_out()
            time.sleep(stage.pace.use_within_seconds)
        sender.thaw()

    assert (stage.posts(), _outcomes(stage)) == (0, ["not_sent"])


def _intend_again(stage: Stage, handed: HandOut) -> list[Exception | None]:
    """Let the claim of a hand-out ask for its licence twice."""
    answers: list[Exception | None] = []
    ledger, intend = stage.runtime.ledger, stage.runtime.ledger.intend

    def twice(*arguments: Any) -> Any:
        first = intend(*arguments)
        try:
            intend(*arguments)
        except MayNotSend as refusal:
            answers.append(refusal)
        else:
            answers.append(None)
        return first

    ledger.intend = twice  # type: ignore[method-assign]
    deliver(stage.runtime, handed.event_id, handed.epoch)
    return answers


def test_a_subject_has_one_open_intent(stage: Stage, handed: HandOut) -> None:
    """While a POST may be out, nobody gets a licence for the same document, not even its own claim."""
    answers = _intend_again(stage, handed)

    assert [type(answer) for answer in answers] == [MayNotSend]
    assert _outcomes(stage) == ["created"]


@pytest.mark.parametrize("column", ["remote_id", "late_remote_id"])
def test_what_is_known_to_exist_is_not_sent(stage: Stage, handed: HandOut, column: str) -> None:
    """A success came in after this claim had read what is known: the licence is refused."""
    outcome = "created" if column == "remote_id" else "absent"
    with frozen(stage, handed, Ledger, "intend"):
        stage.db.execute(
            "insert into outbox.intent (practice_id, organisation_id, event_id, effect, subject_id, fence, worker, send_by, "
            f"sent_with, outcome, closed_at, {column}) select practice_id, %s, event_id, 'invoice', document_id, 99, 99, now(), "
            "'{}', %s, now(), %s from outbox.event",
            (stage.tenant.id, outcome, UUID(int=7)),
        )

    assert stage.posts() == 0


def test_a_stranger_behind_the_key_gets_nothing(stage: Stage, handed: HandOut) -> None:
    """The key opens another organisation, and the profile is asked first: nothing is sent to it."""
    stranger = stage.control.add_organisation()
    stage.db.execute("update outbox.lane set suspect = true")
    strange = token(stage.practice.practice_id, stage.tenant.id, stranger.key)
    stage.db.execute("update lexware.connection set key_encrypted = %s", (strange,))

    deliver(stage.runtime, handed.event_id, handed.epoch)

    assert [call["path"] for call in stage.control.requests(stranger.id)] == ["/v1/profile"]
    assert _outcomes(stage) == []


def _calls(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """When calls leave from now on."""
    at: list[float] = []
    exchange = Transport.exchange

    def timed(*arguments: Any, **limits: Any) -> Any:
        at.append(time.monotonic())
        return exchange(*arguments, **limits)

    monkeypatch.setattr(Transport, "exchange", timed)
    return at


def test_every_call_takes_a_slot(db, database_url, monkeypatch) -> None:
    """A look reads many documents: list and GETs keep the gap, as every call of the lane does."""
    pace = replace(PACE, rate_per_second=10)

    with stage(db, database_url, pace) as one:
        payer = known_payer(one)
        for _ in range(6):
            one.practice.invoice(payer)
        one.run()
        db.execute("delete from lexware.document_link")  # so that a look has to read all of them
        one.control.add_fault(Fault(method="POST", path="/v1/invoices", status=504, when="after"))
        one.practice.invoice(payer)
        at = _calls(monkeypatch)
        one.run()

    assert len(at) >= 9
    assert max(at) - min(at) > 5 * pace.gap_seconds, (
        "seven of them, if the first one was not late; three, were there two rates"
    )


def test_practices_of_one_organisation_share_its_rate(db, database_url, monkeypatch) -> None:
    """Two lanes, one organisation: both take their slots from one of them, and both get their turn."""
    pace = replace(PACE, rate_per_second=10)

    with stage(db, database_url, pace) as one:
        sister = Practice(db)
        sister.switch_on(one.tenant.id, one.tenant.key)
        db.execute(query("switch.share_slots"))
        ours, theirs = known_payer(one), sister.customer()
        sister.link(theirs, _contact(db), one.tenant.id)
        for _ in range(4):
            one.practice.invoice(ours)
            sister.invoice(theirs)
        at = _calls(monkeypatch)
        one.run()

    assert len(at) == 8
    assert max(at) - min(at) > 5 * pace.gap_seconds, (
        "seven of them, if the first one was not late; three, were there two rates"
    )


def _contact(db) -> str:
    """The contact that is linked already."""
    (contact,) = db.execute("select contact_id::text from lexware.contact_link").fetchone()
    return contact
