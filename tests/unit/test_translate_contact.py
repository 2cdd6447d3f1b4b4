"""A payer as a contact in Lexware."""

from typing import Any

import given
import pytest

from worker.lexware.translate.problems import Untranslatable
from worker.lexware.translate.translate import contact_payload

NEUTRAL, ITEMISED = given.settings(), given.settings(lines="itemised")


def test_neutral_contact_whole() -> None:
    """A person with one billing address, and the marker in the note; no e-mail, no telephone."""
    assert contact_payload(given.payer(), NEUTRAL, marker_code=given.CODE) == {
        "version": 0,
        "roles": {"customer": {}},
        "person": {"salutation": "Frau", "firstName": "Ada", "lastName": "Beispiel"},
        "addresses": {"billing": [{"street": "Lindenweg 3", "zip": "50667", "city": "Köln", "countryCode": "DE"}]},
        "note": "Kundennr. K-1042 · 7Q4K-X2MB-91TD",
    }


def test_itemised_contact_can_be_reached() -> None:
    """One e-mail address and one telephone, private of a person."""
    contact = contact_payload(given.payer(), ITEMISED, marker_code=given.CODE)

    assert contact["emailAddresses"] == {"private": ["ada@example.org"]}
    assert contact["phoneNumbers"] == {"private": ["0221 000000"]}


def test_company_is_a_company() -> None:
    """Its name and nothing of the person; mail and telephone are business."""
    contact = contact_payload(given.payer(company_name="Beispiel GmbH"), ITEMISED, marker_code=given.CODE)

    assert contact["company"] == {"name": "Beispiel GmbH"}
    assert "person" not in contact
    assert contact["emailAddresses"] == {"business": ["ada@example.org"]}
    assert contact["phoneNumbers"] == {"business": ["0221 000000"]}


@pytest.mark.parametrize(
    "email",
    [
        *(None, "", " ", "ada", "ada@", "@example.org", "ada@example", "ada@@example.org", "ada beispiel@example.org"),
        *(
            "ada.@example.org",
            "a..b@example.org",
            "ada@-example.org",
            "ädä@example.org",
            "ada@example.org; b@example.org",
        ),
        "a" * 120 + "@example.org",
    ],
)
def test_malformed_mail_is_left_out(email: str | None) -> None:
    """Lexware would refuse the whole contact for it."""
    assert "emailAddresses" not in contact_payload(given.payer(email=email), ITEMISED, marker_code=given.CODE)


@pytest.mark.parametrize("email", ["max_m@x.de", "o'neil+praxis@sub.example.co.uk", " ada@example.org "])
def test_odd_but_sound_mail_goes(email: str) -> None:
    """Underscores, apostrophes and plus signs are fine."""
    contact = contact_payload(given.payer(email=email), ITEMISED, marker_code=given.CODE)

    assert contact["emailAddresses"] == {"private": [email.strip()]}


@pytest.mark.parametrize("phone", [None, "", "privat 0221 1", "0221/123 Mo-Fr", "-", "0" * 31])
def test_odd_telephone_is_left_out(phone: str | None) -> None:
    """Letters, more than 30 characters, or no digit at all."""
    assert "phoneNumbers" not in contact_payload(given.payer(phone=phone), ITEMISED, marker_code=given.CODE)


@pytest.mark.parametrize(
    ("salutation", "expected"), [("x" * 25, "x" * 25), ("x" * 26, None), ("  ", None), (None, None), (" Herr ", "Herr")]
)
def test_salutation_is_left_out_when_it_does_not_fit(salutation: str | None, expected: str | None) -> None:
    """It is not worth stopping a document for."""
    contact = contact_payload(given.payer(salutation=salutation), NEUTRAL, marker_code=given.CODE)

    assert contact["person"].get("salutation") == expected


def test_customer_without_a_number_is_known_by_the_code() -> None:
    """The host's own id stays in the house."""
    contact = contact_payload(given.payer(customer_number=None), NEUTRAL, marker_code=given.CODE)

    assert contact["note"] == "Kunde der Praxis · 7Q4K-X2MB-91TD"


@pytest.mark.parametrize(
    ("changes", "reason", "field"),
    [
        ({"last_name": None}, "missing_field", "payer.last_name"),
        ({"country_code": "D"}, "missing_field", "payer.country_code"),
        ({"street": "x" * 101}, "text_too_long", "payer.street"),
        ({"address_supplement": "F32.1"}, "health_data", "payer.address_supplement"),
    ],
)
def test_payer_lexware_could_not_take_is_refused(changes: dict[str, Any], reason: str, field: str) -> None:
    """No contact is created for a payer whose documents could not follow."""
    with pytest.raises(Untranslatable) as caught:
        contact_payload(given.payer(**changes), NEUTRAL, marker_code=given.CODE)

    assert (caught.value.problem.reason, caught.value.problem.field) == (reason, field)
