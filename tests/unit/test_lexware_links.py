"""What users paste as a contact id, and the links shown to them."""

from uuid import UUID

import pytest

from worker.lexware.api.links import ContactUuid, CustomerNumber, NotAContact, contact_url, read_pasted, voucher_url

ID = "7f3e1b2c-9a4d-4e5f-8a6b-0c1d2e3f4a5b"
OTHER = "0b6c1b2c-0000-4000-8000-000000000002"
APP = "http://127.0.0.1:8080"

CONTACT = [
    ID,
    ID.upper(),
    f"  {ID}\n",
    f"{{{ID}}}",
    f"<{ID}>",
    f'"{ID}"',
    f"„{ID}“",
    f"urn:uuid:{ID}",
    f"Kontakt-ID: {ID}",
    f"Lex Office Kontakt ID = {ID}",
    f"{ID};",
    ID.replace("-", "\u2011"),
    ID.replace("-", ""),
    "7f3e1b2c-9a4d-\n4e5f-8a6b-0c1d2e3f4a5b",
    f"\ufeff{ID}\u200b",
    f"\u00a0{ID}\u00a0",
    f"https://app.lexware.de/permalink/contacts/view/{ID}",
    f"https://app.lexware.de/permalink/contacts/view/{ID.upper()}/",
    f"https://app.lexware.de/permalink/contacts/edit/{ID}",
    f"http://app.lexware.de/permalink/contacts/view/{ID}",
    f"app.lexware.de/permalink/contacts/view/{ID}",
    f"HTTPS://APP.LEXWARE.DE/permalink/contacts/view/{ID}",
    f"https://app.lexware.de:443/contacts/{ID}",
    f"https://app.lexware.de/permalink/contacts/view/{ID}?utm_source=mail&x=1",
    f"https://app.lexware.de/permalink/contacts/view/{ID}#invoices",
    f"https://app.lexware.de/contacts/{ID}/documents?id={OTHER}",
    f"https://app.lexoffice.de/permalink/contacts/view/{ID}",
    f"https://app.lexoffice.de/master-data/#/contacts/{ID}",
    f"https://app.lexoffice.de/master-data/#/contacts/{ID}/edit?tab=1",
    f"https://app.lexoffice.de/contacts/edit/{ID}",
    f"https://app.lexoffice.de/contacts/view/{ID}.",
    f"<https://app.lexware.de/permalink/contacts/view/{ID}>",
    f"https://app.lexware.de/login?redirect=%2Fpermalink%2Fcontacts%2Fview%2F{ID}",
    f"http://127.0.0.1:8080/permalink/contacts/view/{ID}",
]

NUMBERS = [
    ("10001", 10001),
    (" 10001 ", 10001),
    ("10 001", 10001),
    ("#10001", 10001),
    ("Nr. 10001", 10001),
    ("Kundennummer: 10001", 10001),
    ("Kunden-Nr. 10001", 10001),
    ("Kundennr. 10001", 10001),
    ("Kd.-Nr. 10001", 10001),
    ("KdNr 10001", 10001),
    ("Kunde 10001", 10001),
]

OTHERS = [
    ("", "nothing"),
    (" \u200b\n", "nothing"),
    ("{}", "nothing"),
    ("Ada Beispiel", "text"),
    ("RE1019", "text"),
    ("Rechnung 1019", "text"),
    ("K-7", "text"),
    ("-1", "text"),
    ("1.5", "text"),
    ("١٢٣٤", "text"),
    ("9" * 16, "text"),
    (ID[:-1], "text"),
    (f"{ID}0", "text"),
    (f"{ID} {OTHER}", "several"),
    (f"{ID},{OTHER}", "several"),
    (
        f"https://app.lexware.de/permalink/contacts/view/{ID}\nhttps://app.lexware.de/permalink/contacts/view/{OTHER}",
        "several",
    ),
    (f"https://app.lexware.de/contacts/{ID}; {OTHER}", "several"),
    (f"Rechnung-ID: {ID}", "text"),
    ("https://[x/contacts/1", "text"),
    ("ada@example.org", "email"),
    ("https://example.org/permalink/contacts/view/" + ID, "other_host"),
    ("https://app.lexware.de.example.org/contacts/" + ID, "other_host"),
    ("https://app.lexware.de@example.org/contacts/" + ID, "other_host"),
    ("https://api.lexware.io/v1/contacts/" + ID, "other_host"),
    ("https:///contacts/" + ID, "other_host"),
    ("https://app.lexware.de/permalink/invoices/view/" + ID, "invoice"),
    ("https://app.lexware.de/permalink/invoices/edit/" + ID, "invoice"),
    (f"https://app.lexware.de/permalink/invoices/view/{ID}?from=/contacts/{OTHER}", "invoice"),
    ("https://app.lexoffice.de/permalink/credit-notes/view/" + ID, "credit_note"),
    ("https://app.lexware.de/permalink/vouchers/view/" + ID, "voucher"),
    ("https://app.lexware.de/vouchers", "voucher"),
    ("https://app.lexware.de/contacts", "contact_list"),
    ("https://app.lexoffice.de/master-data/#/contacts", "contact_list"),
    ("https://app.lexware.de/", "other_page"),
    ("https://app.lexware.de/permalink/articles/view/" + ID, "other_page"),
    ("app.lexware.de/#/dashboard", "other_page"),
]


@pytest.mark.parametrize("value", CONTACT)
def test_a_contact(value: str) -> None:
    """An id alone, or any address of the contact's page, is the contact's id."""
    assert read_pasted(value, APP) == ContactUuid(UUID(ID))


@pytest.mark.parametrize(("value", "number"), NUMBERS)
def test_a_customer_number(value: str, number: int) -> None:
    """The number alone, or as Lexware prints it."""
    assert read_pasted(value, APP) == CustomerNumber(number)


@pytest.mark.parametrize(("value", "found"), OTHERS)
def test_something_else(value: str, found: str) -> None:
    """What it is instead is said, and never guessed into a contact."""
    assert read_pasted(value, APP) == NotAContact(found)  # type: ignore[arg-type]


@pytest.mark.parametrize("app", ["https://app.lexware.de", "https://app.lexware.de/"])
def test_links(app: str) -> None:
    """Links into the web application (lexware-api 5.12)."""
    assert contact_url(app, UUID(ID)) == f"https://app.lexware.de/permalink/contacts/view/{ID}"
    assert voucher_url(app, "invoice", UUID(ID)) == f"https://app.lexware.de/permalink/invoices/view/{ID}"
    assert voucher_url(app, "invoice", UUID(ID), edit=True) == f"https://app.lexware.de/permalink/invoices/edit/{ID}"
    assert voucher_url(app, "credit_note", UUID(ID)) == f"https://app.lexware.de/permalink/credit-notes/view/{ID}"


def test_our_own_link_is_understood() -> None:
    """What we show may be pasted back."""
    assert read_pasted(contact_url(APP, UUID(ID)), APP) == ContactUuid(UUID(ID))
