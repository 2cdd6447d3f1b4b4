"""G6: planted in every personal column and text, nothing of a person is found again where it must not be.

Everything runs, failures above all. Then the remote's request log, Redis, all logs, all our tables and the default
output of the commands are searched. `preview` and `contact suggest` may show persons, and show that the search can see.
"""

import json
import os
import re
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import mishaps
import planted
import psycopg
import pytest
import services
import structlog
from addresses import every_page, places
from browser import pages
from commands import Commands
from polling import until
from practice import Practice
from prometheus_client import CollectorRegistry, generate_latest
from relay import Relay
from stage import Stage, stage

from worker.lab.sandbox.faults import Fault
from worker.lab.sandbox.server import Sandbox
from worker.lexware.payloads import ALLOWED
from worker.service.metrics import Metrics

#: What somebody typed.
SOUGHT = {"qzxnachname"}
KINDS = {"/v1/contacts": "contact", "/v1/invoices": "invoice", "/v1/credit-notes": "credit_note"}
REASONS = {
    "missing_field", "no_items", "totals_differ", "negative_total", "unknown_tax_rate", "tax_conflict",
    "exemption_note_missing", "health_data", "new_note", "text_too_long", "contact_ambiguous", "contact_gone",
    "original_not_transferred", "in_doubt", "refused_by_lexware", "retries_exhausted",
}  # fmt: skip


@dataclass
class Aftermath:
    """What is left when everything has happened in one privacy mode."""

    mode: str
    stage: Stage
    lexrelay: Commands
    logged: list[Any]
    secrets: tuple[str, ...]

    def say(self, *words: object, lang: str = "en") -> str:
        """All that a command puts on the terminal, whatever its exit code."""
        return self.lexrelay.says(*words, LEXRELAY_LANG=lang)

    def letters(self) -> list[dict[str, Any]]:
        """The dead letters."""
        letters: list[dict[str, Any]] = json.loads(self.say("dead", "list", "--json"))
        return letters

    def leaks(self, text: str) -> set[str]:
        """What a text holds that it must not, keys included."""
        return planted.found(text, *self.secrets)


@pytest.fixture(scope="module", params=["neutral", pytest.param("itemised", marks=pytest.mark.proof)])
def after(_postgres: str, _template: str, _valkey: str, request) -> Iterator[Aftermath]:
    """Everything has happened, failures above all."""
    with (
        services.database(_postgres, template=_template) as url,
        psycopg.connect(url, autocommit=True) as db,
        stage(db, url, lines=request.param) as one,
        structlog.testing.capture_logs() as logged,
    ):
        db.execute("update practice.practices set name = 'Qzxpraxis'")
        mishaps.live_through(one)
        lexrelay = Commands(url, one.sandbox)
        lexrelay.environment["REDIS_URL"] = _valkey
        yield Aftermath(request.param, one, lexrelay, logged, _keys(one))


def _keys(one: Stage) -> tuple[str, ...]:
    return tuple(key for tenant in one.control.organisations() for key in tenant.keys)


def test_all_of_it_has_happened(after: Aftermath) -> None:
    """Many kinds of dead letters, pauses and doubts; documents and cancellations that arrived."""
    assert {letter["reason"] for letter in after.letters()} >= REASONS
    assert {document["kind"] for document in after.stage.documents()} == {"invoice", "creditnote"}
    reasons = {row[0] for row in after.stage.db.execute("select reason from outbox.attempt").fetchall()}
    assert reasons >= {"permission_missing", "plan_too_small", "key_refused", "rate_limited", "in_doubt", "unexpected"}


def test_lexware_received_only_what_may_leave(after: Aftermath) -> None:
    """Paths of the mode's closed set, none undocumented; each word only where its column belongs."""
    calls = after.stage.control.requests(after.stage.tenant.id)

    for call in calls:
        assert call["unknown_fields"] == []
        assert planted.misplaced(call, after.mode) == set()
        assert after.leaks(json.dumps(call, default=str)).isdisjoint(map(str.lower, after.secrets))
        if call["method"] == "POST":
            assert planted.body_paths(call["body"]) <= ALLOWED[after.mode][KINDS[call["path"]]]
    assert {call["path"] for call in calls if call["method"] == "POST"} == set(KINDS)


def test_our_tables_hold_no_person(after: Aftermath) -> None:
    """Events, attempts, intents, looks, operator actions, links: ids, numbers, codes, times."""
    text = planted.ledger(after.stage.db)

    assert "retries_exhausted" in text
    assert after.leaks(text) == set()


def test_the_delivery_logs_no_person(after: Aftermath) -> None:
    """Before any filter: nobody even tries to log one. An exception is its class and its way through the code."""
    text = "\n".join(map(repr, after.logged))

    assert "delivery.failed" in text
    assert after.leaks(text) == set()


def test_the_metrics_tell_of_no_person(after: Aftermath) -> None:
    """What Prometheus is told: ids, reasons, states and figures."""
    registry = CollectorRegistry()
    registry.register(Metrics(after.lexrelay.environment["DATABASE_URL"]))
    text = generate_latest(registry).decode()

    assert 'reason="health_data"' in text
    assert after.leaks(text) == set()


@pytest.mark.parametrize(
    "form",
    [
        pytest.param([], id="people"),
        pytest.param(["--json"], id="json", marks=pytest.mark.proof),
        pytest.param(["--lang", "de"], id="german", marks=pytest.mark.proof),
    ],
)
def test_commands_show_no_person(after: Aftermath, form: list[str]) -> None:
    """The default output of everything an operator reads, for programs and for people; `status` names the practice."""
    practice = ["--practice", after.stage.practice.practice_id]
    letters = after.letters()
    numbers = [letter["number"] for letter in letters] + ["RE-2026-0001", "ST-2026-0001"]
    commands: list[list[Any]] = [
        ["status"], ["history"], ["history", *practice], ["dead", "list"], ["dead", "groups"],
        ["contact", "list", *practice], ["contact", "list", "--check", *practice],
        ["replay", "--all", "--dry-run"], ["replay", letters[0]["event_id"], "--dry-run", "--look"],
        *(["show", number, *practice] for number in numbers),
        *(["dead", "show", letter["event_id"]] for letter in letters),
        ["report", *practice, "--month", "2026-11"], ["report", "verify", *practice],
    ]  # fmt: skip
    plain: list[list[Any]] = [
        ["check"], ["check", "--alarms"], ["backfill", *practice, "--from", "2026-11-01", "--to", "2026-11-30", "--dry-run"],
    ]  # fmt: skip

    said = [after.say(*command, *form) for command in commands]
    said += [after.say(*command, *(each for each in form if each == "--json")) for command in plain]

    assert all(said)
    assert [one for one in said if after.leaks(one) - {"qzxpraxis"}] == []


@pytest.mark.parametrize("role", ["operator", "viewer"])
@pytest.mark.parametrize("lang", ["de", "en"])
def test_pages_show_no_person(after: Aftermath, role: str, lang: str) -> None:
    """Every page of the console, and of each document and cause its own, before any reveal; `sought`: neither by a name."""
    own, database_url = after.stage.practice.practice_id, after.lexrelay.environment["DATABASE_URL"]
    events = after.stage.db.execute("select event_id, number from outbox.event").fetchall()
    causes = {f"/letters?group={letter['group']}" for letter in after.letters()}
    addresses = [*every_page(places(after.stage.db, own)).values(), *(f"/documents/{event}" for event, _ in events)]
    sought = [
        f"{path}?q=Qzxnachname" for path in ("/documents", f"/practices/{own}/documents", f"/practices/{own}/customers")
    ]

    with pages(database_url, after.stage.sandbox.url) as console:
        browser = console.browser(role)
        said = {path: browser.get(path, **{"accept-language": lang}) for path in (*addresses, *causes, *sought)}

    assert {one.status_code for one in said.values()} == {200}
    # what was sought is said again in its field, and the wording that waits to be confirmed is the practice's own text
    known = {"qzxpraxis", "qzxgrund"}
    assert [
        path for path, one in said.items() if after.leaks(one.text) - known - (SOUGHT if "?q=" in path else set())
    ] == []


def test_no_address_of_a_practices_page_names_a_person(after: Aftermath) -> None:
    """Names are shown to the practice itself, but in no link, no form's address and no header, where servers would log them."""
    own = after.stage.practice.practice_id
    with pages(after.lexrelay.environment["DATABASE_URL"], after.stage.sandbox.url) as console:
        browser = console.browser("practice", own)
        said = [browser.get(path) for path in every_page(places(after.stage.db, own), own=True).values()]

    assert any("qzxnachname" in after.leaks(one.text) for one in said)
    for one in said:
        addresses = re.findall(r'(?:href|action|src|data-refresh)="([^"]*)"', one.text)
        assert after.leaks("\n".join([*addresses, *one.headers.values()])) == set()


@pytest.mark.parametrize("form", [["--json"], []], ids=["json", "people"])
def test_of_the_practice_its_name_is_all_that_is_shown(after: Aftermath, form: list[str]) -> None:
    """`practice list` and `practice show` name the practice, and nobody in it; the API key stays where it is."""
    said = after.say("practice", "list", *form), after.say("practice", "show", "--practice", 1, *form)

    assert set(map(frozenset, map(after.leaks, said))) == {frozenset({"qzxpraxis"})}


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["preview", "RE-2026-0001"], id="preview"),
        pytest.param(["contact", "suggest"], id="contact suggest"),
        pytest.param(["dead", "show", "--reveal"], id="reveal"),
    ],
)
def test_who_sees_a_person_is_recorded(after: Aftermath, words: list[Any]) -> None:
    """Three commands show persons, never diagnosis, birth date or insurance number; the history says who asked and why."""
    of = ["--practice", after.stage.practice.practice_id]
    about = [after.letters()[0]["event_id"]] if "--reveal" in words else of
    if "suggest" in words:
        planted.customer_in_waiting(after.stage.practice)

    said = after.say(*words, *about, "--by", "Ada", "--why", "on the telephone")

    shown = after.leaks(said)
    recorded = after.stage.db.execute(
        "select 1 from outbox.operator_action where by = 'Ada' and why = 'on the telephone' and action like %s",
        (f"%{words[-1].strip('-') if len(words) > 2 else words[0]}%",),
    ).fetchone()
    assert "qzxnachname" in shown
    assert shown.isdisjoint({"qzxdiagnose", "q987654321", "1961-07-23", "23.07.1961", *after.secrets})
    assert recorded


# Through real processes


@pytest.mark.parametrize("log_format", ["json", pytest.param("console", marks=pytest.mark.proof)])
def test_processes_log_and_queue_no_person(
    db: psycopg.Connection, database_url: str, redis_url: str, log_format: str
) -> None:
    """Poller and workers that babble at every chance: their logs and all of Redis hold ids and codes."""
    with (
        Sandbox(organisations=3) as sandbox,
        Relay(
            database_url, redis_url, sandbox.url, LEXRELAY_LOG_FORMAT=log_format, LEXRELAY_RETRY_DELAYS="50ms,100ms"
        ) as relay,
    ):
        sandbox.control.set_switches(rate_per_second=0)
        practices = [Practice(db, name="Qzxpraxis") for _ in sandbox.tenants]
        for practice, tenant in zip(practices, sandbox.tenants, strict=True):
            practice.switch_on(tenant.id, tenant.key)
        first, babbles = sandbox.tenants[0].id, planted.BABBLE
        sandbox.control.add_fault(
            Fault(method="POST", path="/v1/contacts", organisation=first, status=406, body=babbles)
        )
        worker = relay.worker(app="leaking_app:broker")
        until(lambda: "worker" in _alive(db))
        os.killpg(worker.pid, signal.SIGSTOP)
        relay.poller()

        for practice, number in zip(practices, ("LEAK-BEGIN", "LEAK-SETTLE", "LEAK-TRANSLATE"), strict=True):
            planted.invoice(practice, number=number)
            practice.cancel(planted.invoice(practice), **planted.TEXTS)
        until(lambda: planted.queue(redis_url).count("event_id") >= len(practices))
        queued = planted.queue(redis_url)
        os.killpg(worker.pid, signal.SIGCONT)
        until(lambda: _quiet(db))

        secrets = tuple(tenant.key for tenant in sandbox.tenants)
        for text in (queued, planted.queue(redis_url), relay.said(), planted.ledger(db)):
            assert planted.found(text, *secrets) == set()
        assert "XQ" in planted.queue(redis_url), "what escaped the attempt was not kept"
        for event in ("delivery.settled", "delivery.failed", "library.spoke"):
            assert event in relay.said()


def _alive(db: psycopg.Connection) -> list[str]:
    return [row[0] for row in db.execute("select kind from outbox.process where gone_at is null").fetchall()]


def _quiet(db: psycopg.Connection) -> bool:
    """Whether two have died of it, and everything is settled but what waits behind them."""
    row = db.execute(
        "select count(*) filter (where state = 'pending' and not outbox.blocked(e)), count(*) filter (where state = 'dead') "
        "from outbox.event e"
    ).fetchone()
    return row is not None and row[0] == 0 and row[1] >= 2
