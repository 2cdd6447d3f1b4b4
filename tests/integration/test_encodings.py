"""A practice's database need not be in UTF-8: the older ones are in the alphabet of their time."""

from collections.abc import Iterator
from datetime import date

import psycopg
import pytest
import services
from chosen import a_few_of
from frost import known_payer, rows
from practice import Practice
from stage import PACE, Stage, stage

from worker.host.apply import migrate


@pytest.fixture(name="old", params=a_few_of(["WIN1252", "LATIN1", "LATIN9"]))
def _old(request: pytest.FixtureRequest, _postgres: str) -> Iterator[Stage]:
    """The chain beside a database of another encoding."""
    with services.database(_postgres, template="template0", encoding=request.param) as url:
        migrate(url, reference_practice=True)
        with psycopg.connect(url, autocommit=True) as db, stage(db, url, PACE) as one:
            yield one


def test_umlauts_arrive(old: Stage) -> None:
    """In texts, and in lines, which come as JSON."""
    invoice = old.practice.invoice(known_payer(old), [{"description": "Ärztliche Übung", "unit": "Stück"}])

    old.run()

    assert old.outcome(invoice) == ("delivered", None)
    assert "Leistungen gemäß" in old.documents()[0]["body"]["lineItems"][0]["name"]


@pytest.mark.parametrize("spelled", ["5. März 1980", "5. MÄRZ 1980", "5.3.1980"])
def test_a_birth_date_is_known_again(old: Stage, spelled: str) -> None:
    """Also where the month has an umlaut."""
    payer = old.practice.customer(birth_date=date(1980, 3, 5))
    invoice = old.practice.invoice(payer, exemption_note=f"Umsatzsteuerfrei, geboren {spelled}")

    old.run()

    assert old.outcome(invoice) == ("dead", "health_data")


def test_a_name_that_the_database_cannot_hold_ends_visibly(old: Stage) -> None:
    """The organisation's name has a letter of another alphabet: nothing is half written, and a human is told."""
    old.tenant = old.control.add_organisation(company_name="Praxis Łukasz")
    old.control.set_switches(rate_per_second=0)
    old.practice = Practice(old.db)
    old.practice.switch_on(old.tenant.id, old.tenant.key)
    old.db.execute("update lexware.connection set profile_read_at = null")
    invoice = old.practice.invoice(known_payer(old))

    old.run()

    assert old.outcome(invoice) == ("dead", "retries_exhausted")
    assert rows(old, "select count(*) from lexware.document_link") == [0]
    assert len(old.documents()) <= 1
