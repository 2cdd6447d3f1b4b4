"""Searching contacts, and comparing what was found."""

import html
import re
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outbox.ids import CustomerId
from worker.lexware.api.answers import Address, Contact
from worker.lexware.api.search import search_text
from worker.lexware.names import name_to_search, same_address, same_email, same_name
from worker.lexware.translate import fold
from worker.lexware.translate.documents import Payer

PAYER = Payer(
    customer_id=CustomerId(7),
    customer_number="K-7",
    salutation="Frau",
    first_name="Ada",
    last_name="Beispiel",
    company_name=None,
    street="Lindenweg 3",
    address_supplement=None,
    zip="50667",
    city="Köln",
    country_code="DE",
    email="ada@example.org",
    phone=None,
)
HOME = Address(supplement="", street="Lindenweg 3", zip="50667", city="Köln", country_code="DE")
CONTACT = Contact(
    id=UUID("7f3e1b2c-0000-4000-8000-000000000001"),
    version=1,
    archived=False,
    is_customer=True,
    customer_number=10001,
    company_name="",
    first_name="Ada",
    last_name="Beispiel",
    billing=(HOME,),
    emails=("ada@example.org",),
    note="",
)


@pytest.mark.parametrize(
    ("wanted", "sent"),
    [
        ("Beispiel", "Beispiel"),
        ("  Beispiel \n Söhne ", "Beispiel Söhne"),
        ("Huber & Co", "Huber &amp; Co"),
        ("Meyer & Söhne <GbR>", "Meyer &amp; Söhne &lt;GbR&gt;"),
        ("max_m@x.de", r"max\_m@x.de"),
        ("100%", r"100\%"),
        ("a\\b", r"a\\b"),
        ("""O'Neill "Q" """, """O'Neill "Q\""""),
        ("Ng", "Ng%"),
        ("X", "X%%"),
        ("&", "&amp;"),
        ("ab" * 100, "ab" * 64),
        ("a" * 127 + "&", "a" * 127),
        ("a" * 127 + "_", "a" * 127),
        ("a" * 126 + "_b", "a" * 126 + r"\_"),
    ],
)
def test_search_text(wanted: str, sent: str) -> None:
    """Wildcards and markup are encoded, short names filled up, long ones cut between characters."""
    assert search_text(wanted) == sent


@pytest.mark.parametrize("blank", ["", "  ", "\t\n"], ids=repr)
def test_a_blank_search_is_refused(blank: str) -> None:
    """It would find everybody."""
    with pytest.raises(ValueError, match="nothing to search"):
        search_text(blank)


@settings(deadline=None)
@given(st.text(min_size=1).filter(fold.line))
def test_what_is_searched_is_found(wanted: str) -> None:
    """By Lexware's rules (case-insensitive substring, % and _ wildcards, HTML-encoded) the text finds its own name."""
    stored = html.escape(fold.line(wanted) or "", quote=False)

    sent = search_text(wanted)

    pattern = re.sub(r"\\(.)|(%)|(_)|(.)", _as_regex, sent, flags=re.DOTALL)
    assert 3 <= len(sent) <= 128
    assert re.search(pattern, stored, re.IGNORECASE | re.DOTALL)


def _as_regex(piece: re.Match[str]) -> str:
    escaped, run, one, plain = piece.groups()
    return ".*" if run else "." if one else re.escape(escaped or plain)


def test_a_person_is_searched_by_the_last_name() -> None:
    """How Lexware joins first and last names is not documented; a company has one name only."""
    assert name_to_search(PAYER) == "Beispiel"
    assert name_to_search(replace(PAYER, company_name=" ")) == "Beispiel"
    assert name_to_search(replace(PAYER, company_name="Beispiel GmbH")) == "Beispiel GmbH"
    assert name_to_search(replace(PAYER, company_name="", last_name="\t")) is None


@pytest.mark.parametrize(
    ("payer", "contact", "same"),
    [
        ({}, {}, True),
        ({}, {"first_name": "ADA", "last_name": " beispiel"}, True),
        ({"last_name": "Weiß"}, {"last_name": "WEISS"}, True),
        ({"last_name": "Müller"}, {"last_name": "Mu\u0308ller"}, True),
        ({"last_name": "von  der Au"}, {"last_name": "von\u00a0der Au"}, True),
        ({"last_name": "Müller"}, {"last_name": "Mueller"}, False),
        ({}, {"last_name": "Beispiel-Mustermann"}, False),
        ({}, {"first_name": ""}, False),
        ({"first_name": None}, {"first_name": ""}, True),
        ({"first_name": None}, {}, False),
        ({}, {"first_name": "Beispiel", "last_name": "Ada"}, False),
        ({"last_name": None, "first_name": None}, {"first_name": "", "last_name": ""}, False),
        ({"last_name": None}, {"last_name": ""}, False),
        ({"company_name": "Beispiel GmbH"}, {"company_name": "BEISPIEL GMBH"}, True),
        ({"company_name": "Beispiel GmbH"}, {}, False),
        ({"company_name": " "}, {}, True),
        ({}, {"company_name": "Beispiel GmbH", "first_name": "", "last_name": ""}, False),
    ],
)
def test_same_name(payer: dict[str, Any], contact: dict[str, Any], same: bool) -> None:
    """Names are equal apart from case, white space and Unicode form, and in nothing less."""
    assert same_name(replace(PAYER, **payer), replace(CONTACT, **contact)) is same


@pytest.mark.parametrize(
    ("payer", "address", "same"),
    [
        ({}, {}, True),
        ({"street": "LINDENWEG  3", "city": "köln"}, {}, True),
        ({"street": "Hauptstraße 1"}, {"street": "Hauptstrasse 1"}, True),
        ({"street": "Hauptstraße 1"}, {"street": "Hauptstr. 1"}, False),
        ({"street": "Lindenweg 3a"}, {}, False),
        ({"street": "Lindenweg 3 a"}, {"street": "Lindenweg 3a"}, False),
        ({"zip": "50668"}, {}, False),
        ({"city": "Cologne"}, {}, False),
        ({"country_code": None}, {}, True),
        ({"country_code": "AT"}, {}, False),
        ({}, {"country_code": ""}, True),
        ({"address_supplement": "c/o Muster"}, {}, True),
        ({"address_supplement": "c/o Muster"}, {"supplement": "C/O MUSTER"}, True),
        ({"address_supplement": "c/o Muster"}, {"supplement": "c/o Kunz"}, False),
        ({"street": None}, {"street": ""}, False),
        ({"zip": "", "street": " ", "city": None}, {"zip": "", "street": "", "city": ""}, False),
    ],
)
def test_same_address(payer: dict[str, Any], address: dict[str, Any], same: bool) -> None:
    """Street, postcode, town and country are equal; abbreviations are not, and nothing equals nothing."""
    contact = replace(CONTACT, billing=(replace(HOME, **address),))

    assert same_address(replace(PAYER, **payer), contact) is same


def test_any_billing_address_counts() -> None:
    """A contact made by hand may have several, or none."""
    other = replace(HOME, street="Ahornweg 1")

    assert same_address(PAYER, replace(CONTACT, billing=(other, HOME)))
    assert not same_address(PAYER, replace(CONTACT, billing=()))


@pytest.mark.parametrize(
    ("email", "emails", "same"),
    [
        ("ADA@example.org ", ("x@example.org", "ada@Example.org"), True),
        ("ada@example.org", ("ada@example.org.example",), False),
        ("ada@example.org", (), False),
        (None, ("",), False),
        ("", ("",), False),
    ],
)
def test_same_email(email: str | None, emails: tuple[str, ...], same: bool) -> None:
    """One of the contact's addresses is the payer's, whatever its case."""
    assert same_email(replace(PAYER, email=email), replace(CONTACT, emails=emails)) is same
