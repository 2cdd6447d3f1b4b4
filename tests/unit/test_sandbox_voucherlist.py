"""What the voucher list of the simulated Lexware shows (lexware-api 7)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sandbox_bodies import NOON, contact, invoice, organisation

from worker.lab.sandbox.records import Organisation
from worker.lab.sandbox.rules.voucher_query import BadListQueryError
from worker.lab.sandbox.rules.voucherlist import page_of_vouchers

ANY = {"voucherType": "any", "voucherStatus": "any"}
LATE_EVENING = datetime(2026, 2, 3, 23, 30, tzinfo=UTC)
"""Already 4 February in Berlin."""


def _filled(**switches: Any) -> Organisation:
    """RE1001 draft, RE1002 open and past due, RE1003 paid, RE1004 voided and archived, GS0001 draft."""
    owner = organisation(**switches)
    for number in range(1, 5):
        made = invoice(
            owner, {"voucherDate": f"2026-02-0{number}T00:00:00.000+01:00"}, NOON + timedelta(minutes=number)
        )
        status = {2: "open", 3: "paid", 4: "voided"}.get(number, "draft")
        owner.documents[made.id] = replace(made, status=status, archived=number == 4)
    credit = replace(
        invoice(owner), id="c1", kind="creditnote", number="GS0001", contact_id="7f3e0000-0000-4000-8000-000000000000"
    )
    owner.documents = {key: each for key, each in owner.documents.items() if each.number != "RE1005"} | {"c1": credit}
    return owner


def _numbers(query: dict[str, str], **switches: Any) -> list[str]:
    page = page_of_vouchers(_filled(**switches), {**ANY, **query}, NOON + timedelta(days=2))
    return [row["voucherNumber"] for row in page["content"]]


QUERIES = {
    "any, newest day first": ({}, ["RE1004", "RE1003", "GS0001", "RE1002", "RE1001"]),
    "type": ({"voucherType": "invoice,salesinvoice"}, ["RE1004", "RE1003", "RE1002", "RE1001"]),
    "other type": ({"voucherType": "creditnote"}, ["GS0001"]),
    "drafts": ({"voucherStatus": "draft"}, ["GS0001", "RE1001"]),
    "two statuses": ({"voucherStatus": "paid,voided"}, ["RE1004", "RE1003"]),
    "overdue": ({"voucherStatus": "overdue"}, ["RE1002"]),
    "open finds overdue": ({"voucherStatus": "open"}, ["RE1002"]),
    "archived": ({"archived": "true"}, ["RE1004"]),
    "not archived": ({"archived": "false", "voucherType": "invoice"}, ["RE1003", "RE1002", "RE1001"]),
    "contact": ({"contactId": "7F3E0000-0000-4000-8000-000000000000"}, ["GS0001"]),
    "number in other case": ({"voucherNumber": "re1003"}, ["RE1003"]),
    "part of a number": ({"voucherNumber": "RE100"}, []),
    "days, both ends included": (
        {"voucherDateFrom": "2026-02-02", "voucherDateTo": "2026-02-03", "voucherType": "invoice"},
        ["RE1003", "RE1002"],
    ),
    "unknown parameter": ({"onlyOpen": "true", "sort": "voucherNumber,ASC", "size": "1"}, ["GS0001"]),
    "by creation": ({"sort": "createdDate,DESC", "voucherType": "invoice"}, ["RE1004", "RE1003", "RE1002", "RE1001"]),
    "a bare key sorts ascending": ({"sort": "voucherNumber"}, ["GS0001", "RE1001", "RE1002", "RE1003", "RE1004"]),
    "a status that nothing here has": ({"voucherStatus": "blank"}, []),
    "by number": ({"sort": "voucherNumber,ASC"}, ["GS0001", "RE1001", "RE1002", "RE1003", "RE1004"]),
    "second page": ({"sort": "voucherNumber,ASC", "size": "2", "page": "1"}, ["RE1002", "RE1003"]),
    "page behind the end": ({"page": "7"}, []),
}


@pytest.mark.parametrize(("query", "expected"), QUERIES.values(), ids=QUERIES)
def test_filters_order_and_pages(query: dict[str, str], expected: list[str]) -> None:
    """Filters are joined, unknown parameters do nothing, the default order is by day, newest first."""
    assert _numbers(query) == expected


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"voucherType": ""}, "Missing required request parameters"),
        ({"voucherStatus": ""}, "Missing required request parameters"),
        ({"voucherType": "invoices"}, "parameter 'voucherType' is invalid"),
        ({"voucherStatus": "drafts"}, "parameter 'voucherStatus' is invalid"),
        ({"voucherStatus": "overdue,open"}, "voucherStatus 'overdue' cannot be combined with other values"),
        ({"size": "251"}, "parameter 'size' must be equal or lower than 250"),
        ({"sort": "voucherDate,"}, "parameter 'sort' is invalid"),
        ({"voucherStatus": "draft,"}, "Internal Server Error"),
        ({"sort": "totalAmount,ASC"}, "parameter 'sort' is invalid"),
        ({"sort": "createdDate,desc"}, "parameter 'sort' is invalid"),
        ({"createdDateFrom": "2026-2-3"}, "parameter 'createdDateFrom' is invalid"),
        ({"voucherDateTo": "2026-02-03T00:00:00.000+01:00"}, "parameter 'voucherDateTo' is invalid"),
        ({"contactId": "7f3e"}, "parameter 'contactId' is invalid"),
        ({"archived": "yes"}, "parameter 'archived' is invalid"),
        ({"page": "40", "size": "250"}, "Maximum search window size exceeded"),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_a_bad_query_is_an_error(query: dict[str, str], message: str) -> None:
    """Nothing is guessed where the real API answers 400."""
    with pytest.raises(BadListQueryError) as caught:
        _numbers(query)

    assert caught.value.message == message


def test_the_window_cuts_the_list_and_ends_the_paging() -> None:
    """What lies beyond it cannot be reached, and the total does not say that there is more."""
    owner = _filled(voucherlist_window=4)
    query = {**ANY, "size": "2"}

    second = page_of_vouchers(owner, {**query, "page": "1"}, NOON + timedelta(days=2))

    assert (second["totalElements"], second["last"]) == (4, True)
    assert len(page_of_vouchers(owner, ANY, NOON + timedelta(days=2))["content"]) == 4
    with pytest.raises(BadListQueryError, match="Maximum search window"):
        page_of_vouchers(owner, {**query, "page": "2"}, NOON + timedelta(days=2))


def test_days_are_berlin_days() -> None:
    """What was created late in the evening of UTC belongs to the next day."""
    owner = organisation()
    invoice(owner, at=LATE_EVENING)

    found = {
        day: page_of_vouchers(owner, {**ANY, "createdDateFrom": day, "createdDateTo": day}, NOON + timedelta(days=2))
        for day in ("2026-02-03", "2026-02-04")
    }

    assert {day: page["totalElements"] for day, page in found.items()} == {"2026-02-03": 0, "2026-02-04": 1}


def test_documents_appear_and_vanish_with_the_lag() -> None:
    """The index learns of a new document, and of a deleted one, only when the lag has passed."""
    owner = organisation(voucherlist_lag_seconds=10)
    made = invoice(owner)
    owner.documents[made.id] = replace(made, deleted=NOON + timedelta(seconds=60))

    listed = [
        page_of_vouchers(owner, ANY, NOON + timedelta(seconds=after))["totalElements"] for after in (9, 10, 69, 70)
    ]

    assert listed == [0, 1, 1, 0]


def test_a_row_shows_a_draft_without_amounts_and_texts() -> None:
    """A draft has its number, but no due date and no open amount; rows never have remark or lines."""
    owner = organisation()
    ada = contact(owner)
    made = invoice(owner, {"address": {"contactId": ada.id}})

    (row,) = page_of_vouchers(owner, ANY, NOON)["content"]

    assert row == {
        "id": made.id,
        "voucherType": "invoice",
        "voucherStatus": "draft",
        "voucherNumber": "RE1001",
        "voucherDate": "2026-02-03T00:00:00.000+01:00",
        "createdDate": "2026-02-03T13:00:00.000+01:00",
        "updatedDate": "2026-02-03T13:00:00.000+01:00",
        "dueDate": None,
        "contactId": ada.id,
        "contactName": "Beispiel, Ada",
        "totalAmount": made.total,
        "openAmount": None,
        "currency": "EUR",
        "archived": False,
    }


def test_a_one_time_address_has_no_contact() -> None:
    """The row names the address, and no contact."""
    owner = organisation()
    invoice(owner)

    (row,) = page_of_vouchers(owner, ANY, NOON)["content"]

    assert (row["contactId"], row["contactName"]) == (None, "Ada Beispiel")


def test_the_type_of_finalised_invoices_is_a_switch() -> None:
    """One client reports that they come back as `salesinvoice`."""
    numbers = _numbers({"voucherType": "salesinvoice"}, finalised_invoice_type="salesinvoice")

    assert numbers == ["RE1004", "RE1003", "RE1002"]
