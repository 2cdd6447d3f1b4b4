"""When, by when and to whom: the conditions and the address of a document."""

from datetime import date
from typing import Any

import given
import pytest

from worker.lexware.translate.documents import Document
from worker.lexware.translate.translate import translate


def sent(document: Document) -> Any:
    """The payload of a sound document."""
    return translate(document, given.settings(), contact_id=given.CONTACT_ID, marker_code=given.CODE).payload


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        pytest.param([], {"shippingType": "none"}, id="no day"),
        pytest.param([None, None], {"shippingType": "none"}, id="days unknown"),
        pytest.param(
            [date(2026, 7, 1), None, date(2026, 7, 1)],
            {"shippingType": "service", "shippingDate": "2026-07-01T00:00:00.000+02:00"},
            id="one day",
        ),
        pytest.param(
            [date(2026, 7, 1), date(2026, 1, 5), date(2026, 3, 3)],
            {
                "shippingType": "serviceperiod",
                "shippingDate": "2026-01-05T00:00:00.000+01:00",
                "shippingEndDate": "2026-07-01T00:00:00.000+02:00",
            },
            id="several days",
        ),
    ],
)
def test_service_date_is_first_to_last_day(days: list[date | None], expected: dict[str, str]) -> None:
    """Days in between stay in the house."""
    lines = [given.line(unit_price="1", treated_on=day) for day in days or [None]]

    payload = sent(given.invoice(*lines, total=str(len(lines))))

    assert payload.get("shippingConditions") == expected


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        pytest.param(None, None, id="no due date"),
        pytest.param(date(2026, 7, 13), None, id="due before it was written"),
        pytest.param(date(2026, 7, 14), {"paymentTermLabel": "Zahlbar sofort", "paymentTermDuration": 0}, id="at once"),
        pytest.param(
            date(2026, 7, 15),
            {"paymentTermLabel": "Zahlbar innerhalb von einem Tag", "paymentTermDuration": 1},
            id="a day",
        ),
        pytest.param(
            date(2026, 8, 13),
            {"paymentTermLabel": "Zahlbar innerhalb von 30 Tagen", "paymentTermDuration": 30},
            id="days",
        ),
    ],
)
def test_payment_term_is_label_and_days_or_nothing(due: date | None, expected: dict[str, object] | None) -> None:
    """Half a payment term would be refused; none lets Lexware's default stand."""
    assert sent(given.invoice(due_date=due)).get("paymentConditions") == expected


def test_company_is_addressed_by_its_name() -> None:
    """The person behind it does not leave; blank parts of the address are left out."""
    payer = given.payer(
        company_name=" Meyer & Söhne <GbR> ", street=" ", zip=None, city="", address_supplement="Haus 2"
    )

    address = sent(given.invoice(payer=payer))["address"]

    assert address == {
        "contactId": str(given.CONTACT_ID),
        "name": "Meyer & Söhne <GbR>",
        "supplement": "Haus 2",
        "countryCode": "DE",
    }


def test_country_is_written_in_capitals() -> None:
    """Host programs write `de`; Lexware's specials pass as they are."""
    assert sent(given.invoice(payer=given.payer(country_code=" at ")))["address"]["countryCode"] == "AT"
    assert sent(given.invoice(payer=given.payer(country_code="ES_CN")))["address"]["countryCode"] == "ES_CN"
