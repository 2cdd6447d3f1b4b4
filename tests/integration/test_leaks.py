"""What `contract.leaks` finds: the payer's birth date as people write it, and the insurance number; nothing else."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import psycopg
import pytest
import services
from practice import Practice

BORN = date(1961, 7, 3)
INSURED = "A123 456.789"


@pytest.fixture(scope="module", name="ada")
def _ada(_postgres: str, _template: str) -> Iterator[Practice]:
    """A practice in a database for all tests here."""
    with services.database(_postgres, template=_template) as url, psycopg.connect(url, autocommit=True) as db:
        yield Practice(db)


def leaks(of: Practice, text: str, **payer: Any) -> list[str]:
    """What the function says of an invoice with this opening text."""
    customer = of.customer(**{"birth_date": BORN, "insurance_number": INSURED} | payer)
    invoice = of.invoice(customer, introduction=text)
    row = of.db.execute("select contract.leaks(%s)", (invoice,)).fetchone()
    assert row is not None
    found: list[str] = row[0]
    return found


@pytest.mark.parametrize(
    "text",
    [
        "geb. 03.07.1961", "3.7.1961", "03.7.61", "*3.7.61,", "03/07/1961", "3/7/61", "3-7-1961", "03 \u2013 07 \u2013 1961",
        "1961-07-03", "1961/7/3", "1961.07.03", "03071961", "03 07 1961", "19610703", "03. 07. 1961", "3 . 7 . 61",
        "3. Juli 1961", "03. Juli 1961", "3.JULI 61", "3 Jul 1961", "am 3. Jul. 1961", "Nr. 5 03.07.1961", "(03.07.1961)",
        "\uff10\uff13.\uff10\uff17.\uff11\uff19\uff16\uff11", "03\u00ad.07.\u200b1961", "0\u20603.07.19\ufeff61", "03\u201207\u20121961",
        "3\u22127\u221261", "03\u201007\u20111961", "3. Ju\u200dli 1961", "\U0001d7d1.\U0001d7d5.\U0001d7cf\U0001d7d7\U0001d7d4\U0001d7cf",
        "A123456.789", "a123456.789", "\uff21123456.789", "A\u00ad123\u200b456.789", "A123456\uff0e789", "Vers.-Nr. A 123 456 . 789", "A123456.789108312586", "A123\n456.789",
    ],
)  # fmt: skip
def test_spellings_are_known(ada: Practice, text: str) -> None:
    """Birth date with or without zeros, century and blanks, in figures and words; the number in any grouping."""
    assert leaks(ada, text) == ["document.introduction"]


@pytest.mark.parametrize(
    "said",
    [
        "\u0660\u0663.\u0660\u0667.\u0661\u0669\u0666\u0661", "\u06f0\u06f3.\u06f0\u06f7.\u06f1\u06f9\u06f6\u06f1",
        "\u0966\u0969.\u0966\u096d.\u0967\u096f\u096c\u0967", "\uff10\uff13.\uff10\uff17.\uff11\uff19\uff16\uff11",
        "\U0001d7d8\U0001d7db.\U0001d7d8\U0001d7df.\U0001d7d9\U0001d7e1\U0001d7de\U0001d7d9", "03\u30fb07\u30fb1961", "03.\x0107.1961",
        "\u0410123456789", "\u0391123456789", "A\x07123456789", "A\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669",
    ],
)  # fmt: skip
def test_other_scripts_hide_nothing(ada: Practice, said: str) -> None:
    """Birth date and insurance number in digits and letters of other scripts."""
    assert leaks(ada, said, insurance_number="A123456789") == ["document.introduction"]


@pytest.mark.parametrize(
    "text",
    [
        "13.7.61", "23.07.1961", "3.7.1962", "30.7.1961", "3.17.61", "1961-07-30", "103071961", "3. Juni 1961", "3. Juli 1960",
        "Ziffern 3, 7, 61", "2003.07.19611", "A123456.780", "A123456", "A1234567789", "3.7.",
    ],
)  # fmt: skip
def test_other_days_and_numbers_are_no_leaks(ada: Practice, text: str) -> None:
    """A day is another one if a digit is, also around it; lists of fee codes are no dates."""
    assert leaks(ada, text) == []


@pytest.mark.parametrize(
    ("born", "text"),
    [
        pytest.param(date(2026, 11, 1), "Behandlung am 21.11.26 und 11.11.26", id="born on the first"),
        pytest.param(date(1984, 3, 31), "31.03.84", id="March"),
        pytest.param(date(1984, 3, 31), "31. MÄRZ 1984", id="MARCH"),
        pytest.param(None, "3.7.1961", id="unknown"),
        pytest.param("infinity", "3.7.1961", id="infinity"),
    ],
)
def test_birth_dates_of_all_kinds(ada: Practice, born: Any, text: str) -> None:
    """A day of treatment that ends like a birth date is none; what is no day is no birth date."""
    assert bool(leaks(ada, text, birth_date=born)) == ("84" in text)


@pytest.mark.parametrize(
    ("insured", "text", "found"),
    [
        pytest.param("12345", "Tel. 0221 1234567", False, id="within a telephone number"),
        pytest.param("12345", "Nr. 12345.", True, id="short"),
        pytest.param("1234", "Nr. 1234", False, id="too short to tell"),
        pytest.param(r"K+(1)\[x", r"Nr. K+(1)\[X", True, id="signs"),
        pytest.param(".....", "abcde", False, id="dots are dots"),
        pytest.param("  ", "a  b", False, id="blank"),
        pytest.param(None, "A123456789", False, id="none"),
        pytest.param("keine", "Es gibt keine weiteren Leistungen", False, id="filler"),
        pytest.param("privat versichert", "Sie sind privat versichert.", False, id="filler in words"),
        pytest.param("00000", "00000", False, id="filler of one figure"),
        pytest.param("50667", "50667 Köln", False, id="the postal code, which leaves anyway"),
    ],
)
def test_insurance_numbers_of_all_kinds(ada: Practice, insured: str | None, text: str, found: bool) -> None:
    """A short one counts alone only; signs mean themselves."""
    assert bool(leaks(ada, text, insurance_number=insured)) is found


def test_what_is_held_is_named(ada: Practice) -> None:
    """By the column of contract.private, never by its value."""
    payer = ada.customer(birth_date=BORN, insurance_number=INSURED, last_name="Beispiel")
    invoice = ada.invoice(payer, number="Beispiel 7", introduction="geb. 3.7.1961", exemption_note=f"Nr. {INSURED}")

    row = ada.db.execute("select contract.leaked(%s)", (invoice,)).fetchone()

    assert row is not None
    assert set(row[0]) == {
        "document.number:name", "document.introduction:birth_date", "document.exemption_note:insurance_number",
    }  # fmt: skip


def test_every_field_that_may_leave_is_looked_at(ada: Practice) -> None:
    """Each is named as the translation names it, lines counted from 0 in their order."""
    said = "geb. 3.7.1961"
    fields = (
        "customer_number", "salutation", "first_name", "last_name", "company_name", "street", "address_supplement", "zip",
        "city", "email", "phone",
    )  # fmt: skip
    payer = ada.customer(birth_date=BORN, **{name: said for name in fields if name != "address_supplement"})
    ada.db.execute("update practice.customers set address_supplement = %s where id = %s", (said, payer))
    lines: list[dict[str, Any]] = [{}, {"code": said, "description": said, "unit": said}]
    texts = {"number": said, "introduction": said, "exemption_note": said}
    invoice = ada.invoice(payer, lines, **texts)

    row = ada.db.execute("select contract.leaks(%s)", (invoice,)).fetchone()

    expected = {f"document.{name}" for name in texts} | {f"payer.{name}" for name in fields}
    assert row is not None
    assert set(row[0]) == expected | {f"lines[1].{name}" for name in ("code", "description", "unit")}


@pytest.mark.parametrize(
    "said",
    ["O3.O7.1961", "3.7.l96l", "03.07.I96I", "1961-O7-O3", "O3O71961", "4711O815-2", "47II0815-2", "Nr. 471l 0815-2"],
)
def test_letters_typed_for_digits_hide_nothing(ada: Practice, said: str) -> None:
    """As people mistype them, and scanners misread them."""
    assert leaks(ada, said, insurance_number="47110815-2") == ["document.introduction"]


@pytest.mark.parametrize("said", ["Io 2026 III", "O3.O8.1961", "l0 x 20 Min.", "Oil 4711", "H2O 3.7.2026"])
def test_other_letters_are_no_digits(ada: Practice, said: str) -> None:
    """What they would say is nothing of the payer's."""
    assert leaks(ada, said, insurance_number="47110815-2") == []
