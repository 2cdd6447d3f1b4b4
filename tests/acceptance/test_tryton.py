"""A real Tryton, driven by its own code, whose owner may make no roles: everything arrives, to the cent, and nothing else."""

import time
from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from hosts.plugged import Plugged, plugged
from hosts.tryton.databases import owned_database, owner
from hosts.tryton.installation import Installation
from hosts.tryton.tryton import Tryton

from worker.host import folder as folders

pytestmark = pytest.mark.proof

FOLDER = folders.built_in("tryton")
EXEMPT = (1, "85.00", "befreit", "20501")


@pytest.fixture(name="tryton")
def _tryton(_postgres: str, record_property: Callable[[str, object], None]) -> Iterator[Tryton]:
    """A Tryton with a company, its chart of accounts, taxes and products, and nobody in it yet."""
    began = time.monotonic()
    installation = Installation()
    with owner(_postgres) as login, owned_database(_postgres, login) as url:
        installation.prepare(url)
        with Tryton(installation, url) as one:
            record_property("seconds to set Tryton up", f"{time.monotonic() - began:.1f}")
            yield one


def test_everything_arrives_to_the_cent_and_nothing_else(tryton: Tryton, redis_url: str) -> None:
    """Posted, paid, credited with and without a refund and in part, cancelled without a document, in a batch, of old."""
    person = tryton.do("party", name="Ada Beispiel")["id"]
    company = tryton.do("party", name="Muster & Söhne", street="Hof 2\nHinterhaus", country="AT")["id"]
    history = tryton.posted(person, EXEMPT)["number"]

    with plugged(tryton.url, redis_url, FOLDER, tax_type="net") as one:
        expected = {
            **_invoices(tryton, person, company),
            **_credit_notes(tryton, person, company),
            **_cancelled_without_a_document(tryton, person),
        }
        other = _what_stays(tryton, person)
        ended = dict.fromkeys(expected, "delivered") | other
        one.arrive(ended)
        expected |= _in_two_commits(tryton, one, person, ended)
        one.commands("backfill", "--practice", one.practice, "--from", "2020-01-01", "--to", "2099-01-01", "--yes")
        expected[history] = ("invoice", Decimal("85.00"))
        one.arrive(dict.fromkeys(expected, "delivered") | other)

        assert one.in_lexware() == expected
        assert len(one.sandbox.control.contacts(one.tenant.id)) == 2
        rows = one.db.execute("select distinct origin from outbox.event").fetchall()
        assert {row[0] for row in rows} == {"trigger", "backfill"}


Documents = dict[str, tuple[str, Decimal]]


def _invoices(tryton: Tryton, person: int, company: int) -> Documents:
    plain = tryton.do("invoice", party=person, lines=[EXEMPT])
    tryton.do("click", invoice=plain["id"], button="validate_invoice")
    plain = tryton.do("click", invoice=plain["id"], button="post")
    lines = [(2.5, "40.00", "19 %", "BGM"), (1, "10.333", "7 %"), (-1, "5.00", "19 %"), EXEMPT]
    paid = tryton.posted(company, *lines)
    assert tryton.do("pay", invoice=paid["id"])["state"] == "paid"
    return {plain["number"]: ("invoice", Decimal("85.00")), paid["number"]: ("invoice", Decimal("209.10"))}


def _credit_notes(tryton: Tryton, person: int, company: int) -> Documents:
    refunded = tryton.posted(person, EXEMPT)
    refund = tryton.do("credit", invoice=refunded["id"], refund=True)
    whole = tryton.posted(company, (2, "40.00", "19 %", "BGM"))
    note = tryton.do("credit", invoice=whole["id"], refund=False)
    note = tryton.do("click", invoice=note["id"], button="post")
    partly = tryton.posted(company, (3, "40.00", "19 %", "BGM"), (1, "40.00", "19 %"))
    part = tryton.do("credit", invoice=partly["id"], refund=False, only=1)
    part = tryton.do("click", invoice=part["id"], button="post")
    return {
        refunded["number"]: ("invoice", Decimal("85.00")), refund["number"]: ("creditnote", Decimal("85.00")),
        whole["number"]: ("invoice", Decimal("95.20")), note["number"]: ("creditnote", Decimal("95.20")),
        partly["number"]: ("invoice", Decimal("190.40")), part["number"]: ("creditnote", Decimal("47.60")),
    }  # fmt: skip


def _cancelled_without_a_document(tryton: Tryton, person: int) -> Documents:
    invoice = tryton.posted(person, EXEMPT)
    assert tryton.do("click", invoice=invoice["id"], button="cancel")["state"] == "cancelled"
    gross = Decimal("85.00")
    return {invoice["number"]: ("invoice", gross), f"{invoice['number']}-S": ("creditnote", gross)}


def _what_stays(tryton: Tryton, person: int) -> dict[str, str]:
    """Drafts, validated ones and a draft that was cancelled are nobody's business; dollars die, and a credit note that credits no invoice."""
    tryton.do("invoice", party=person, lines=[EXEMPT])
    validated = tryton.do("invoice", party=person, lines=[EXEMPT])
    tryton.do("click", invoice=validated["id"], button="validate_invoice")
    withdrawn = tryton.do("invoice", party=person, lines=[EXEMPT])
    tryton.do("click", invoice=withdrawn["id"], button="cancel")
    dollars = tryton.posted(person, EXEMPT, currency="USD")
    by_hand = tryton.posted(person, (-1, "20.00", "befreit"))
    return {dollars["number"]: "currency", by_hand["number"]: "missing_field"}


def _in_two_commits(tryton: Tryton, one: Plugged, person: int, ended: dict[str, str]) -> Documents:
    """A batch commits number and state first: nothing is known of it before the rest is there."""
    batch = [tryton.do("invoice", party=person, lines=[EXEMPT])["id"] for _ in range(2)]
    tryton.do("click", invoice=batch[1], button="validate_invoice")
    half = tryton.do("batch_state", invoices=batch)
    assert {each["state"] for each in half} == {"posted"}
    time.sleep(2)  # two rounds of the poller and one of what it does every second
    assert one.outcomes() == ended

    tryton.do("batch_rest", invoices=batch)
    numbers = [each["number"] for each in half]
    one.arrive(ended | dict.fromkeys(numbers, "delivered"))
    return dict.fromkeys(numbers, ("invoice", Decimal("85.00")))
