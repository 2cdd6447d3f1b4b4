"""Sixty spellings of secrets in every channel: a text, number, name or address of the host, a text of Lexware's own.

Nothing of any is found in what leaves or is left: on the wire, in Redis, logs, tables, PostgreSQL's log, metrics, commands'
output, pages and reports; neither as written nor folded nor encoded. A few of each in every run, more as a proof, all of them by `pytest -m long` and this file's name.
"""

import json
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, get_args

import planted
import psycopg
import pytest
import services
import structlog
from browser import pages
from click.testing import CliRunner
from commands import Commands
from prometheus_client import CollectorRegistry, generate_latest
from psycopg.conninfo import conninfo_to_dict
from spelled import spelled
from stage import Stage, stage
from traces import found
from watching import Watcher

from worker.actors import enqueue, register
from worker.broker import make_broker
from worker.cli import main
from worker.host.apply import migrate
from worker.lab.embedded import EmbeddedPostgres
from worker.lab.sandbox import gateway
from worker.lab.sandbox.answers import Reply
from worker.lab.sandbox.faults import Fault, faulty_answer
from worker.operations.report.formats.render import Form
from worker.service.metrics import Metrics

#: Stands beside each secret, and tells of the whole text.
TRACE = "Qzxgeheim"
INSURED, BORN = "Q987654321", date(1961, 7, 23)
SOUGHT = (TRACE, INSURED, "23.07.1961", "1961-07-23", "23071961", "Zwangsgedanken", "23. Juli 1961")
WHOSE = [INSURED, "Q 987 654 321", "geb. 23.07.1961", "geboren am 23. Juli 1961", "geb. 1961-07-23"]
HEALTH = ["F43.21", "ICD-10: F43.21", "Zwangsgedanken"]
#: An administrator who wants to know everything: each statement with its values, of whatever session.
CURIOUS = services.FAST | {"log_min_duration_statement": "0", "log_line_prefix": "\x1e%a\x1f"}


_TIMES = re.compile(r"duration: [\d.]+ ms")


@dataclass
class House:
    """What was lived through in one privacy mode."""

    stage: Stage
    url: str
    redis_url: str
    server: EmbeddedPostgres | None
    #: Of how many documents everything is looked at; of all others what is listed.
    seen: int
    logged: list[Any] = field(default_factory=list)

    def of_host(self, channel: str, text: str) -> None:
        """A document with the text in this channel, for a payer of its own whose secrets these are."""
        columns, line, payer = dict[str, Any](), dict[str, Any](), {"birth_date": BORN, "insurance_number": INSURED}
        match channel.split("."):
            case ["document", name]:
                columns[name] = text
            case ["line", name]:
                line[name] = text
            case ["payer", name]:
                payer[name] = text
        last_name = {"last_name": TRACE} if channel == "document.number" else {}
        self.stage.practice.invoice(planted_payer(self.stage, payer | last_name), [line], **columns)


def planted_payer(one: Stage, columns: dict[str, Any]) -> int:
    """A payer; a supplement is no column of the practice's helper."""
    supplement = columns.pop("address_supplement", None)
    payer = one.practice.customer(**columns)
    one.db.execute("update practice.customers set address_supplement = %s where id = %s", (supplement, payer))
    return payer


#: Channel: what is planted there, and what stands around it.
CHANNELS: dict[str, tuple[list[str], str]] = {
    "document.exemption_note": ([*WHOSE, *HEALTH], f"Umsatzsteuerfrei {TRACE} {{}}"),
    "document.introduction": ([*WHOSE, *HEALTH], f"Wie besprochen {TRACE} {{}}"),
    "document.number": ([INSURED, "Qzxgeheim", "23.07.1961", "1961-07-23"], "RE {}"),
    "line.description": ([*WHOSE, *HEALTH], f"Behandlung {TRACE} {{}}"),
    "line.unit": ([*WHOSE, *HEALTH], f"{TRACE} {{}}"),
    "line.code": ([*WHOSE, "F43.21"], f"{TRACE} {{}}"),
    "payer.salutation": ([*WHOSE, "F43.21"], f"{TRACE} {{}}"),
    "payer.first_name": ([*WHOSE, "F43.21"], f"{TRACE} {{}}"),
    "payer.last_name": ([*WHOSE, "F43.21", "(Zwangsgedanken)"], f"{TRACE} {{}}"),
    "payer.company_name": ([*WHOSE, "F43.21", "(Zwangsgedanken)"], f"{TRACE} {{}}"),
    "payer.street": ([*WHOSE, "F43.21"], f"{TRACE} {{}}"),
    "payer.address_supplement": ([*WHOSE, "F43.21"], f"{TRACE} {{}}"),
    "payer.city": ([*WHOSE, "F43.21"], f"{TRACE} {{}}"),
    "payer.zip": ([INSURED, "23.07.1961", "1961-07-23"], f"{TRACE} {{}}"),
    "payer.customer_number": ([INSURED, "Q 987 654 321", "23.07.1961", "1961-07-23"], "{}"),
    "payer.email": ([INSURED, "23.07.1961", "1961-07-23"], "{}@beispiel.example"),
    "payer.phone": ([INSURED, "23.07.1961", "1961-07-23"], "0221 {}"),
}  # fmt: skip
ANSWERS: list[str] = [*WHOSE, *HEALTH]


def _babbling(text: str) -> Callable[..., Reply]:
    """An answer of Lexware with the text wherever a text may stand: body, keys, headers."""
    body = {
        "message": text, "error": text, "traceId": text, "requestId": text, "path": text, text: text, "timestamp": text,
        "details": [{"violation": text, "field": text, "message": text}],
        "IssueList": [{"i18nKey": text, "source": text, "type": text, "additionalData": text, "args": {text: text}}],
    }  # fmt: skip
    ascii_only = text.encode("ascii", "xmlcharrefreplace").decode().translate({10: " ", 13: " "})
    headers = dict.fromkeys(("X-Trace", "Location", "Set-Cookie", "Server", "X-Amzn-Requestid"), ascii_only)

    def answer(fault: Fault, method: str, path: str, own: Reply | None) -> Reply:
        if fault.body != "babble":
            return faulty_answer(fault, method, path, own)
        return Reply(status=fault.status, payload=json.dumps(body, ensure_ascii=False).encode(), headers=headers)

    return answer


STRUCK = [("*", "/v1/contacts*", 406), ("POST", "/v1/invoices", 406), ("POST", "/v1/invoices", 400), ("POST", "/v1/invoices", 500), ("GET", "/v1/voucherlist*", 500), ("POST", "/v1/invoices", 418)]  # fmt: skip


def _lexware_says(house: House, texts: list[str]) -> None:
    """Each text in an answer; then in contacts that are searched and linked, and in drafts that are read back."""
    one = house.stage
    for place, text in enumerate(texts):
        method, path, status = STRUCK[place % len(STRUCK)]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(gateway, "faulty_answer", _babbling(f"{TRACE} {text}"))
            one.control.add_fault(Fault(method=method, path=path, status=status, body="babble"))
            one.practice.invoice(one.practice.customer())
            one.run()
            one.control.clear_faults()
        _in_a_contact(one, f"{TRACE} {text}"[:90])
    one.run()
    for text, document in zip(texts, one.documents(), strict=False):
        changes = {"remark": f"{TRACE} {text}", "introduction": text, "title": text[:20]}
        one.control.act(one.tenant.id, "edit_draft", document=document["id"], changes=changes)
    watcher = Watcher(one)
    for kind in ("sweep", "deep", "contacts", "delta", "probe"):
        watcher.run(kind)
    watcher.close()


def _in_a_contact(one: Stage, text: str) -> None:
    """A linked contact, and one of the payer's own name, with the text in every field."""
    name = one.practice.customer(last_name="Lindenau")
    billing = [{"street": text, "supplement": text, "zip": "50667", "city": text, "countryCode": "DE"}]
    body = {"roles": {"customer": {}}, "addresses": {"billing": billing}, "note": text, "emailAddresses": {"private": ["q@x.example"]},
            "phoneNumbers": {"private": [text[:30]]}}  # fmt: skip
    twin = one.control.act(
        one.tenant.id,
        "create_contact",
        body=body | {"person": {"firstName": text, "lastName": "Lindenau", "salutation": "Frau"}},
    )
    linked = one.practice.customer()
    one.practice.link(linked, twin["id"], one.tenant.id)
    one.practice.invoice(linked)
    one.practice.invoice(name)


@pytest.fixture(
    params=[
        pytest.param(2, id="some"),
        pytest.param(12, id="many", marks=[pytest.mark.proof]),
        pytest.param(66, id="all", marks=[pytest.mark.long, pytest.mark.timeout(3600)]),
    ],
    name="many",
)
def _many(request: pytest.FixtureRequest) -> int:
    many: int = request.param
    return many


@pytest.fixture(name="house", params=["neutral", "itemised"])
def _house(
    request: pytest.FixtureRequest,
    many: int,
    _postgres: str,
    _template: str,
    redis_url: str,
    caplog: pytest.LogCaptureFixture,
) -> Iterator[House]:
    with ExitStack() as stack:
        server, server_url, template = None, _postgres, _template
        if many > 2:
            server = stack.enter_context(EmbeddedPostgres(settings=CURIOUS))
            server_url = server.url()
            migrated = stack.enter_context(services.database(server_url))
            migrate(migrated, reference_practice=True)
            template = str(conninfo_to_dict(migrated)["dbname"])
        url = stack.enter_context(services.database(server_url, template=template))
        db = stack.enter_context(psycopg.connect(url, autocommit=True, application_name="the practice software"))
        caplog.set_level(logging.DEBUG)
        logged = stack.enter_context(structlog.testing.capture_logs())
        one = stack.enter_context(stage(db, url, lines=request.param))
        yield House(one, url, redis_url, server, seen=many // 2, logged=logged)


def _some(secrets: list[str], many: int) -> list[str]:
    """So many spellings, of all secrets and in all dresses."""
    every = list(spelled(*secrets))
    return every[:: max(1, len(every) // many)][:many]


def test_nothing_of_a_secret_is_found_anywhere(
    house: House, many: int, caplog: pytest.LogCaptureFixture, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Whatever was planted, whatever became of it."""
    counts = {}
    for channel, (secrets, around) in CHANNELS.items():
        texts = _some(secrets, many)
        counts[channel] = len(texts)
        for text in texts:
            house.of_host(channel, around.format(text))
    handed = house.stage.hand_out()
    broker = make_broker(house.redis_url)
    register(broker, lambda *_: None)
    enqueue(broker, handed)
    house.stage.db.execute("update outbox.event set handed_at = null, lease_until = null where handed_at is not null")
    house.stage.run()
    texts = _some(ANSWERS, many)
    counts["Lexware"] = len(texts)
    _lexware_says(house, texts)

    said = dict(_told(house, tmp_path)) | {"logs": caplog.text + repr(house.logged)}

    assert {name: sorted(hits) for name, text in said.items() if (hits := found(text, SOUGHT))} == {}
    assert min(counts.values()) >= min(many, 60), counts
    request.node.user_properties.append((f"spellings, {house.stage.tenant.id[:4]}", sum(counts.values())))


def _told(house: House, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Every place, with all that stands in it."""
    one = house.stage
    yield "wire", json.dumps(one.control.requests(), default=str)
    yield "Redis", planted.queue(house.redis_url)
    yield "tables", planted.ledger(one.db)
    for view in ("document_status", "practice_status"):
        yield view, "\n".join(row[0] for row in one.db.execute(f"select v::text from lexrelay.{view} v"))
    registry = CollectorRegistry()
    registry.register(Metrics(house.url))
    yield "metrics", generate_latest(registry).decode()
    yield from _commands(house, tmp_path)
    yield from _pages(house)
    if house.server:
        entries = (house.server.folder / "log").read_text(errors="replace").split("\x1e")
        ours = {_TIMES.sub("", entry) for entry in entries if not entry.startswith("the practice software\x1f")}
        yield "PostgreSQL's log", "\n".join(sorted(ours))


def _commands(house: House, tmp_path: Path) -> Iterator[tuple[str, str]]:
    lexrelay = Commands(house.url, house.stage.sandbox)
    practice = ["--practice", str(house.stage.practice.practice_id)]
    rows = house.stage.db.execute("select event_id, number from outbox.event order by event_id").fetchall()
    some = rows[:: max(1, len(rows) // house.seen)]
    lines: list[list[Any]] = [
        ["status"], ["history"], ["dead", "list"], ["dead", "groups"], ["drafts", *practice], ["contact", "list", *practice],
        ["contact", "list", "--check", *practice], ["replay", "--all", "--dry-run"], ["check"], ["check", "--alarms"],
        *(["dead", "show", event] for event, _ in some), *(["show", number, *practice] for _, number in some if number),
        ["backfill", *practice, "--from", "2026-11-01", "--to", "2026-11-30", "--dry-run"], ["practice", "list"],
    ]  # fmt: skip
    for words in lines:
        for form in ([], ["--json"]):
            for lang in ("de", "en")[: house.seen]:
                environment = lexrelay.environment | {"LEXRELAY_LANG": lang, "REDIS_URL": house.redis_url}
                yield (
                    " ".join(map(str, [*words, *form])) + f" {lang}",
                    CliRunner().invoke(main, [*map(str, words), *form], env=environment).output,
                )
    for form in get_args(Form):
        out = tmp_path / form
        lexrelay("report", *practice, "--month", "2026-11", "--format", form, "--out", out, exits=1)
        yield f"report {form}", out.read_bytes().decode("utf-8", "replace")


def _pages(house: House) -> Iterator[tuple[str, str]]:
    events = [row[0] for row in house.stage.db.execute("select event_id from outbox.event order by event_id")]
    with pages(house.url, house.stage.sandbox.url) as console:
        browser = console.browser("operator")
        for path in (
            "/",
            "/letters",
            "/documents",
            "/practices",
            "/history",
            "/system",
            *(f"/documents/{one}" for one in events[:: max(1, len(events) // house.seen)]),
        ):
            yield path, browser.get(path).text
