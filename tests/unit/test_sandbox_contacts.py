"""What the simulated Lexware accepts as a contact (lexware-api 4.1, 3.3, 14.4)."""

from typing import Any

import pytest
from sandbox_bodies import CONTACT, bent

from worker.lab.sandbox.rules.contacts import Issue, crowded_lists, issues, version_issues
from worker.lab.sandbox.switches import Switches

COMPANY = bent(CONTACT, {"person": None, "company.name": "Physio Beispiel GmbH"})
ADDRESS = {"street": "Lindenweg 3", "zip": "50667", "city": "Köln", "countryCode": "DE"}

PROBLEMS: dict[str, tuple[dict[str, Any], dict[str, Any], list[tuple[str, str]]]] = {
    "no role": (CONTACT, {"roles": {}}, [("missing_entity", "roles.customer or roles.vendor")]),
    "no kind": (CONTACT, {"person": None}, [("missing_entity", "company or person")]),
    "both kinds": (CONTACT, {"company.name": "Beispiel GmbH"}, [("invalid_value", "company and person")]),
    "blank last name": (CONTACT, {"person.lastName": "  "}, [("missing_entity", "person.lastName")]),
    "blank company": (COMPANY, {"company.name": ""}, [("missing_entity", "company.name")]),
    "nameless contact person": (
        COMPANY,
        {"company.contactPersons": [{"firstName": "Ada"}]},
        [("missing_entity", "company.contactPersons[0].lastName")],
    ),
    "two contact persons": (
        COMPANY,
        {"company.contactPersons": [{"lastName": "A"}, {"lastName": "B"}]},
        [("invalid_value", "company.contactPersons.size")],
    ),
    "long salutation": (CONTACT, {"person.salutation": "x" * 26}, [("invalid_value", "person.salutation")]),
    "bad VAT id": (COMPANY, {"company.vatRegistrationId": "DE12"}, [("invalid_value", "company.vatRegistrationId")]),
    "no country": (
        CONTACT,
        {"addresses.billing.0.countryCode": None},
        [("missing_entity", "addresses.billing[0].countryCode")],
    ),
    "unknown country": (
        CONTACT,
        {"addresses.billing.0.countryCode": "XX"},
        [("countrycode_is_not_valid", "addresses.billing[0].countryCode")],
    ),
    "two addresses": (
        CONTACT,
        {"addresses.billing": [ADDRESS, ADDRESS]},
        [("invalid_value", "addresses.billing.size")],
    ),
    "two mails": (
        CONTACT,
        {"emailAddresses.private": ["a@example.org", "b@example.org"]},
        [("invalid_value", "emailAddresses.private.size")],
    ),
    "empty mail": (CONTACT, {"emailAddresses.private": [""]}, [("invalid_value", "emailAddresses.private[0]")]),
    "bad mail": (CONTACT, {"emailAddresses.other": ["ada@"]}, [("invalid_value", "emailAddresses.other[0]")]),
    "letters in a phone": (
        CONTACT,
        {"phoneNumbers.mobile": ["0170 abc"]},
        [("invalid_value", "phoneNumbers.mobile[0]")],
    ),
    "long note": (CONTACT, {"note": "x" * 1001}, [("invalid_value", "note")]),
    "half an XRechnung": (CONTACT, {"xRechnung.buyerReference": "04011"}, [("invalid_value", "xRechnung")]),
    "several at once": (
        CONTACT,
        {"roles": {}, "person.lastName": "", "note": "x" * 1001},
        [
            ("missing_entity", "roles.customer or roles.vendor"),
            ("missing_entity", "person.lastName"),
            ("invalid_value", "note"),
        ],
    ),
}


@pytest.mark.parametrize(("body", "changes", "expected"), PROBLEMS.values(), ids=PROBLEMS)
def test_every_problem_is_named(body: dict[str, Any], changes: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    """A contact is refused with all its problems, each with its key and path."""
    found = list(issues(bent(body, changes), Switches()))

    assert found == [Issue(key, source) for key, source in expected]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"roles": {"vendor": {}}},
        {"note": "x" * 1000, "person.salutation": "x" * 25},
        {"emailAddresses.private": ["max_m@x.de"], "phoneNumbers.mobile": ["+49 (170) 000-000"]},
        {"addresses.billing.0.countryCode": "ES_CN"},
        {"person.lastName": 'Meyer & Söhne <GbR> "B"'},
        {"xRechnung": {"buyerReference": "04011", "vendorNumberAtCustomer": "17"}},
    ],
    ids=str,
)
def test_a_valid_contact_has_no_problem(changes: dict[str, Any]) -> None:
    """What the documentation allows passes."""
    assert list(issues(bent(CONTACT, changes), Switches())) == []


def test_switches_decide_what_nobody_knows() -> None:
    """Undocumented limits of phones and names are switches."""
    body = bent(CONTACT, {"phoneNumbers.mobile": ["0170 abc"], "person.lastName": "x" * 101})

    lenient = list(issues(body, Switches(refuses_letters_in_phones=False)))
    limited = list(issues(body, Switches(refuses_letters_in_phones=False, contact_name_limit=100)))

    assert lenient == []
    assert limited == [Issue("invalid_value", "person.lastName")]


@pytest.mark.parametrize(
    ("sent", "current", "expected"),
    [(0, 0, []), (None, 0, ["missing_entity"]), (1, 0, ["invalid_value"]), (1, 2, ["invalid_value"]), (2, 2, [])],
)
def test_the_version_must_be_the_current_one(sent: int | None, current: int, expected: list[str]) -> None:
    """0 on creation, the read one on replacement; all else is a problem of `version`."""
    assert list(version_issues(sent, current)) == [Issue(key, "version") for key in expected]


def test_a_list_that_a_user_filled_is_crowded() -> None:
    """Lists with two entries are found wherever they are."""
    body = {"addresses": {"shipping": [ADDRESS, ADDRESS]}, "phoneNumbers": {"fax": ["1", "2"]}, "emailAddresses": None}

    assert [issue.source for issue in crowded_lists(body)] == ["addresses.shipping.size", "phoneNumbers.fax.size"]
