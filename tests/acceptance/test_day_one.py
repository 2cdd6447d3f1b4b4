"""The first days of a practice, by the commands of the README only; what changes something is a process of its own.

Only the practice software writes SQL, and Lexware's user works in Lexware. That days pass is written into the dates.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
import services
from commands import Commands
from polling import until
from practice import Practice
from relay import ROOT, Relay

from worker.lab.sandbox.control import Tenant
from worker.lab.sandbox.server import Sandbox
from worker.lexware.translate.dates import BERLIN

pytestmark = pytest.mark.proof

PERMALINK = "https://app.lexware.de/permalink/contacts/view/"
PEOPLE = {"Ada": "Lindenweg 3", "Bert": "Ahornallee 12", "Carla": "Am Markt 1"}


@dataclass
class FirstDays:
    """A practice that has never heard of lexrelay, its Lexware, and a terminal."""

    db: psycopg.Connection[Any]
    sandbox: Sandbox
    tenant: Tenant
    relay: Relay
    terminal: Commands
    practice: Practice = field(init=False)
    typed: list[tuple[str, ...]] = field(default_factory=list)

    def lexrelay(self, *words: object, stdin: str = "", exits: int = 0) -> str:
        """Type a command; what it says on stdout, or on stderr when it fails."""
        self.typed.append(tuple(map(str, words)))
        code, stdout, stderr = self.terminal.process(*words, stdin=stdin)
        assert code == exits, f"{words}: {code}\n{stdout}{stderr}"
        return stderr if exits else stdout

    def of_practice(self, *words: object, stdin: str = "", exits: int = 0) -> str:
        """The same for this practice."""
        return self.lexrelay(*words, "--practice", self.practice.practice_id, stdin=stdin, exits=exits)

    def look(self, *words: object) -> Any:
        """What a reading command gives with `--json`; these need no process of their own."""
        return self.terminal.json(*words)

    def show(self, number: str) -> dict[str, Any]:
        """What `show` says of a document."""
        told: dict[str, Any] = self.look("show", number, "--practice", self.practice.practice_id)
        return told

    def arrives(self, invoice: int) -> dict[str, Any]:
        """Wait until a document has settled, then look at it with `show`."""
        statement = "select number from outbox.event where document_id = %s and state <> 'pending'"
        until(lambda: self.db.execute(statement, (invoice,)).fetchone())
        (number,) = self.db.execute(statement, (invoice,)).fetchone() or ("",)
        return self.show(number)

    def days_pass(self, days: int) -> None:
        """Everything that has been ordered was ordered so many days earlier."""
        span = {"days": days}
        self.db.execute(
            "update lexware.booking set ordered_on = ordered_on - %(days)s, trial_until = trial_until - %(days)s, "
            "decline_by = decline_by - %(days)s, ends_on = ends_on - %(days)s",
            span,
        )
        self.db.execute(
            "update outbox.lane set booked_from = booked_from - make_interval(days => %(days)s), "
            "booked_until = booked_until - make_interval(days => %(days)s)",
            span,
        )


@pytest.fixture(name="day_one")
def _day_one(_postgres: str, redis_url: str) -> Iterator[FirstDays]:
    with (
        services.database(_postgres) as url,
        psycopg.connect(url, autocommit=True) as db,
        Sandbox() as sandbox,
        Relay(url, redis_url, sandbox.url) as relay,
    ):
        sandbox.control.set_switches(rate_per_second=0)
        terminal = Commands(url, sandbox)
        terminal.environment |= relay.environment | {"LEXRELAY_LANG": "en"}
        yield FirstDays(db, sandbox, sandbox.tenants[0], relay, terminal)


def test_the_first_days_of_a_practice(day_one: FirstDays) -> None:
    """Ordered, connected, two linked, suggested, previewed, switched on; invoiced, cancelled; key lost; unbooked."""
    people = _opening(day_one)
    _switching_on(day_one, people)
    day_one.relay.start(sys.executable, "-m", "worker", "run")
    _invoice_and_cancellation(day_one, people["Ada"])
    _key_revoked_and_replaced(day_one, people["Carla"])
    _unbooked_and_booked_again(day_one, people["Bert"])

    assert _shapes_of_readme() <= set(map(_shape, day_one.typed))


def _opening(it: FirstDays) -> dict[str, int]:
    """The schemas, and a practice with three customers and an invoice of old; returns the customers by first name."""
    assert "applied" in it.lexrelay("migrate", "--reference-practice")
    it.practice = Practice(it.db)
    people = {
        name: it.practice.customer(first_name=name, last_name="Beispiel", street=street)
        for name, street in PEOPLE.items()
    }
    it.practice.invoice(people["Carla"])
    return people


def _switching_on(it: FirstDays, people: dict[str, int]) -> None:
    today = datetime.now(BERLIN).date()
    trial, decline = today + timedelta(days=30), today + timedelta(days=20)
    contacts = {name: _contact(it, name) for name in PEOPLE}

    assert "Free until" in it.of_practice("practice", "book", "--trial-until", trial, "--decline-by", decline)
    assert "Connected with" in it.of_practice("practice", "connect", stdin=it.tenant.key)
    for name in ("Ada", "Bert"):
        said = it.of_practice("contact", "link", "--customer", people[name], PERMALINK + contacts[name])
        assert contacts[name] in said
    suggested = it.of_practice("contact", "suggest")
    assert contacts["Carla"] in suggested
    assert contacts["Ada"] not in suggested
    previewed = it.of_practice("preview", "RE-2026-0001")
    assert contacts["Carla"] in previewed
    assert "Leistungen gemäß Rechnung RE-2026-0001" in previewed
    assert "--avv-date" in it.of_practice("practice", "enable", exits=1)
    enabled = it.of_practice("practice", "enable", "--avv-date", "2026-11-01")
    assert "No poller is running" in enabled  # all else is there
    assert "lexrelay backfill" in enabled
    assert it.sandbox.control.documents(it.tenant.id) == []


def _contact(it: FirstDays, name: str) -> str:
    """A contact that the practice has in Lexware since before."""
    address = {"street": PEOPLE[name], "zip": "50667", "city": "Köln", "countryCode": "DE"}
    body = {"roles": {"customer": {}}, "person": {"firstName": name, "lastName": "Beispiel"}}
    made = it.sandbox.control.act(
        it.tenant.id, "create_contact", body=body | {"addresses": {"billing": [address]}}
    )  # fmt: skip
    return str(made["id"])


def _invoice_and_cancellation(it: FirstDays, payer: int) -> None:
    invoice = it.practice.invoice(payer)
    sent = it.arrives(invoice)
    taken_back = it.arrives(it.practice.cancel(invoice))

    assert [sent["state"], taken_back["state"]] == ["delivered", "delivered"]
    documents = {document["id"]: document for document in it.sandbox.control.documents(it.tenant.id)}
    assert [documents[one["lexware_id"]]["kind"] for one in (sent, taken_back)] == ["invoice", "creditnote"]
    assert all(one["lexware_id"] in one["url"] for one in (sent, taken_back))
    assert len(it.sandbox.control.contacts(it.tenant.id)) == len(PEOPLE)
    (pair,) = it.look("status")["draft_pairs"]
    assert (pair["invoice_id"], pair["credit_note_id"]) == (sent["lexware_id"], taken_back["lexware_id"])
    assert "delivered" in it.of_practice("show", taken_back["number"])


def _key_revoked_and_replaced(it: FirstDays, payer: int) -> None:
    it.sandbox.control.act(it.tenant.id, "revoke_key", key=it.tenant.key)
    invoice = it.practice.invoice(payer)
    until(lambda: it.db.execute("select 1 from outbox.lane where pause_reason = 'key_invalid'").fetchone())
    (number,) = it.db.execute("select number from practice.invoices where id = %s", (invoice,)).fetchone() or ("",)

    held = it.show(number)
    assert (held["state"], held["reason"]) == ("held", "key_invalid")
    assert it.tenant.key not in it.of_practice("practice", "connect", stdin=it.tenant.key, exits=1)

    new_key = it.sandbox.control.act(it.tenant.id, "new_key")["key"]
    said = it.of_practice("practice", "connect", stdin=f"{new_key}\n")

    assert "The pause (key_invalid) is lifted." in said
    assert new_key not in said
    assert it.arrives(invoice)["state"] == "delivered"


def _unbooked_and_booked_again(it: FirstDays, payer: int) -> None:
    said = it.of_practice("practice", "unbook")
    assert "Nothing is charged." in said
    assert "held, not lost" in said
    it.days_pass(60)

    invoice = it.practice.invoice(payer)
    (number,) = it.db.execute("select number from practice.invoices where id = %s", (invoice,)).fetchone() or ("",)
    held = it.show(number)
    assert (held["state"], held["reason"]) == ("held", "not_booked")
    assert len(it.sandbox.control.documents(it.tenant.id)) == 3

    it.of_practice("practice", "book")

    assert it.arrives(invoice)["state"] == "delivered"
    assert it.look("status")["events"]["delivered"] == 4
    done = [row["action"] for row in reversed(it.look("history"))]
    assert done == [
        "practice.book", "practice.connect", "contact.link", "contact.link", "contact.suggest", "preview",
        "practice.enable", "practice.connect", "practice.unbook", "practice.book",
    ]  # fmt: skip


def _shapes_of_readme() -> set[frozenset[str]]:
    """The commands by which the README switches a practice on."""
    readme = Path(ROOT / "README.md").read_text()
    (block,) = re.findall(r"\*\*To switch it on\*\*.*?```sh\n(.*?)```", readme, re.DOTALL)
    return {_shape(tuple(re.split(r"\s[#<]", line)[0].split()[1:])) for line in block.splitlines()}


def _shape(words: tuple[str, ...]) -> frozenset[str]:
    """The names of command and options, whatever their values and their order."""
    command = [word for word in words[: 1 if words[0] == "preview" else 2] if not word.startswith("--")]
    return frozenset([*command, *(word for word in words if word.startswith("--"))])
