"""The command check: every dependency and setting, each line with a remedy."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
import redis
from chosen import a_few_of
from polling import until
from practice import Practice
from terminal import Terminal

from outbox.db import Connection, connect
from outbox.session_lock import SessionLock
from worker.lab.sandbox.control import Tenant
from worker.lab.sandbox.server import Sandbox
from worker.operations.checks import database, sessions

Findings = dict[str, list[tuple[str, str]]]


@pytest.fixture(name="sandbox", scope="module")
def _sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture(name="tenant")
def _tenant(sandbox: Sandbox) -> Tenant:
    return sandbox.control.add_organisation()


@pytest.fixture(name="terminal")
def _terminal(database_url: str, redis_url: str, sandbox: Sandbox) -> Iterator[Terminal]:
    """With a poller and a worker alive: without them nothing is delivered, which is a failure."""
    alive = [SessionLock(database_url, "poller"), SessionLock(database_url, "worker", 1)]
    for each in alive:
        each.start()
    until(lambda: all(each.process_id for each in alive))
    yield Terminal(database_url, REDIS_URL=redis_url, LEXWARE_API_URL=sandbox.url)
    for each in alive:
        each.stop()


def check(terminal: Terminal, *options: object, code: int = 0) -> Findings:
    """Level and message of each line, by check."""
    found: Findings = {}
    for line in terminal.json("check", *options, code=code):
        assert set(line) == {"check", "level", "message", "remedy", "practice_id"}
        found.setdefault(line["check"], []).append((line["level"], line["message"]))
    return found


def test_a_sound_installation_passes(terminal: Terminal, db: psycopg.Connection, tenant: Tenant) -> None:
    """Every line is ok, but that the tests' login may do anything; and the exit code is 0."""
    Practice(db).switch_on(tenant.id, tenant.key)

    found = check(terminal)

    assert [(level, "superuser" in said) for level, said in found["rights"]] == [("warning", True)]

    levels = {name: {level for level, _ in lines} for name, lines in found.items()}
    assert set(levels) == {
        "processes", "pace", "redis", "dramatiq", "database", "schema", "session locks", "contract", "privacy", "trigger", "landing",
        "changes", "role", "rights",
        "copies", "secret keys", "lexware", "transactions",
    }  # fmt: skip
    assert all(level == {"ok"} for name, level in levels.items() if name != "rights")


def test_without_poller_or_worker_nothing_is_delivered(database_url: str, redis_url: str) -> None:
    """That is a failure, with what to start."""
    terminal = Terminal(database_url, REDIS_URL=redis_url)

    assert check(terminal, code=1)["processes"] == [("failure", "Alive: pollers 0, workers 0.")]
    assert "Start `lexrelay run`." in terminal.run("check", code=1)


def test_it_speaks_german(terminal: Terminal) -> None:
    """Names of checks are the same in every language, for a monitor; what they say is for people."""
    said = [terminal.answer("check", *alarms, "--lang", "de") for alarms in ([], ["--alarms"])]

    lines = {line["check"]: line for _, found in said for line in found}
    assert lines["processes"]["message"] == "Am Leben: Poller 1, Arbeitsprozesse 1."
    assert lines["processes"]["level"] == "ok"


def test_the_page_has_a_line_and_a_remedy(terminal: Terminal) -> None:
    """For people: the same, with what to do below."""
    page = terminal.run("check")

    assert "ok       database" in page
    assert "failure" not in page


@pytest.mark.parametrize(
    ("sql", "name", "level", "said"),
    a_few_of([
        pytest.param("drop view contract.document_line", "contract", "failure", "contract.document_line.vat_rate", id="view"),
        pytest.param(
            "alter view contract.payer rename column zip to postcode", "contract", "failure", "payer.zip", id="column"
        ),
        pytest.param(
            "create or replace view contract.practice as select id as practice_id, name, plan, ''::text as host_key, "
            "'F32'::text as diagnosis from practice.practices", "contract", "warning", "practice.diagnosis", id="shows too much",
        ),
        pytest.param(
            "comment on column contract.payer.zip is null", "contract", "warning", "payer.zip", id="no comment"
        ),
        pytest.param(
            "alter table practice.invoices disable trigger lexrelay_document_completed", "trigger", "failure",
            "disabled", id="trigger off",
        ),
        pytest.param(
            "drop trigger lexrelay_document_completed on practice.invoices", "trigger", "failure", "missing",
            id="no trigger",
        ),
        pytest.param(
            "revoke execute on function contract.leaks(bigint) from lexrelay_worker, public", "privacy", "failure",
            "contract.leaks", id="leaks",
        ),
        pytest.param(
            "grant usage on schema practice to public; grant select on practice.customers to public", "role",
            "failure", "practice.customers", id="reads the host's tables",
        ),
        pytest.param(
            "grant usage on schema practice to public; grant select (birth_date) on practice.customers to public",
            "role", "failure", "practice.customers", id="reads one column",
        ),
        pytest.param(
            "grant create on schema public to public", "rights", "failure", "schema public", id="a schema for everybody",
        ),
        pytest.param(
            "update outbox.installation set compatible_from = 9999", "schema", "failure", "moved on", id="newer schema"
        ),
        pytest.param(
            "delete from outbox.migration where name like '0003%' or name like '0004%' or name > '0004'", "schema",
            "failure", "needs", id="older schema",
        ),
    ], every=4),
)  # fmt: skip
def test_what_is_wrong_with_the_database_is_named(
    terminal: Terminal, db: psycopg.Connection, sql: str, name: str, level: str, said: str
) -> None:
    """A failure ends with 1, a warning with 0."""
    db.execute(sql)

    found = check(terminal, code=1 if level == "failure" else 0)

    assert any(found_level == level and said in message for found_level, message in found[name])


def test_an_old_transaction_is_a_warning(
    terminal: Terminal, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it is open, tables grow."""
    monkeypatch.setattr(database, "_OLD_SECONDS", 0.0)
    with psycopg.connect(database_url) as open_one:
        open_one.execute("select 1")

        [(level, message)] = check(terminal)["transactions"]

        assert (level, f"pid {open_one.info.backend_pid}" in message) == ("warning", True)


class TransactionPooler:
    """Hands every statement to another session, as a pooler in transaction mode may."""

    def __init__(self, *given: Connection) -> None:
        self._sessions = list(given)

    def execute(self, *statement: Any) -> Any:
        """On the next session."""
        self._sessions.append(self._sessions.pop(0))
        return self._sessions[-1].execute(*statement)

    def notifies(self, **options: Any) -> Any:
        """Of one of them."""
        return self._sessions[0].notifies(**options)


def test_a_pooler_in_transaction_mode_is_found_out(database_url: str) -> None:
    """A session lock that does not stay with us proves nothing about our death."""
    with connect(database_url) as one, connect(database_url) as another:
        seen = sessions.look(TransactionPooler(one, another), database_url)  # type: ignore[arg-type]

    assert not seen.kept


def test_a_direct_session_is_one(database_url: str) -> None:
    """It holds its lock and hears what is said."""
    with connect(database_url) as one:
        assert sessions.look(one, database_url) == (True, True, True)


def test_services_that_are_away_are_named(database_url: str) -> None:
    """All that can be said is said, and the exit code is 1."""
    nowhere = Terminal("postgresql://nobody:topsecret@127.0.0.1:9/none", REDIS_URL="redis://:topsecret@127.0.0.1:9/0")

    found = check(nowhere, code=1)

    assert found["database"][0][0] == found["redis"][0][0] == "failure"
    assert "topsecret" not in nowhere.run("check", code=1)


def test_a_configuration_that_lacks_something_is_refused(database_url: str) -> None:
    """Exit code 78, by name, as everywhere."""
    assert "REDIS_URL is not set" in Terminal(database_url).run("check", code=78)


def test_messages_that_escaped_are_a_warning(terminal: Terminal, redis_url: str) -> None:
    """Their events are safe, but somebody should read the log."""
    with redis.Redis.from_url(redis_url) as client:
        client.zadd("lexrelay:deliveries.XQ", {"some-message": 1})

    found = check(terminal)

    assert found["dead messages"] == [("warning", found["dead messages"][0][1])]
    assert found["dead messages"][0][1].startswith("1 message escaped")


def test_a_key_that_no_secret_key_opens_is_a_failure(
    terminal: Terminal, db: psycopg.Connection, tenant: Tenant
) -> None:
    """And Lexware is not asked with it."""
    Practice(db).switch_on(tenant.id, tenant.key)
    db.execute("update lexware.connection set key_encrypted = 'gAAAAA-broken'")

    found = check(terminal, code=1)

    assert found["secret keys"][0][0] == "failure"
    assert "lexware" not in found


@pytest.mark.parametrize(
    ("action", "arguments", "said"),
    [
        pytest.param("revoke_key", {}, "does not accept the API key", id="401"),
        pytest.param("set_contract", {"ok": False}, "contract", id="402"),
    ],
)
def test_a_refused_key_is_a_failure(
    terminal: Terminal, db: psycopg.Connection, sandbox: Sandbox, tenant: Tenant,
    action: Any, arguments: dict[str, Any], said: str,
) -> None:  # fmt: skip
    """In Lexware's meaning, with the practice's id."""
    Practice(db).switch_on(tenant.id, tenant.key)
    sandbox.control.act(tenant.id, action, **({"key": tenant.key} if action == "revoke_key" else arguments))

    [(level, message)] = check(terminal, code=1)["lexware"]

    assert (level, said in message) == ("failure", True)


def test_a_refused_key_that_nobody_uses_is_a_warning(
    terminal: Terminal, db: psycopg.Connection, sandbox: Sandbox, tenant: Tenant
) -> None:
    """The practice is switched off: no document waits for it."""
    Practice(db).switch_on(tenant.id, tenant.key)
    db.execute("update outbox.lane set enabled = false")
    sandbox.control.act(tenant.id, "revoke_key", key=tenant.key)

    assert check(terminal)["lexware"][0][0] == "warning"


def test_a_strangers_key_is_a_failure(
    terminal: Terminal, db: psycopg.Connection, sandbox: Sandbox, tenant: Tenant
) -> None:
    """Documents would go to another company."""
    Practice(db).switch_on(tenant.id, sandbox.control.add_organisation().key)

    [(level, message)] = check(terminal, code=1)["lexware"]

    assert (level, "another Lexware organisation" in message) == ("failure", True)


def test_an_unreachable_lexware_is_asked_three_times_at_most(
    database_url: str, redis_url: str, db: psycopg.Connection, tenant: Tenant
) -> None:
    """A thousand practices must not take a thousand time-outs."""
    for _ in range(5):
        Practice(db).switch_on(tenant.id, tenant.key)
    terminal = Terminal(database_url, REDIS_URL=redis_url)

    lines = check(terminal, code=1)["lexware"]

    assert [level for level, _ in lines] == ["failure"] * 3 + ["warning"]
    assert "2 more practices were not asked" in lines[-1][1]


def test_a_lane_that_cools_down_is_left_alone(
    terminal: Terminal, db: psycopg.Connection, sandbox: Sandbox, tenant: Tenant
) -> None:
    """A check never adds to a 429."""
    Practice(db).switch_on(tenant.id, tenant.key)
    db.execute("update outbox.lane set cool_until = now() + interval '1 minute'")

    assert check(terminal)["lexware"][0][0] == "warning"
    assert sandbox.control.requests(tenant.id) == []


def test_every_call_of_a_check_takes_a_slot(terminal: Terminal, db: psycopg.Connection, tenant: Tenant) -> None:
    """The rate holds for commands as well."""
    Practice(db).switch_on(tenant.id, tenant.key)

    check(terminal)

    assert db.execute("select tat > now() - interval '1 minute' from outbox.lane").fetchone() == (True,)


def test_an_old_key_is_a_warning(terminal: Terminal, db: psycopg.Connection, tenant: Tenant) -> None:
    """24 months less 30 days after it was stored."""
    Practice(db).switch_on(tenant.id, tenant.key)
    db.execute("update lexware.connection set key_stored_at = now() - interval '23 months 5 days'")

    assert check(terminal)["key age"][0][0] == "warning"


def test_a_rate_above_lexwares_is_a_warning(database_url: str, redis_url: str) -> None:
    """It would only collect refusals."""
    terminal = Terminal(database_url, REDIS_URL=redis_url, LEXRELAY_RATE_PER_SECOND="5")

    assert check(terminal, code=1)["pace"][0][0] == "warning"
