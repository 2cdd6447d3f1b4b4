"""Four practice softwares that have nothing in common with the reference practice live the whole story."""

import json
from decimal import Decimal

import psycopg
import pytest
import services
from chosen import a_few_of
from hosts.plugged import Plugged, plugged
from hosts.small import GERMAN_WORDS, NO_TRIGGER, SMALL_HOSTS, UUID_KEYS, SmallHost

#: Whose keys are no numbers.
KEYED = (UUID_KEYS, GERMAN_WORDS)


@pytest.mark.parametrize("host", a_few_of(SMALL_HOSTS))
def test_contact_invoice_cancellation_dead_letter_and_replay(_postgres: str, redis_url: str, host: SmallHost) -> None:
    """What lacks something dies, is repaired and replayed; one payer is one contact; the cancellation goes over apart."""
    with services.database(_postgres) as url, psycopg.connect(url, autocommit=True) as db:
        host.install(db)
        tax_type = "net" if host.cents % 1000 else "vatfree"
        with plugged(url, redis_url, host.folder, tax_type=tax_type) as one:
            payer = host.do(db, "payer", name="Beispiel")
            first = host.do(db, "invoice", payer=payer, number="RE-1")
            one.arrive({"RE-1": "missing_field"})
            (letter,) = one.commands.json("dead", "list", "--practice", one.practice)
            assert letter.get("host_key") == (str(first) if host in KEYED else None)
            host.do(db, "repair", payer=payer)
            one.commands("replay", letter["event_id"], "--yes")
            one.arrive({"RE-1": "delivered"})

            second = host.do(db, "invoice", payer=payer, number="RE-2")
            one.arrive({"RE-1": "delivered", "RE-2": "delivered"})
            host.do(db, "cancel", invoice=second, number="ST-1")
            one.arrive({"RE-1": "delivered", "RE-2": "delivered", host.cancellation_number: "delivered"})

            gross = Decimal(host.cents) / 100
            assert one.in_lexware() == {
                "RE-1": ("invoice", gross), "RE-2": ("invoice", gross), host.cancellation_number: ("creditnote", gross)
            }  # fmt: skip
            assert len(one.sandbox.control.contacts(one.tenant.id)) == 1
            _can_be_shown(one, host, first, payer)
            _was_found_by(one, "sweep" if host is NO_TRIGGER else "trigger")


def _can_be_shown(one: Plugged, host: SmallHost, key: object, payer: object) -> None:
    assert one.show("RE-1")["state"] == "delivered"
    if host in KEYED:
        told = one.show(key)
        assert (told["number"], told["host_key"]) == ("RE-1", str(key))
        _has_keys_everywhere(one, str(key), str(payer))


def _has_keys_everywhere(one: Plugged, invoice: str, payer: str) -> None:
    of_it = ("--practice", one.practice)
    assert one.commands.json("status")["practices"][0]["host_key"] == one.practice
    assert one.commands.json("practice", "show", *of_it)["host_key"] == one.practice
    assert one.db.execute("select host_key from lexrelay.practice_status").fetchall() == [(one.practice,)]
    assert one.commands.json("preview", invoice, *of_it)["host_key"] == invoice
    assert [link["host_key"] for link in one.commands.json("contact", "list", *of_it)] == [payer]
    report = json.loads(one.commands("report", *of_it, "--month", "2026-11", "--format", "json").stdout)
    assert report["host_key"] == one.practice
    assert (
        one.commands("report", *of_it, "--month", "2026-11").stdout.splitlines()[0].endswith(f"practice {one.practice}")
    )
    assert invoice in {row["host_key"] for row in report["numbers"]["mapping"]}
    one.commands("contact", "unlink", *of_it, "--customer", payer)
    assert one.commands.json("contact", "list", *of_it) == []
    assert [found["host_key"] for found in one.commands.json("contact", "suggest", *of_it)] == [payer]
    one.commands("practice", "show", "--practice", "unbekannt", exits=1)
    one.commands("contact", "unlink", *of_it, "--customer", "unbekannt", exits=1)


def _was_found_by(one: Plugged, origin: str) -> None:
    rows = one.db.execute("select distinct origin from outbox.event").fetchall()
    assert rows == [(origin,)]
