"""G10: bad rows of the host die before sending, with a reason that names the thing; everything else goes on."""

from datetime import date
from decimal import Decimal

import pytest
from stage import Stage

_VAT = [{"vat_rate": Decimal(19)}]


@pytest.mark.parametrize(
    ("payer", "columns", "items", "reason", "field"),
    [
        pytest.param({"country_code": None}, {}, None, "missing_field", "payer.country_code", id="country"),
        pytest.param({"last_name": " "}, {}, None, "missing_field", "payer.last_name", id="name"),
        pytest.param({}, {"number": None}, None, "missing_field", "document.number", id="number"),
        pytest.param({}, {"invoice_date": None}, None, "missing_field", "document.invoice_date", id="date"),
        pytest.param(
            {}, {"invoice_date": "infinity"}, None, "missing_field", "document.invoice_date", id="no-such-date"
        ),
        pytest.param({}, {"invoice_date": "0044-03-15 BC"}, None, "missing_field", "document.invoice_date", id="early"),
        pytest.param({}, {"total": None}, None, "missing_field", "document.total", id="total"),
        pytest.param({}, {}, [], "no_items", None, id="no-items"),
        pytest.param({}, {"total": Decimal("85.01")}, None, "totals_differ", None, id="sum"),
        pytest.param({}, {}, [{"unit_price": Decimal(-5)}], "negative_total", None, id="negative"),
        pytest.param({}, {}, [{"vat_rate": Decimal(16)}], "unknown_tax_rate", None, id="rate"),
        pytest.param({}, {"tax_mode": "net"}, _VAT, "tax_conflict", None, id="vat-in-vatfree-organisation"),
        pytest.param({}, {"exemption_note": None}, None, "exemption_note_missing", None, id="no-note"),
        pytest.param(
            {"birth_date": date(1980, 3, 7), "street": "Weg 7.3.1980"},
            {},
            None,
            "health_data",
            "payer.street",
            id="leak",
        ),
        pytest.param(
            {}, {"exemption_note": "Diagnose F32.1"}, None, "health_data", "document.exemption_note", id="icd-10"
        ),
    ],
)
def test_a_bad_row_dies_and_the_next_goes_on(stage: Stage, payer, columns, items, reason, field) -> None:
    """The reason names the field, nothing was sent for it, and the neighbour is delivered."""
    bad = stage.practice.invoice(stage.practice.customer(**payer), items, **columns)
    good = stage.practice.invoice(stage.practice.customer())

    stage.run()

    assert stage.outcome(bad) == ("dead", reason)
    assert field is None or stage.event(bad)["detail"]["field"] == field
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
