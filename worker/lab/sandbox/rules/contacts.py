"""What makes a contact acceptable (lexware-api 4.1, 3.3): every problem of a body, in Lexware's words."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from worker.lab.sandbox.rules.countries import CODES
from worker.lab.sandbox.switches import Switches
from worker.lab.sandbox.wire import Json

_MAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_GERMAN_VAT_ID = re.compile(r"DE\d{9}", re.ASCII)
_FOREIGN_VAT_ID = re.compile(r"(?!DE)[A-Z]{2}[0-9A-Z+*]{2,12}", re.ASCII)
_LETTER = re.compile(r"[^\W\d_]")


class Issue(NamedTuple):
    """One entry of a legacy `IssueList`."""

    key: str
    source: str | None
    type: str = "validation_failure"


def issues(body: Json, switches: Switches) -> Iterator[Issue]:
    """Everything wrong with a contact of the documented shape, its version aside."""
    yield from crowded_lists(body)
    yield from _roles_and_kind(body)
    yield from _company(body.get("company") or {}, given=body.get("company") is not None)
    yield from _person(body.get("person") or {}, "person", given=body.get("person") is not None)
    yield from _addresses(body.get("addresses") or {})
    yield from _reachable(body, switches)
    yield from _texts(body, switches)
    x_rechnung = body.get("xRechnung") or {}
    if bool(x_rechnung.get("buyerReference")) != bool(x_rechnung.get("vendorNumberAtCustomer")):
        yield Issue("invalid_value", "xRechnung")


def version_issues(sent: int | None, current: int) -> Iterator[Issue]:
    """Whether the version is the current one; 0 stands for "does not exist yet" (4.1, 4.3)."""
    if sent is None:
        yield Issue("missing_entity", "version")
    elif sent != current:
        yield Issue("invalid_value", "version")


def crowded_lists(body: Json) -> Iterator[Issue]:
    """The lists with more than the one entry that the API can write (4.1, 4.3); users can make such by hand."""
    lists = {"company.contactPersons": (body.get("company") or {}).get("contactPersons")}
    for group in ("addresses", "emailAddresses", "phoneNumbers"):
        lists |= {f"{group}.{kind}": entries for kind, entries in (body.get(group) or {}).items()}
    for where, entries in lists.items():
        if len(entries or []) > 1:
            yield Issue("invalid_value", f"{where}.size")


def _roles_and_kind(body: Json) -> Iterator[Issue]:
    roles = body.get("roles") or {}
    if roles.get("customer") is None and roles.get("vendor") is None:
        yield Issue("missing_entity", "roles.customer or roles.vendor")
    given = [kind for kind in ("company", "person") if body.get(kind) is not None]
    if not given:
        yield Issue("missing_entity", "company or person")
    if len(given) == 2:
        yield Issue("invalid_value", "company and person")


def _company(company: Json, *, given: bool) -> Iterator[Issue]:
    if given and not (company.get("name") or "").strip():
        yield Issue("missing_entity", "company.name")
    vat_id = company.get("vatRegistrationId")
    if vat_id is not None and not (_GERMAN_VAT_ID.fullmatch(vat_id) or _FOREIGN_VAT_ID.fullmatch(vat_id)):
        yield Issue("invalid_value", "company.vatRegistrationId")
    for position, person in enumerate(company.get("contactPersons") or []):
        where = f"company.contactPersons[{position}]"
        yield from _person(person, where, given=True)
        yield from _mail(person.get("emailAddress"), f"{where}.emailAddress")


def _person(person: Json, where: str, *, given: bool) -> Iterator[Issue]:
    if given and not (person.get("lastName") or "").strip():
        yield Issue("missing_entity", f"{where}.lastName")
    if len(person.get("salutation") or "") > 25:
        yield Issue("invalid_value", f"{where}.salutation")


def _addresses(addresses: Json) -> Iterator[Issue]:
    for kind, entries in addresses.items():
        for position, address in enumerate(entries or []):
            where = f"addresses.{kind}[{position}].countryCode"
            if not address.get("countryCode"):
                yield Issue("missing_entity", where)
            elif address["countryCode"] not in CODES:
                yield Issue("countrycode_is_not_valid", where)


def _reachable(body: Json, switches: Switches) -> Iterator[Issue]:
    for kind, mails in (body.get("emailAddresses") or {}).items():
        for position, mail in enumerate(mails or []):
            yield from _mail(mail, f"emailAddresses.{kind}[{position}]")
    for kind, phones in (body.get("phoneNumbers") or {}).items():
        for position, phone in enumerate(phones or []):
            if not phone or (switches.refuses_letters_in_phones and (_LETTER.search(phone) or len(phone) > 30)):
                yield Issue("invalid_value", f"phoneNumbers.{kind}[{position}]")


def _texts(body: Json, switches: Switches) -> Iterator[Issue]:
    if len(body.get("note") or "") > 1000:
        yield Issue("invalid_value", "note")
    for limit, texts in ((switches.contact_name_limit, _names(body)), (switches.contact_text_limit, _places(body))):
        for path, text in texts:
            if limit and len(text or "") > limit:
                yield Issue("invalid_value", path)


def _names(body: Json) -> Iterator[tuple[str, str | None]]:
    for kind in ("company", "person"):
        for name in ("name", "firstName", "lastName"):
            yield f"{kind}.{name}", (body.get(kind) or {}).get(name)


def _places(body: Json) -> Iterator[tuple[str, str | None]]:
    for kind, entries in (body.get("addresses") or {}).items():
        for position, address in enumerate(entries or []):
            for name in ("supplement", "street", "zip", "city"):
                yield f"addresses.{kind}[{position}].{name}", address.get(name)


def _mail(mail: str | None, where: str) -> Iterator[Issue]:
    if mail is not None and not _MAIL.fullmatch(mail):
        yield Issue("invalid_value", where)
