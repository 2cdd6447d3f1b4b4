"""Which path and method is which call, and what right it needs (lexware-api 1.1, 1.2, 14.1)."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from worker.lab.sandbox.answers import RefusedError, Reply, ok, regular_error
from worker.lab.sandbox.call import Call
from worker.lab.sandbox.contact_calls import create_contact, read_contact, replace_contact, search_contacts
from worker.lab.sandbox.document_calls import create_document, download_file, read_document, render_document
from worker.lab.sandbox.records import Kind
from worker.lab.sandbox.rules.countries import listing
from worker.lab.sandbox.rules.paging import asked_page, envelope
from worker.lab.sandbox.rules.small_lists import PAYMENT_CONDITIONS, POSTING_CATEGORIES, PRINT_LAYOUTS
from worker.lab.sandbox.rules.views import payments_json, profile_json
from worker.lab.sandbox.rules.voucher_query import BadListQueryError
from worker.lab.sandbox.rules.voucherlist import page_of_vouchers


class Route(NamedTuple):
    """A call of the API; no handler stands for one that clients expect and the API lacks."""

    handler: Callable[[Call], Reply] | None
    scope: str | None = None


def route_of(method: str, path: str) -> tuple[Route | None, str]:
    """The route of a path and the id in it; no route for what the gateway does not know."""
    parts = path.removeprefix("/v1/").split("/")
    if not path.startswith("/v1/") or not all(parts) or len(parts) > 3:
        return None, ""
    shape = "/".join([parts[0], *("{id}" for _ in parts[1:2]), *parts[2:]])
    route = _ROUTES.get((method, shape)) or (_NOT_SIMULATED if parts[0] in _BESIDE else None)
    return route, parts[1] if len(parts) > 1 else ""


def _list_vouchers(call: Call) -> Reply:
    try:
        return ok(page_of_vouchers(call.organisation, call.query, call.at))
    except BadListQueryError as error:
        raise RefusedError(regular_error(error.status, call.path, error.message, error.details)) from None


def _read_payments(call: Call) -> Reply:
    document = call.organisation.document(call.record_id)
    if document is None:
        raise RefusedError(regular_error(404, call.path, "The requested resource does not exist"))
    is_linked_credit_note = document.kind == "creditnote" and bool(document.related)
    if document.status == "draft" or is_linked_credit_note:
        raise RefusedError(regular_error(406, call.path, "No payment information for this voucher"))
    return ok(payments_json(document))


def _list_nothing(call: Call) -> Reply:
    """A page of a list that has no entries here."""
    return ok(envelope([], 0, asked_page(call.query), "createdDate", ascending=False))


def _refuse_as_unsimulated(call: Call) -> Reply:
    """What the real API has and this one has not: no gateway's answer, and none that anybody might take for Lexware's."""
    raise RefusedError(
        regular_error(501, call.path, "The simulated Lexware does not have this endpoint; the real one has.")
    )


def _document_routes(collection: str, kind: Kind) -> dict[tuple[str, str], Route]:
    read, write = f"{collection}.read", f"{collection}.write"
    return {
        ("POST", collection): Route(partial(create_document, kind=kind), write),
        ("GET", f"{collection}/{{id}}"): Route(partial(read_document, kind=kind), read),
        ("GET", f"{collection}/{{id}}/file"): Route(partial(download_file, kind=kind), read),
        ("GET", f"{collection}/{{id}}/document"): Route(partial(render_document, kind=kind), read),
        ("GET", collection): Route(None),
        ("PUT", f"{collection}/{{id}}"): Route(None),
        ("DELETE", f"{collection}/{{id}}"): Route(None),
    }


_ROUTES: dict[tuple[str, str], Route] = {
    ("GET", "profile"): Route(lambda call: ok(profile_json(call.organisation)), "profile.read"),
    ("GET", "countries"): Route(lambda _: ok(listing())),
    ("POST", "contacts"): Route(create_contact, "contacts.write"),
    ("GET", "contacts"): Route(search_contacts, "contacts.read"),
    ("GET", "contacts/{id}"): Route(read_contact, "contacts.read"),
    ("PUT", "contacts/{id}"): Route(replace_contact, "contacts.write"),
    ("DELETE", "contacts/{id}"): Route(None),
    **_document_routes("invoices", "invoice"),
    **_document_routes("credit-notes", "creditnote"),
    ("GET", "voucherlist"): Route(_list_vouchers, "voucherlist.read"),
    ("GET", "payments/{id}"): Route(_read_payments, "payments.read"),
    ("GET", "ping"): Route(lambda call: ok({"organizationId": call.organisation.id})),
    ("GET", "payment-conditions"): Route(lambda _: ok(PAYMENT_CONDITIONS)),
    ("GET", "posting-categories"): Route(lambda _: ok(POSTING_CATEGORIES)),
    ("GET", "print-layouts"): Route(lambda _: ok(PRINT_LAYOUTS)),
    ("GET", "event-subscriptions"): Route(lambda _: ok({"content": []})),
    ("GET", "articles"): Route(_list_nothing),
    ("GET", "recurring-templates"): Route(_list_nothing),
}

#: Documented and not simulated, or not in full (15).
_BESIDE = frozenset(
    {
        *(
            "articles",
            "delivery-notes",
            "down-payment-invoices",
            "dunnings",
            "event-subscriptions",
            "files",
            "order-confirmations",
        ),
        *(
            "payment-conditions",
            "ping",
            "posting-categories",
            "print-layouts",
            "quotations",
            "recurring-templates",
            "vouchers",
        ),
    }
)
_NOT_SIMULATED = Route(_refuse_as_unsimulated)
