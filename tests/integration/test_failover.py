"""G2: a server that was promoted, or recovered to a point in time, may have lost the last commits; nothing is sent blind."""

import threading

import pytest
from commands import Commands
from frost import frozen, known_payer, let_lease_expire, rows
from stage import PACE, Stage

from outbox.db import connect
from outbox.ids import EventId
from outbox.ledger import Ledger
from worker.delivery.deliver import deliver


def _settle_in(stage: Stage) -> None:
    with connect(stage._url) as connection:
        stage._poller.follow_timeline(connection)


def _lose_the_last_commits(stage: Stage) -> None:
    """What was known of the delivery, on a server that has been promoted."""
    stage.db.execute("delete from lexware.document_link")
    stage.db.execute("delete from outbox.look")
    stage.db.execute("delete from outbox.intent")
    stage.db.execute("update outbox.event set state = 'pending', closed_at = null, due_at = now()")
    stage.db.execute("update outbox.installation set timeline = '00000000'")


@pytest.mark.parametrize("lag", [0, 4 * PACE.settle_seconds])
def test_what_the_lost_commits_knew_is_found_and_not_sent_again(stage: Stage, lag: float) -> None:
    """It is in Lexware, and what said so is lost; on the new timeline it is looked for first, once the list can know of it."""
    stage.control.set_switches(stage.tenant.id, voucherlist_lag_seconds=lag)
    _settle_in(stage)
    invoice = stage.practice.invoice(known_payer(stage))
    stage.run()
    _lose_the_last_commits(stage)

    _settle_in(stage)
    stage.run()

    assert (stage.outcome(invoice), stage.posts()) == (("delivered", None), 1)


@pytest.mark.parametrize("how", ["died", "stands still"])
def test_a_claim_that_outlived_its_intent_waits_as_long(stage: Stage, how: str) -> None:
    """Its begin was on the promoted server already; its worker is gone, or keeps its lease for nothing."""
    stage.control.set_switches(stage.tenant.id, voucherlist_lag_seconds=4 * PACE.settle_seconds)
    _settle_in(stage)
    invoice = stage.practice.invoice(known_payer(stage))
    stage.run()
    _lose_the_last_commits(stage)
    worker = stage.runtime.ledger._session_lock.process_id if how == "stands still" else 0
    stage.db.execute(
        "update outbox.event set handed_at = now(), begun_at = now(), lease_until = now(), worker = %s", (worker,)
    )

    _settle_in(stage)
    stage.run()

    assert (stage.outcome(invoice), stage.posts()) == (("delivered", None), 1)


def test_a_claim_of_before_sends_nothing(stage: Stage) -> None:
    """It stood still, another one took over and sent; of that the promoted server knows nothing."""
    _settle_in(stage)
    invoice = stage.practice.invoice(known_payer(stage))
    (handed,) = stage.hand_out()
    with frozen(stage, handed, Ledger, "intend"):
        columns = "epoch, fence, worker, handed_at, begun_at, lease_until"
        claim = stage.db.execute(f"select {columns} from outbox.event").fetchone()
        let_lease_expire(stage)
        stage.run()
        _lose_the_last_commits(stage)
        stage.db.execute("delete from outbox.attempt where fence > 1")
        stage.db.execute(f"update outbox.event set ({columns}) = (%s, %s, %s, %s, %s, %s)", claim)

        _settle_in(stage)
    stage.run()

    assert (stage.outcome(invoice), stage.posts()) == (("delivered", None), 1)


def test_a_replay_soon_after_waits_as_long(stage: Stage) -> None:
    """A letter that was dead at the failover is due at once; what it stands for may have been sent a moment before."""
    stage.control.set_switches(stage.tenant.id, voucherlist_lag_seconds=4 * PACE.settle_seconds)
    _settle_in(stage)
    invoice = stage.practice.invoice(known_payer(stage))
    stage.run()
    _lose_the_last_commits(stage)
    stage.db.execute("update outbox.event set state = 'dead', reason = 'in_doubt', closed_at = now(), due_at = null")

    _settle_in(stage)
    Commands(stage._url, stage.sandbox)("replay", stage.event(invoice)["event_id"])
    stage.run()

    assert (stage.outcome(invoice), stage.posts()) == (("delivered", None), 1)


def test_a_worker_looks_for_itself_whether_the_server_was_promoted(stage: Stage) -> None:
    """No poller lives, and a message of before is delivered again: what it stands for may have been sent."""
    _settle_in(stage)
    invoice = stage.practice.invoice(known_payer(stage))
    stage.run()
    _lose_the_last_commits(stage)
    stage.db.execute("update outbox.event set handed_at = now(), lease_until = now() + interval '1 hour'")
    epoch = stage.event(invoice)["epoch"]

    stage.end_session(stage.runtime)
    stage.runtime = stage.open_runtime()
    deliver(stage.runtime, EventId(stage.event(invoice)["event_id"]), epoch)
    stage.run()

    assert (stage.outcome(invoice), stage.posts()) == (("delivered", None), 1)


@pytest.mark.parametrize("completed", ["now()", "null"])
@pytest.mark.parametrize("first", ["sweep", "backfill"])
def test_an_event_that_was_lost_is_looked_for_when_it_comes_again(stage: Stage, first: str, completed: str) -> None:
    """The event itself is among the lost commits: whoever writes it anew gives it the same marker, and a look before the POST."""
    _settle_in(stage)
    stage.db.execute("alter table practice.invoices disable trigger user")
    invoice = stage.practice.invoice(known_payer(stage))
    stage.db.execute(f"update practice.invoices set completed_at = {completed}")
    _land(stage, invoice, first)
    stage.run()
    _lose_the_last_commits(stage)
    stage.db.execute("delete from outbox.attempt")
    stage.db.execute("delete from outbox.event")

    _settle_in(stage)
    _land(stage, invoice, "sweep")
    stage.run()

    assert (stage.outcome(invoice), stage.posts()) == (("delivered", None), 1)


def _land(stage: Stage, document: int, via: str) -> None:
    assert stage.db.execute("select outbox.land(array[%s::bigint], %s)", (document, via)).fetchone() == (1,)


def test_the_same_timeline_costs_no_look(stage: Stage) -> None:
    """Every new connection of a poller asks; a look costs calls."""
    _settle_in(stage)
    invoice = stage.practice.invoice(known_payer(stage))

    _settle_in(stage)
    stage.run()

    assert (stage.event(invoice)["look_since"], len(stage.control.requests(stage.tenant.id))) == (None, 1)


def test_what_was_answered_outlives_a_server_that_takes_nothing(stage: Stage) -> None:
    """Demoted while the document was on the wire: the answer is kept until there is a server that takes it."""
    invoice = stage.practice.invoice(known_payer(stage))
    (handed,) = stage.hand_out()

    with frozen(stage, handed, Ledger, "settle"):
        _takes_nothing(stage, "on")
        back = threading.Timer(1, _takes_nothing, [stage, "off"])
        back.start()
    back.join()

    assert (stage.outcome(invoice), rows(stage, "select outcome from outbox.intent")) == (
        ("delivered", None),
        ["created"],
    )


def _takes_nothing(stage: Stage, whether: str) -> None:
    """From now on PostgreSQL answers, as a standby does: it gives, and takes nothing; or it takes again."""
    (name,) = rows(stage, "select quote_ident(current_database())")
    stage.db.execute("set default_transaction_read_only = off")
    stage.db.execute(f"alter database {name} set default_transaction_read_only = {whether}")
    stage.db.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity "
        "where datname = current_database() and pid <> pg_backend_pid()"
    )
