"""A document of the practice as Lexware gets it."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import given
import pytest

from worker.lexware.translate.documents import Document, Settings
from worker.lexware.translate.translate import Translation, translate

ITEMISED = given.settings(lines="itemised")
TAXED = given.settings(tax_type="net")


def sent(document: Document, settings: Settings | None = None) -> Translation:
    """The translation of a sound document."""
    return translate(document, settings or given.settings(), contact_id=given.CONTACT_ID, marker_code=given.CODE)


def test_neutral_invoice_whole() -> None:
    """An exempt invoice in neutral mode, field by field: nothing of what was done leaves."""
    translation = sent(given.invoice())

    assert translation.kind == "invoice"
    assert translation.payload == {
        "voucherDate": "2026-07-14T00:00:00.000+02:00",
        "address": {
            "contactId": "7f3e0000-0000-4000-8000-000000000001",
            "name": "Ada Beispiel",
            "street": "Lindenweg 3",
            "zip": "50667",
            "city": "Köln",
            "countryCode": "DE",
        },
        "lineItems": [
            {
                "type": "custom",
                "name": "Leistungen gemäß Rechnung RE-2026-0042",
                "quantity": 1,
                "unitName": "Leistung",
                "unitPrice": {"currency": "EUR", "netAmount": 32.5, "taxRatePercentage": 0},
            }
        ],
        "totalPrice": {"currency": "EUR"},
        "taxConditions": {"taxType": "vatfree", "taxTypeNote": given.NOTE},
        "shippingConditions": {"shippingType": "service", "shippingDate": "2026-07-01T00:00:00.000+02:00"},
        "paymentConditions": {"paymentTermLabel": "Zahlbar innerhalb von 14 Tagen", "paymentTermDuration": 14},
        "title": "Rechnung",
        "introduction": "Rechnung RE-2026-0042 vom 14.07.2026",
        "remark": "Beleg-Nr. RE-2026-0042 · 7Q4K-X2MB-91TD",
    }


def test_neutral_cancellation_whole() -> None:
    """A credit note: positive, named after its original, without shipping and payment conditions."""
    translation = sent(given.cancellation_of(given.invoice()))

    assert translation.kind == "credit_note"
    assert (translation.total_here, translation.total_there) == (Decimal("32.50"), Decimal("32.50"))
    assert translation.payload == {
        "voucherDate": "2026-07-20T00:00:00.000+02:00",
        "address": {
            "contactId": "7f3e0000-0000-4000-8000-000000000001",
            "name": "Ada Beispiel",
            "street": "Lindenweg 3",
            "zip": "50667",
            "city": "Köln",
            "countryCode": "DE",
        },
        "lineItems": [
            {
                "type": "custom",
                "name": "Storno: Leistungen gemäß Rechnung RE-2026-0042",
                "quantity": 1,
                "unitName": "Leistung",
                "unitPrice": {"currency": "EUR", "netAmount": 32.5, "taxRatePercentage": 0},
            }
        ],
        "totalPrice": {"currency": "EUR"},
        "taxConditions": {"taxType": "vatfree", "taxTypeNote": given.NOTE},
        "title": "Stornorechnung",
        "introduction": "Storno zur Rechnung RE-2026-0042 vom 14.07.2026",
        "remark": "Beleg-Nr. ST-2026-0007 · 7Q4K-X2MB-91TD",
    }


def test_neutral_sends_one_line_per_rate() -> None:
    """The sums per rate, the lowest rate first; a rate may be below zero as long as the document is not."""
    lines = given.line("2", "50", "19"), given.line("1", "-10", "7"), given.line("1", "30"), given.line("1", "5", "19")

    translation = sent(given.invoice(*lines, total="144.25", tax_mode="net"), TAXED)

    prices = [item["unitPrice"] for item in translation.payload["lineItems"]]
    assert prices == [
        {"currency": "EUR", "netAmount": 30, "taxRatePercentage": 0},
        {"currency": "EUR", "netAmount": -10, "taxRatePercentage": 7},
        {"currency": "EUR", "netAmount": 105, "taxRatePercentage": 19},
    ]
    assert translation.total_there == Decimal("144.25")


def test_itemised_adds_words_and_figures_of_each_line() -> None:
    """Code and description are the name; quantity, unit and price are the practice's."""
    lines = given.line("1.5", "30"), given.line("-2", "2.50", code=None, description="Nachlass", unit=" ")

    translation = sent(given.invoice(*lines, total="40.00"), ITEMISED)

    assert translation.payload["lineItems"] == [
        {
            "type": "custom",
            "name": "20501 Krankengymnastik",
            "quantity": 1.5,
            "unitName": "Behandlung",
            "unitPrice": {"currency": "EUR", "netAmount": 30, "taxRatePercentage": 0},
        },
        {
            "type": "custom",
            "name": "Nachlass",
            "quantity": 2,
            "unitName": "Leistung",
            "unitPrice": {"currency": "EUR", "netAmount": -2.5, "taxRatePercentage": 0},
        },
    ]
    assert translation.payload["introduction"] == (
        "Rechnung RE-2026-0042 vom 14.07.2026\nFür meine Leistungen erlaube ich mir zu berechnen:"
    )


def test_itemised_cancellation_names_the_original_above_the_practices_words() -> None:
    """Each line says that it is cancelled; the original's number comes first."""
    payload = sent(given.cancellation_of(given.invoice()), ITEMISED).payload

    assert payload["lineItems"][0]["name"] == "Storno: 20501 Krankengymnastik"
    assert payload["introduction"].splitlines()[0] == "Storno zur Rechnung RE-2026-0042 vom 14.07.2026"


def test_line_whose_rounding_matters_goes_at_its_amount() -> None:
    """Where a server could round one way or another, the line says how its amount came about."""
    lines = (given.line("0.2500", "95.5000", unit="Stunde"),) * 2

    translation = sent(given.invoice(*lines, total="47.76"), ITEMISED)

    first = translation.payload["lineItems"][0]
    assert (first["quantity"], first["unitPrice"]["netAmount"], first["unitName"]) == (1, 23.88, "Leistung")
    assert first["description"] == "0,25 mal 95,50 EUR je Stunde"


def test_difference_of_rounding_has_a_line_of_its_own() -> None:
    """Lexware rounds lines, so two quarters of an hour cost a cent more there: the cent is named."""
    document = given.invoice(given.line("0.25", "95.50"), given.line("0.25", "95.50"), total="47.75")

    for kind, translation in (
        ("", sent(document, ITEMISED)),
        ("Storno: ", sent(given.cancellation_of(document), ITEMISED)),
    ):
        last = translation.payload["lineItems"][-1]
        assert (last["name"], last["unitPrice"]["netAmount"]) == (f"{kind}Rundungsdifferenz", -0.01)
        assert translation.total_there == Decimal("47.75")
        assert translation.notes == ("rounding_line",)


def test_itemised_goes_neutral_where_no_line_can_carry_the_difference() -> None:
    """Ten units at a gross price of 100.00, of which the host knows the net one: a difference beyond a cent a line."""
    document = given.invoice(given.line("10", "84.03", "19"), total="1000.00", tax_mode="net")

    translation = sent(document, given.settings(tax_type="net", lines="itemised"))

    (item,) = translation.payload["lineItems"]
    assert (item["name"], item["unitPrice"]["netAmount"]) == ("Leistungen gemäß Rechnung RE-2026-0042", 840.34)
    assert translation.notes == ("neutral_lines",)


def test_total_that_no_net_amount_gives_goes_gross() -> None:
    """Four times 0.10 with its tax rounded apart may be 0.47, but 0.39 net makes 0.46 and 0.40 makes 0.48."""
    document = given.invoice(*[given.line("1", "0.10", "19")] * 4, total="0.47", tax_mode="net")

    translation = sent(document, TAXED)

    assert translation.payload["taxConditions"] == {"taxType": "gross"}
    assert translation.payload["lineItems"][0]["unitPrice"]["grossAmount"] == 0.47
    assert (translation.total_there, translation.notes) == (Decimal("0.47"), ("gross_amounts",))


def test_long_description_goes_on_where_there_is_room() -> None:
    """A name has 100 characters; the words after them are the description."""
    words = "Beratung " * 60

    item = sent(given.invoice(given.line(description=words)), ITEMISED).payload["lineItems"][0]

    assert len(item["name"]) <= 100
    assert f"{item['name']} {item['description']}" == f"20501 {words.strip()}"


def test_long_word_is_cut_between_whole_characters() -> None:
    """Length counts in UTF-16 units, and no character is cut in two."""
    item = sent(given.invoice(given.line(code=None, description="\U0001f9b4" * 200)), ITEMISED).payload["lineItems"][0]

    assert (item["name"], item["description"]) == ("\U0001f9b4" * 50, "\U0001f9b4" * 150)


@pytest.mark.parametrize(
    ("mode", "rate", "total", "price"),
    [
        ("net", "19", "38.68", {"currency": "EUR", "netAmount": 32.5, "taxRatePercentage": 19}),
        ("gross", "19", "32.50", {"currency": "EUR", "grossAmount": 32.5, "taxRatePercentage": 19}),
        ("gross", "7", "32.50", {"currency": "EUR", "grossAmount": 32.5, "taxRatePercentage": 7}),
    ],
)
def test_price_is_on_the_side_of_the_tax_type(mode: str, rate: str, total: str, price: dict[str, Any]) -> None:
    """A gross document sends gross amounts, every other net amounts."""
    document = given.invoice(given.line(vat_rate=rate), total=total, tax_mode=mode, exemption_note=None)

    payload = sent(document, TAXED).payload

    assert payload["taxConditions"] == {"taxType": mode}
    assert payload["lineItems"][0]["unitPrice"] == price


def test_exemption_note_stands_above_the_marker_when_the_organisation_is_taxed() -> None:
    """The note field belongs to vatfree; elsewhere the note goes to the closing text, and the marker stays last."""
    payload = sent(given.invoice(), given.settings(tax_type="gross")).payload

    assert payload["taxConditions"] == {"taxType": "gross"}
    assert payload["remark"] == f"{given.NOTE}\nBeleg-Nr. RE-2026-0042 · 7Q4K-X2MB-91TD"
    assert payload["lineItems"][0]["unitPrice"] == {"currency": "EUR", "grossAmount": 32.5, "taxRatePercentage": 0}


def test_document_of_nothing_is_sent() -> None:
    """0.00 with items is a document; nothing in it is -0."""
    document = given.invoice(given.line("1", "32.50"), given.line("1", "-32.50"), total="0.00")

    invoice, credit = sent(document), sent(given.cancellation_of(document), ITEMISED)

    assert (invoice.total_here, invoice.total_there) == (0, 0)
    assert "-0.0" not in f"{invoice} {credit} {sent(given.cancellation_of(document))}"
    assert [item["unitPrice"]["netAmount"] for item in credit.payload["lineItems"]] == [32.5, -32.5]


def test_partial_cancellation_is_a_document_like_any_other() -> None:
    """Fewer items than the original: a smaller credit note."""
    original = given.invoice(given.line(), given.line(), total="65.00")
    whole = given.cancellation_of(original)

    translation = sent(replace(whole, lines=whole.lines[:1], total=Decimal("-32.50")))

    assert translation.total_there == Decimal("32.50")


def test_original_without_a_date_is_named_by_its_number() -> None:
    """The number ties the documents; a date that is not there is not invented."""
    document = given.cancellation_of(given.invoice(invoice_date=None))

    assert sent(document).payload["introduction"] == "Storno zur Rechnung RE-2026-0042"


def test_texts_are_cleaned_not_changed() -> None:
    """Blank edges and foreign line ends go, umlauts and angle brackets stay."""
    document = given.invoice(introduction="  Liebe Frau <Beispiel>, \r\n\r\nfür Ihre Übungen:\t\n")

    assert (
        sent(document, ITEMISED).payload["introduction"].split("\n", 1)[1]
        == "Liebe Frau <Beispiel>,\n\nfür Ihre Übungen:"
    )
