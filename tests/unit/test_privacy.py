"""No health data in what would leave."""

from dataclasses import replace

import given
import pytest

from worker.lexware.translate.check import check, check_payer
from worker.lexware.translate.host_texts import Content, HostText
from worker.lexware.translate.privacy import Known, is_secret
from worker.lexware.translate.problems import Problem


def text(words: str, content: Content = "prose") -> HostText:
    """A text that would leave."""
    return HostText("document.introduction", words, content, leaves=True, limit=None)


@pytest.mark.parametrize(
    "words",
    [
        "F32.1",
        "Diagnose: F32.1.",
        "f32.1",
        "F 32.1",
        "F32.1G",
        "M54.5 G, M17.1LG",
        "M54.5V",
        "J45.-",
        "F32.10",
        "Z73",
        "wegen F32",
        "F32,1",
        "F33.1rezidivierend",
        "F32G",
        "Z. n. Z73A",
        "F32/F33",
        "C00-C97",
        "(F41.1)",
        "ICD-F32",
        "U07.1!",
        "G35†",
        "M54.5\u00a0G",
        "\uff26\uff13\uff12.\uff11",
        "Vitamin B12 bei D51.0",
        "Rechnung R24 wegen R10",
    ],
)
def test_icd_codes_are_seen(words: str) -> None:
    """An ICD-10 code, subdivided or not, in the spellings people use."""
    assert is_secret(text(words), Known(("R24",)))


@pytest.mark.parametrize(
    "words",
    [
        "RE-2026-0042",
        "Rechnung R24 vom 14.07.2026",
        "R24-0012",
        "2026-A24",
        "20501",
        "X0501 Krankengymnastik",
        "20.1 Atemtherapie",
        "21.1a analog",
        "GebüH 21.1",
        "GOÄ 3306, 269a, 30",
        "B12-Spritze",
        "Vit. B12 i. m.",
        "A4-Bescheinigung",
        "M1 Massage",
        "A4",
        "GOÄ 1, Faktor 2.3",
        "analog A36, A72, A801",
        "Vitamin B12, Q10",
        "Arnica D12, Belladonna C30, D200",
        "TH12, L5/S1, HWS C5/C6",
        "WS1 EX2a LY3",
        "Praxis am Mo 12.03.2026",
        "a12.03.2026",
        "K14.03.26",
        "je 12.50 EUR",
        "PTV 11, KV10",
        "19,00 %",
        "§ 4 Nr. 14 UStG",
        "2 x 30 Min.",
        "10x20cm",
    ],
)
def test_fee_codes_numbers_and_dates_are_not(words: str) -> None:
    """Codes of fee schedules, own numbers, dates, prices, potencies and vertebrae are no diagnoses."""
    assert not is_secret(text(words), Known(("R24",)))


@pytest.mark.parametrize(
    "words",
    [
        "B51",
        "An der B27",
        "E14 5AB",
        "Haus A61",
        "G20 Beratung GmbH",
        "Q7 24",
        "App. B 04.12",
        "c/o Wohnheim, Zimmer C12.3",
    ],
)
def test_categories_in_names_and_addresses_are_not(words: str) -> None:
    """In an address three characters are a motorway or a postcode; only a subdivided code is beyond doubt."""
    assert not is_secret(text(words, "identity"))
    assert is_secret(text(f"{words} F32.1", "identity"))


@pytest.mark.parametrize("code", ["M60", "T30", "X0501", "A72", "P45"])
def test_a_practices_own_codes_are_not(code: str) -> None:
    """A code of services of one letter and the minutes is the practice's own; subdivided it is a diagnosis there, too."""
    assert not is_secret(text(code, "code"))
    assert is_secret(text(f"{code[0]}54.5", "code"))


HOST_FIELDS = [
    pytest.param("document.introduction", {"introduction": "wegen F32.1"}, "itemised", id="introduction"),
    pytest.param("document.exemption_note", {"exemption_note": "wegen F32.1"}, "neutral", id="exemption note"),
    pytest.param("payer.street", {"payer": given.payer(street="F32.1")}, "neutral", id="street"),
    pytest.param("payer.address_supplement", {"payer": given.payer(address_supplement="F32.1")}, "neutral", id="c/o"),
    pytest.param("payer.last_name", {"payer": given.payer(last_name="F32.1")}, "neutral", id="name"),
    pytest.param("lines[0].code", {"lines": (given.line(code="F32.1"),)}, "itemised", id="code"),
    pytest.param("lines[0].description", {"lines": (given.line(description="bei Z73"),)}, "itemised", id="words"),
    pytest.param("lines[0].unit", {"lines": (given.line(unit="F32.1"),)}, "itemised", id="unit"),
]


@pytest.mark.parametrize(("field", "changes", "mode"), HOST_FIELDS)
def test_document_is_stopped_and_the_field_named(field: str, changes: dict[str, object], mode: str) -> None:
    """The problem names the field and holds nothing of its value."""
    document = replace(given.invoice(), **changes)

    problems = check(document, given.settings(lines=mode))

    assert problems == [Problem("health_data", field)]


@pytest.mark.parametrize(("_field", "changes", "_mode"), [case for case in HOST_FIELDS if "itemised" in case.values])
def test_what_stays_does_not_stop_a_document(_field: str, changes: dict[str, object], _mode: str) -> None:
    """In neutral mode the practice's own words do not leave, so they may say what they like."""
    assert check(replace(given.invoice(), **changes), given.settings()) == []


@pytest.mark.parametrize(
    ("leak", "neutral", "itemised"),
    [
        ("document.introduction", False, True),
        ("lines[0].description", False, True),
        ("payer.email", False, True),
        ("document.number", True, True),
        ("payer.customer_number", True, True),
        ("payer.street", True, True),
        ("something.new", True, True),
    ],
)
def test_leaks_count_where_they_would_leave(leak: str, neutral: bool, itemised: bool) -> None:
    """A birth date in a text that stays is no matter; one in a field unknown here is."""
    document = given.invoice(leaks={leak: "birth_date"})
    found = Problem("health_data", leak, {"secret": "private.birth_date"})

    assert (found in check(document, given.settings())) is neutral
    assert (found in check(document, given.settings(lines="itemised"))) is itemised


def test_person_behind_a_company_stays() -> None:
    """Of a company only its name leaves."""
    document = given.invoice(
        payer=given.payer(company_name="Beispiel GmbH", last_name="F32.1"), leaks={"payer.first_name": "birth_date"}
    )

    assert check(document, given.settings(lines="itemised")) == []


def test_one_field_is_named_once() -> None:
    """A field that holds a code and leaks too is one problem."""
    document = given.invoice(exemption_note="F32.1", leaks={"document.exemption_note": "birth_date"})

    assert check(document, given.settings()) == [
        Problem("health_data", "document.exemption_note", {"secret": "private.birth_date"})
    ]


def test_payer_alone_is_looked_at() -> None:
    """A contact is not created for a payer whose own texts hold a code."""
    assert check_payer(given.payer(city="F32.1"), given.settings()) == [Problem("health_data", "payer.city")]
