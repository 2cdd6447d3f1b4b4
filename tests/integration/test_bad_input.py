"""G10: bad rows of the host die before sending, with a reason that names the thing; everything else goes on."""

from datetime import date
from decimal import Decimal
from typing import Any

from stage import Stage

_VAT = [{"vat_rate": Decimal(19)}]


#: A bad row each: payer, columns of the document, items; its reason and the field that is named.
_BAD: dict[str, tuple[dict[str, Any], dict[str, Any], list[dict[str, Any]] | None, str, str | None]] = {
    "country": ({"country_code": None}, {}, None, "missing_field", "payer.country_code"),
    "name": ({"last_name": " "}, {}, None, "missing_field", "payer.last_name"),
    "number": ({}, {"number": None}, None, "missing_field", "document.number"),
    "date": ({}, {"invoice_date": None}, None, "missing_field", "document.invoice_date"),
    "no such date": ({}, {"invoice_date": "infinity"}, None, "missing_field", "document.invoice_date"),
    "early": ({}, {"invoice_date": "0044-03-15 BC"}, None, "missing_field", "document.invoice_date"),
    "total": ({}, {"total": None}, None, "missing_field", "document.total"),
    "no items": ({}, {}, [], "no_items", None),
    "sum": ({}, {"total": Decimal("85.01")}, None, "totals_differ", None),
    "negative": ({}, {}, [{"unit_price": Decimal(-5)}], "negative_total", None),
    "rate": ({}, {}, [{"vat_rate": Decimal(16)}], "unknown_tax_rate", None),
    "VAT in an organisation without": ({}, {"tax_mode": "net"}, _VAT, "tax_conflict", None),
    "no note": ({}, {"exemption_note": None}, None, "exemption_note_missing", None),
    "leak": ({"birth_date": date(1980, 3, 7), "street": "Weg 7.3.1980"}, {}, None, "health_data", "payer.street"),
    "ICD-10": ({}, {"exemption_note": "Diagnose F32.1"}, None, "health_data", "document.exemption_note"),
}


def test_bad_rows_die_and_what_comes_after_them_goes_on(stage: Stage) -> None:
    """The reason names the field, nothing was sent for them, and the one good document is delivered."""
    bad = {
        name: stage.practice.invoice(stage.practice.customer(**payer), items, **columns)
        for name, (payer, columns, items, *_) in _BAD.items()
    }
    good = stage.practice.invoice(stage.practice.customer())

    stage.run()

    assert {name: stage.outcome(document) for name, document in bad.items()} == {
        name: ("dead", reason) for name, (*_, reason, _) in _BAD.items()
    }
    named = {name: field for name, (*_, field) in _BAD.items() if field}
    assert {name: stage.event(bad[name])["detail"]["field"] for name in named} == named
    assert stage.outcome(good) == ("delivered", None)
    assert len(stage.documents()) == len(stage.contacts()) == 1


def test_dates_that_nobody_can_mean_count_as_absent(stage: Stage) -> None:
    """Of treatments and of payment; without them the document goes."""
    items = [{"treated_on": "infinity"}, {"treated_on": "20261-01-05"}, {"treated_on": date(2026, 10, 28)}]
    invoice = stage.practice.invoice(stage.practice.customer(), items, due_date="-infinity")

    stage.run()

    assert stage.outcome(invoice) == ("delivered", None)
    (document,) = stage.documents()
    assert document["body"]["shippingConditions"]["shippingDate"].startswith("2026-10-28")


def test_a_document_that_is_gone_dies(stage: Stage) -> None:
    """The host removed a completed document before it could go over."""
    stage.db.execute("set session_replication_role = replica")
    gone = stage.practice.invoice(stage.practice.customer())
    stage.db.execute("set session_replication_role = origin")
    stage.db.execute(
        "insert into outbox.event (practice_id, document_id, payer_id, kind, number, marker_code, origin) "
        "select practice_id, id, customer_id, 'invoice', number, 'X', 'trigger' from practice.invoices"
    )
    stage.db.execute("delete from practice.invoice_items")
    stage.db.execute("delete from practice.invoices")

    stage.run()

    assert stage.outcome(gone) == ("dead", "document_gone")
