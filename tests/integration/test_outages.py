"""G5, G1: an outage is Lexware's, not one practice's; it delays nobody else and lets nothing live for ever."""

from uuid import uuid4

from frost import known_payer, rows
from practice import Practice
from stage import Stage

from worker.lab.sandbox.faults import Fault


def _silent(stage: Stage) -> None:
    stage.db.execute(
        "update outbox.lane set silent_calls = 3, silent_since = clock_timestamp(), last_dispatch_at = clock_timestamp()"
    )


def test_a_probe_that_waits_for_its_answer_does_not_hold_the_others(stage: Stage) -> None:
    """One practice alone is slow, and so an outage is declared; the document of another one goes at once."""
    stage.practice.invoice(known_payer(stage))
    _silent(stage)
    probe = list(stage.hand_out())
    stage.db.execute("update outbox.outage set probe_at = clock_timestamp()")
    probe += stage.hand_out()
    other = Practice(stage.db, name="Praxis Nebenan")
    tenant = stage.control.add_organisation()
    other.switch_on(tenant.id, tenant.key)
    other.invoice(other.customer())

    handed = stage.hand_out()

    assert len(probe) == 1
    assert len(handed) == 1


def test_old_silence_declares_no_outage(stage: Stage) -> None:
    """A practice whose last calls failed days ago makes its next call: nothing is known before that ends."""
    _silent(stage)
    stage.db.execute(
        "update outbox.lane set silent_since = silent_since - interval '2 days', last_dispatch_at = '-infinity'"
    )
    stage.practice.invoice(known_payer(stage))
    (handed,) = stage.hand_out()
    stage.runtime.ledger.begin(handed.event_id, handed.epoch)

    stage.hand_out()

    assert rows(stage, "select started_at from outbox.outage") == []


def test_one_document_that_always_fails_is_no_outage_for_ever(stage: Stage) -> None:
    """Nothing else is to be done in a quiet practice: its tries are counted all the same, and it dies in the end."""
    invoice = stage.practice.invoice(known_payer(stage))
    stage.run()
    cancellation = stage.practice.cancel(invoice)
    stage.control.add_fault(Fault(method="GET", path="/v1/invoices/*", status=500, count=None))

    stage.run()

    assert stage.outcome(cancellation) == ("dead", "retries_exhausted")


def test_an_outage_is_seen_however_many_practices_have_only_begun_to_suffer(stage: Stage) -> None:
    """Every minute a practice among thousands makes its first call; one that is still on the wire says nothing yet."""
    stage.practice.invoice(known_payer(stage))
    stage.hand_out()
    _silent(stage)
    for _ in range(2):
        Practice(stage.db).switch_on(str(uuid4()), "key")
    suffering, calling = rows(stage, "select practice_id from outbox.lane order by practice_id desc limit 2")
    stage.db.execute("update outbox.lane set last_dispatch_at = clock_timestamp()")
    stage.db.execute("update outbox.lane set silent_calls = 1 where practice_id = %s", (suffering,))
    stage.db.execute("update outbox.event set practice_id = %s", (calling,))

    stage.hand_out()

    assert len(rows(stage, "select started_at from outbox.outage")) == 1


def test_one_practice_that_is_answered_means_no_outage(stage: Stage) -> None:
    """However silent the others are."""
    _silent(stage)
    Practice(stage.db).switch_on(str(uuid4()), "key")
    stage.db.execute("update outbox.lane set last_dispatch_at = clock_timestamp()")

    stage.hand_out()

    assert rows(stage, "select started_at from outbox.outage") == []
