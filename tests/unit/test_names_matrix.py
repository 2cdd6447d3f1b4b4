"""Names as the practice and as Lexware spell them: the contact that is there is found and used, never another one.

The search is the simulated Lexware's own, the choice the one that the transfer makes.
"""

from dataclasses import replace
from uuid import UUID

import given
import pytest

from worker.lab.sandbox.rules.search import matcher
from worker.lexware.api.answers import Address, Contact
from worker.lexware.api.search import name_pattern
from worker.lexware.matching import Match, choose
from worker.lexware.names import name_to_search
from worker.lexware.translate.documents import Payer

HOME = Address(supplement="", street="Lindenweg 3", zip="50667", city="Köln", country_code="DE")
CONTACT = Contact(
    id=UUID(int=7), version=1, archived=False, is_customer=True, customer_number=1, company_name="", first_name="Ada",
    last_name="", billing=(HOME,), emails=(), note="",
)  # fmt: skip

SAME = [
    ("Müller", "Mu\u0308ller"), ("Mu\u0308ller", "Müller"), ("Weiß", "WEISS"), ("WEISS", "Weiß"), ("Voß", "Voss"),
    ("Beispiel", "Bei\u00adspiel"), ("Bei\u00adspiel", "Beispiel"), ("Beispiel", "\ufeffBeispiel"), ("\ufeffBeispiel", "Beispiel"),
    ("Beispiel", "Beispiel\u200e"), ("\u202aBeispiel\u202c", "Beispiel"), ("Beispiel", "\u2068Beispiel\u2069"),
    ("Beispiel", "Beis\u200bpiel"), ("Beis\u200bpiel", "Beispiel"), ("Meier", "Me\u00adier"), ("Müller", "Mül\u00adler"),
    ("von der Au", "von  der Au"), ("von  der Au", "von der Au"), ("von der Au", "von\u00a0der\u00a0Au"), ("von\tder Au", "von der Au"),
    ("O'Neill", "O\u2019Neill"), ("O\u2019Neill", "O'Neill"), ("O`Neill", "O\u00b4Neill"), ("D\u02bcAngelo", "d'Angelo"),
    ("Müller-Lüdenscheidt", "Müller\u2010Lüdenscheidt"), ("Müller\u2011Lüdenscheidt", "Müller-Lüdenscheidt"),
    ("Müller\u2013Lüdenscheidt", "Müller-Lüdenscheidt"), ("Mu\u0308ller-Lu\u0308denscheidt", "MÜLLER-LÜDENSCHEIDT"),
    ("BEISPIEL", "beispiel"), (" Beispiel ", "Beispiel"), ("Beispiel", " Beispiel\n"), ("Ng", "NG"), ("Li", "li"),
    ("Çelik", "C\u0327elik"), ("Jose\u0301", "José"), ("Øster", "øster"), ("Иванов", "ИВАНОВ"), ("Straßer", "Strasser"),
    ("Dvořák", "Dvor\u030ca\u0301k"), ("\uff22eispiel", "Beispiel"), ("Nguyễn", "Nguye\u0302\u0303n"), ("Strauß", "Strau\u00adß"),
    ("van den Bergh-Öztürk", "van den Bergh\u2010O\u0308ztu\u0308rk"), ("Groß", "GROSS"), ("Ö\u200bzil", "Özil"), ("\x07Beispiel", "Beispiel"),
    ('Heim "Sonne"', "Heim „Sonne“"), ("Heim »Sonne«", 'Heim "Sonne"'), ("Heim “Sonne”", "Heim «Sonne»"), ("Heim \u201aSonne\u2018", "Heim \u2039Sonne\u203a"),
    ("O\u02caNeill", "O'Neill"), ("O'Neill", "O\ua78cNeill"), ("Müller", "MU\u0308LLER"), ("WEIẞ", "Weiß"), ("İpek", "i\u0307pek"),
    ("Beispiel", "Beis\u2060piel"), ("Beispiel\u061c", "Beispiel"), ("von\u202fder\u2003Au", "von der Au"), ("von der Au", "von\u2028der Au"),
    ("Şahin", "S\u0327ahin"), ("\u212bngström", "A\u030angstro\u0308m"), ("Παπαδόπουλος", "ΠΑΠΑΔΌΠΟΥΛΟΣ"), ("Müller & Söhne", "MÜLLER & SO\u0308HNE"),
    ("Wei\u017fs", "Weiss"), ("Hawai\u02bbi", "Hawai'i"), ("ΣΊΣΥΦΟΣ", "Σίσυφος"), ("Beis\u180epiel", "Beispiel"),
    ("Müller & Meier", "Müller \uff06 Meier"), ("Praxis\u2007Nord", "Praxis Nord"), ("e\u0323\u0302lan", "e\u0302\u0323lan"),
]  # fmt: skip
OTHERS = [
    ("Müller", "Mueller"), ("Müller", "Muller"), ("Müller", "Möller"), ("Meier", "Meyer"), ("Weiß", "Weis"), ("Beispiel", "Beispielmann"),
    ("Beispiel", "Beispiel-Mustermann"), ("Müller-Lüdenscheidt", "Müller Lüdenscheidt"), ("O'Neill", "ONeill"), ("Li", "Lindner"),
    ("Ng", "Ngo"), ("von der Au", "von der Aue"), ("Beispiel", "Bei-spiel"), ("Özil", "Ozil"), ("José", "Jose"), ("Voß", "Vos"),
    ("Иванов", "Иванова"), ("Beispiel", "Beiziel"), ("A1", "A²"), ("Heim 3²", "Heim 32"),
    ('Heim "Sonne"', "Heim Sonne"), ("Müller & Söhne", "Müller und Söhne"), ("Ørsted", "Orsted"), ("Łukasz", "Lukasz"), ("Ada-Eva", "AdaEva"),
]  # fmt: skip


def taken(payer: Payer, contact: Contact) -> bool:
    """Whether the search brings the contact, and the choice falls on it."""
    stored = contact.company_name or f"{contact.first_name} {contact.last_name}"
    found = [contact] if matcher(name_pattern(name_to_search(payer) or ""))(stored) else []
    return isinstance(choose(payer, found, lines="neutral", own_code="7Q4K-X2MB-91TD", taken=()), Match)


@pytest.mark.parametrize(("ours", "theirs"), SAME)
def test_the_contact_that_is_there_is_used(ours: str, theirs: str) -> None:
    """As a person's last name and as a company's."""
    assert taken(given.payer(last_name=ours), replace(CONTACT, last_name=theirs))
    assert taken(given.payer(company_name=ours), replace(CONTACT, first_name="", company_name=theirs))


@pytest.mark.parametrize(("ours", "theirs"), OTHERS)
def test_never_a_wrong_one(ours: str, theirs: str) -> None:
    """Whatever the search brings: letters are never taken for others."""
    for one, other in ((ours, theirs), (theirs, ours)):
        assert not taken(given.payer(last_name=one), replace(CONTACT, last_name=other))
        assert not taken(given.payer(company_name=one), replace(CONTACT, first_name="", company_name=other))


@pytest.mark.parametrize("filler", ["-", " ", "\u00a0", "\u200b", ".", "\ufeff"])
def test_company_of_nothing_is_a_person(filler: str) -> None:
    """On either side."""
    assert taken(given.payer(company_name=filler), replace(CONTACT, last_name="Beispiel"))
    assert taken(given.payer(), replace(CONTACT, last_name="Beispiel", billing=(replace(HOME, supplement=filler),)))
