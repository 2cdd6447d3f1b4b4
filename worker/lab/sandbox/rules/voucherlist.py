"""The answer of `GET /v1/voucherlist` (lexware-api 7): which documents it lists, and what stands in a row."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from worker.lab.sandbox.records import Document, Organisation, name_of
from worker.lab.sandbox.rules.berlin import day_of, midnight, stamp
from worker.lab.sandbox.rules.paging import envelope
from worker.lab.sandbox.rules.views import due_day, voucher_day
from worker.lab.sandbox.rules.voucher_query import SORT_KEYS, VoucherQuery, read_query
from worker.lab.sandbox.wire import Json


def page_of_vouchers(organisation: Organisation, parameters: Mapping[str, str], at: datetime) -> Json:
    """The asked page of the list as the search index knows it. Raises BadListQueryError."""
    window = organisation.switches.voucherlist_window
    query = read_query(parameters, window)
    found = [document for document in _indexed(organisation, at) if _is_wanted(document, query, organisation, at)]
    found.sort(key=SORT_KEYS[query.sort_field], reverse=not query.ascending)
    start = query.page.number * query.page.size
    rows = [_row(document, organisation, at) for document in found[:window][start : start + query.page.size]]
    return envelope(rows, min(len(found), window), query.page, query.sort_field, ascending=query.ascending)


def _is_wanted(document: Document, query: VoucherQuery, organisation: Organisation, at: datetime) -> bool:
    """Whether it is listed; the filter `open` finds what is shown as `overdue`, too (7.3)."""
    statuses = {document.status, _status(document, at)}
    return (
        (query.types is None or _type(document, organisation) in query.types)
        and (query.statuses is None or not query.statuses.isdisjoint(statuses))
        and all(test(document) for test in query.tests)
    )


def _indexed(organisation: Organisation, at: datetime) -> Iterable[Document]:
    """What the search index knows: new and deleted documents reach it with a lag (7.4)."""
    until = at - timedelta(seconds=organisation.switches.voucherlist_lag_seconds)
    for document in organisation.documents.values():
        if document.created <= until and not (document.deleted and document.deleted <= until):
            yield document


def _type(document: Document, organisation: Organisation) -> str:
    if document.kind == "invoice" and document.status != "draft":
        return organisation.switches.finalised_invoice_type
    return document.kind


def _status(document: Document, at: datetime) -> str:
    """The status shown: an open invoice past its day is `overdue` (7.3)."""
    due = due_day(document)
    return "overdue" if document.shown_status == "open" and due and due < day_of(at) else document.shown_status


def _row(document: Document, organisation: Organisation, at: datetime) -> Json:
    due = due_day(document)
    contact = organisation.contacts.get(document.contact_id or "")
    return {
        "id": document.id,
        "voucherType": _type(document, organisation),
        "voucherStatus": _status(document, at),
        "voucherNumber": document.number,
        "voucherDate": midnight(voucher_day(document)),
        "createdDate": stamp(document.created),
        "updatedDate": stamp(document.updated),
        "dueDate": midnight(due) if due else None,
        "contactId": document.contact_id,
        "contactName": name_of(contact.body, "last_first") if contact else document.contact_name,
        "totalAmount": document.total,
        "openAmount": None if document.status == "draft" else document.open_amount,
        "currency": "EUR",
        "archived": document.archived,
    }
