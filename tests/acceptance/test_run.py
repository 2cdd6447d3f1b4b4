"""`lexrelay run`: two halves that live and die with it, and a stop that loses nothing."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
from polling import PATIENCE_SECONDS, until
from practice import Practice
from relay import Relay

from worker.host.apply import migrate
from worker.lab.embedded import EmbeddedPostgres, EmbeddedValkey
from worker.lab.sandbox.server import Sandbox

Run = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A simulated Lexware that does not throttle."""
    with Sandbox() as sandbox:
        sandbox.control.set_switches(rate_per_second=0)
        yield sandbox


@pytest.fixture
def relay(database_url: str, redis_url: str, sandbox: Sandbox) -> Iterator[Relay]:
    """Where processes are started."""
    with Relay(database_url, redis_url, sandbox.url) as relay:
        yield relay


@pytest.fixture
def practice(db: psycopg.Connection, sandbox: Sandbox) -> Practice:
    """A practice that is switched on."""
    practice = Practice(db)
    practice.switch_on(sandbox.tenants[0].id, sandbox.tenants[0].key)
    return practice


@pytest.fixture
def payer(practice: Practice, sandbox: Sandbox) -> int:
    """A payer with a contact: one call brings an invoice over."""
    tenant = sandbox.tenants[0]
    person = {"version": 0, "roles": {"customer": {}}, "person": {"lastName": "Beispiel"}}
    payer = practice.customer()
    practice.link(payer, sandbox.control.act(tenant.id, "create_contact", body=person)["id"], tenant.id)
    return payer


def start(relay: Relay, *options: str) -> "subprocess.Popen[bytes]":
    """`lexrelay run`."""
    return relay.start(sys.executable, "-m", "worker", "run", *options)


#: For what waits for an answer while a signal comes.
_PATIENT = {
    "LEXRELAY_HTTP_TIMEOUT_SECONDS": "30",
    "LEXRELAY_SETTLE_SECONDS": "30",
    "LEXRELAY_LEASE_SECONDS": "60",
}


def states(db: psycopg.Connection) -> list[str]:
    """The states of all events, in the order of their documents."""
    return [row[0] for row in db.execute("select state from outbox.event order by document_id").fetchall()]


def family(process: "subprocess.Popen[bytes]") -> list[psutil.Process]:
    """All processes below one."""
    return psutil.Process(process.pid).children(recursive=True)


def gone(processes: list[psutil.Process]) -> bool:
    """Whether none of them is left; a zombie is its parent's affair."""
    return not any(each.is_running() and each.status() != psutil.STATUS_ZOMBIE for each in processes)


def half(process: "subprocess.Popen[bytes]", word: str) -> psutil.Process:
    """The child whose command line has this word."""
    return next(each for each in psutil.Process(process.pid).children() if word in each.cmdline())


@pytest.mark.proof
def test_run_delivers(relay, practice, payer, db) -> None:
    """One command is enough."""
    start(relay, "--processes", "2", "--threads", "2")

    practice.invoice(payer)
    practice.invoice(payer)

    until(lambda: states(db) == ["delivered"] * 2)


def test_a_log_that_cannot_be_written_stops_nothing(relay, practice, payer, db) -> None:
    """Its disk is full: what is said is lost, documents are not."""
    log, relay.log = relay.log, Path("/dev/full")
    start(relay)
    relay.log = log

    practice.invoice(payer)

    until(lambda: states(db) == ["delivered"], seconds=60)


@pytest.mark.proof
@pytest.mark.parametrize("word", ["dramatiq", "worker.service.poller"])
def test_a_half_that_died_is_started_again(relay, practice, payer, db, word) -> None:
    """A killed half costs a second; what it forked does not stay behind."""
    run = start(relay)
    practice.invoice(payer)
    until(lambda: states(db) == ["delivered"])
    killed = half(run, word)
    forked = killed.children(recursive=True)

    killed.kill()
    practice.invoice(payer)

    until(lambda: states(db) == ["delivered"] * 2)
    until(lambda: gone([killed, *forked]))
    assert '"event": "run.child_ended"' in relay.said()
    assert '"exit_code": -9' in relay.said()


def test_sigterm_finishes_the_post_on_the_wire_and_begins_no_other(relay, practice, payer, db, sandbox) -> None:
    """Deploying costs nothing: what left is finished, what has not left stays pending, and all processes end."""
    sandbox.control.set_switches(latency_seconds=2)
    relay.environment |= _PATIENT
    run = start(relay, "--processes", "2")
    for _ in range(3):
        practice.invoice(payer)
    until(sandbox.control.requests)
    everyone = family(run)

    run.send_signal(signal.SIGTERM)

    assert run.wait(PATIENCE_SECONDS) == 0
    assert gone(everyone)
    assert states(db) == ["delivered", "pending", "pending"]
    assert len(sandbox.control.requests()) == 1


@pytest.mark.proof
def test_sigterm_ends_an_attempt_between_two_calls(relay, practice, db, sandbox) -> None:
    """After the signal no call begins, the next one of an attempt included; nothing is left in doubt by it."""
    sandbox.control.set_switches(latency_seconds=2)
    relay.environment |= _PATIENT
    run = start(relay)
    practice.invoice(practice.customer())
    until(sandbox.control.requests)

    run.send_signal(signal.SIGTERM)

    assert run.wait(PATIENCE_SECONDS) == 0
    assert [call["method"] for call in sandbox.control.requests()] == ["GET"]
    assert db.execute("select outcome, reason from outbox.attempt order by 1 desc limit 1").fetchone() == (
        "snooze",
        "draining",
    )


@pytest.mark.proof
def test_sigterm_at_the_start_leaves_nothing(relay) -> None:
    """A signal that finds the workers half born ends them in order, too."""
    run = start(relay, "--processes", "2")
    until(lambda: len(family(run)) == 4)
    everyone = family(run)

    run.send_signal(signal.SIGTERM)

    assert run.wait(PATIENCE_SECONDS) == 0
    assert gone(everyone)


@pytest.mark.proof
def test_a_second_signal_does_not_wait(relay, practice, payer, sandbox) -> None:
    """Who asks twice wants it now; the answer that was waited for stays in doubt."""
    sandbox.control.set_switches(latency_seconds=25)
    relay.environment |= _PATIENT
    run = start(relay)
    practice.invoice(payer)
    until(sandbox.control.requests)
    everyone = family(run)

    run.send_signal(signal.SIGINT)
    until(lambda: "run.draining" in relay.said())
    run.send_signal(signal.SIGINT)

    assert run.wait(PATIENCE_SECONDS) == 1
    until(lambda: gone(everyone))


@pytest.mark.proof
def test_children_do_not_outlive_a_killed_run(relay, practice, payer, db) -> None:
    """Even by kill -9 nothing is left that nobody watches."""
    run = start(relay, "--processes", "2")
    practice.invoice(payer)
    until(lambda: states(db) == ["delivered"])
    everyone = family(run)

    run.kill()

    assert len(everyone) >= 4
    until(lambda: gone(everyone))


@pytest.mark.proof
def test_a_worker_whose_master_dies_at_its_birth_ends_too(relay) -> None:
    """It waits for ever to be noticed by its master then and hears no SIGTERM."""
    master = relay.worker(processes=2)
    until(lambda: len(family(master)) == 2)
    workers = family(master)

    master.kill()

    until(lambda: gone(workers))


def test_a_missing_configuration_is_named_as_a_whole(relay) -> None:
    """Exit code 78 and every variable at once, before anything starts."""
    for name in ("DATABASE_URL", "REDIS_URL", "LEXRELAY_SECRET_KEYS"):
        del relay.environment[name]
    relay.environment["LEXRELAY_LEASE_SECONDS"] = "soon"

    run = start(relay)

    assert run.wait(PATIENCE_SECONDS) == 78
    for name in ("DATABASE_URL", "REDIS_URL", "LEXRELAY_SECRET_KEYS", "LEXRELAY_LEASE_SECONDS"):
        assert f"{name} " in relay.said()
    assert "Traceback" not in relay.said()


@pytest.mark.proof
def test_a_database_without_schema_is_refused(relay, db) -> None:
    """The remedy is named instead of two halves that can never work."""
    db.execute("drop schema outbox cascade")

    run = start(relay)

    assert run.wait(PATIENCE_SECONDS) == 78
    assert "lexrelay migrate" in relay.said()


@pytest.mark.proof
@pytest.mark.parametrize(("away", "said"), [("postgres", "run.database_away"), ("valkey", "poller.queue_lost")])
def test_a_service_may_come_later(sandbox, away, said) -> None:
    """Whatever is away at the start is said and waited for."""
    with EmbeddedPostgres(settings={"fsync": "off"}) as postgres, EmbeddedValkey() as valkey:
        migrate(postgres.url(), reference_practice=True)
        with psycopg.connect(postgres.url(), autocommit=True) as db:
            practice = Practice(db)
            practice.switch_on(sandbox.tenants[0].id, sandbox.tenants[0].key)
            practice.invoice(practice.customer())
        server = {"postgres": postgres, "valkey": valkey}[away]
        server.stop()

        with Relay(postgres.url(), valkey.url, sandbox.url) as relay:
            start(relay)
            until(lambda: said in relay.said())
            server.start()
            with psycopg.connect(postgres.url(), autocommit=True) as db:
                until(lambda: states(db) == ["delivered"])
            assert "Traceback" not in relay.said()
