"""Every call over real sockets: what leaves, what comes back, what is told and what is not."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

import pytest
from lexware_peer import Peer, always, answer, answering, json_answer, never

from worker.delivery.errors import CallError, NoAnswer, TooLateToSend
from worker.lexware.api import errors
from worker.lexware.api.answers import Created
from worker.lexware.api.client import Lexware
from worker.lexware.api.transport import Transport

KEY = "top-secret-key"
ID = UUID("7f3e1b2c-9a4d-4e5f-8a6b-0c1d2e3f4a5b")
OTHER = UUID("0b6c1b2c-0000-4000-8000-000000000002")
BODY = cast("Any", {"note": "Ada Beispiel"})

Calls = list[tuple[str, str, int | None]]


def lexware(url: str, told: Calls | None = None, before_call: Callable[[], None] = always) -> Lexware:
    """A client of the peer that writes down what it is told of."""

    def on_call(method: str, template: str, status: int | None, seconds: float) -> None:
        assert 0 <= seconds < 30
        if told is not None:
            told.append((method, template, status))

    return Lexware(Transport(url, 5), KEY, before_call=before_call, on_call=on_call)


ANY_SINCE = "&voucherStatus=any&createdDateFrom=2026-07-14&sort=createdDate,DESC&page=0&size=250"
CALLS: list[tuple[str, str, str, Callable[[Lexware], object]]] = [
    ("GET", "/v1/profile", "/v1/profile", lambda lex: lex.profile()),
    ("GET", "/v1/contacts/{id}", f"/v1/contacts/{ID}", lambda lex: lex.contact(ID)),
    ("GET", "/v1/invoices/{id}", f"/v1/invoices/{ID}", lambda lex: lex.invoice(ID)),
    ("GET", "/v1/credit-notes/{id}", f"/v1/credit-notes/{ID}", lambda lex: lex.credit_note(ID)),
    (
        "GET",
        "/v1/contacts",
        "/v1/contacts?name=hu%25ber&page=0&size=250",
        lambda lex: list(lex.search_contacts(name="Huber & Co_")),
    ),
    (
        "GET",
        "/v1/contacts",
        "/v1/contacts?email=max%5C_m%40x.de&number=10001&page=0&size=250",
        lambda lex: list(lex.search_contacts(email="max_m@x.de", number=10001)),
    ),
    (
        "GET",
        "/v1/voucherlist",
        f"/v1/voucherlist?voucherType=invoice,salesinvoice{ANY_SINCE}",
        lambda lex: list(lex.vouchers("invoice", date(2026, 7, 14))),
    ),
    (
        "GET",
        "/v1/voucherlist",
        f"/v1/voucherlist?voucherType=creditnote,salescreditnote{ANY_SINCE}",
        lambda lex: list(lex.vouchers("credit_note", date(2026, 7, 14))),
    ),
    ("POST", "/v1/contacts", "/v1/contacts", lambda lex: lex.create_contact(BODY, always)),
    ("POST", "/v1/invoices", "/v1/invoices", lambda lex: lex.create_invoice(BODY, always)),
    ("POST", "/v1/credit-notes", "/v1/credit-notes", lambda lex: lex.create_credit_note(BODY, always)),
    (
        "POST",
        "/v1/credit-notes",
        f"/v1/credit-notes?precedingSalesVoucherId={ID}",
        lambda lex: lex.create_credit_note(BODY, always, preceding=ID),
    ),
]
IDS = [f"{method} {target}" for method, _, target, _ in CALLS]
EVERY_CALL = pytest.mark.parametrize(("method", "template", "target", "call"), CALLS, ids=IDS)

ANYTHING = {
    "id": str(ID),
    "organizationId": str(ID),
    "taxType": "net",
    "voucherStatus": "draft",
    "content": [],
    "totalElements": 0,
    "last": True,
}


@EVERY_CALL
def test_what_leaves(method: str, template: str, target: str, call: Callable[[Lexware], object]) -> None:
    """One request with the closed set of headers; it is reported without ids."""
    told: Calls = []
    with Peer(answering(json_answer(ANYTHING))) as peer:
        call(lexware(peer.url, told))

        head, _, body = peer.received[0].decode().partition("\r\n\r\n")
        names = [line.partition(":")[0] for line in head.split("\r\n")[1:]]

    assert head.split("\r\n")[0] == f"{method} {target} HTTP/1.1"
    assert f"Authorization: Bearer {KEY}" in head
    content = ["Content-Length", "Content-Type"] if method == "POST" else []
    assert sorted(names) == sorted(["Host", "Authorization", "Accept", "Accept-Encoding", "User-Agent", *content])
    assert body == ('{"note":"Ada Beispiel"}' if method == "POST" else "")
    assert told == [(method, template, 200)]


STATUSES: list[tuple[int, type[CallError]]] = [
    (200, NoAnswer),
    (302, NoAnswer),
    (401, errors.KeyRefused),
    (402, errors.PlanTooSmall),
    (403, errors.PermissionMissing),
    (404, errors.NotFound),
    (406, errors.Rejected),
    (429, errors.RateLimited),
    (500, NoAnswer),
    (504, NoAnswer),
]


@EVERY_CALL
def test_every_failure_is_one_of_ours(
    method: str, template: str, target: str, call: Callable[[Lexware], object]
) -> None:
    """Whatever the status, with a body that is no JSON, the error says it and the call is reported."""
    for status, expected in STATUSES:
        told: Calls = []
        with Peer(answering(answer(status, b"<html>Ada Beispiel</html>"))) as peer, pytest.raises(expected) as caught:
            call(lexware(peer.url, told))

        assert type(caught.value) is expected
        assert caught.value.status == status
        assert told == [(method, template, status)]


@EVERY_CALL
def test_a_call_that_may_not_be_made(
    method: str, template: str, target: str, call: Callable[[Lexware], object]
) -> None:
    """When `before_call` raises, its error passes through and nothing even connects."""

    def drained() -> None:
        raise InterruptedError

    told: Calls = []
    with Peer(answering(json_answer(ANYTHING))) as peer:
        with pytest.raises(InterruptedError):
            call(lexware(peer.url, told, before_call=drained))

        assert (peer.received, told) == ([], [])


@pytest.mark.parametrize(
    "create", [Lexware.create_contact, Lexware.create_invoice, Lexware.create_credit_note], ids=lambda it: it.__name__
)
def test_a_refused_post_is_reported_and_not_sent(create: Callable[..., Created]) -> None:
    """The guard's refusal is NotSent, and no status is told."""
    told: Calls = []
    with Peer(answering(json_answer(ANYTHING))) as peer:
        with pytest.raises(TooLateToSend):
            create(lexware(peer.url, told), BODY, never)
        peer.ended.wait(5)

        assert [status for _, _, status in told] == [None]
        assert peer.received == [b""]


@pytest.mark.parametrize("status", [200, 201, 202])
def test_created(status: int) -> None:
    """An id in the body of any of these is success (lexware-api 3.5)."""
    with Peer(answering(json_answer({"id": str(ID), "version": 1}, status))) as peer:
        assert lexware(peer.url).create_invoice(BODY, always) == Created(ID)


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(answer(201, b"", f"Location: https://api.lexware.io/v1/invoices/{ID}"), id="empty"),
        pytest.param(answer(201, b"<html>", f"Location: /v1/invoices/{ID}"), id="html"),
        pytest.param(answer(201, b'{"id":null}', f"Location: /v1/invoices/{ID}"), id="no id"),
        pytest.param(answer(204, b"", f"Location: /v1/invoices/{ID}"), id="204"),
        pytest.param(answer(201, b'{"i', f"Location: /v1/invoices/{ID}")[:-1], id="cut"),
    ],
)
def test_location_tells_the_id_when_the_body_does_not(reply: bytes) -> None:
    """Knowledge is not thrown away (lexware-api 2.1), even if the body never arrives whole."""

    def once(peer: Peer, connection: Any) -> None:
        peer.take_request(connection)
        connection.sendall(reply)

    with Peer(once) as peer:
        assert lexware(peer.url).create_invoice(BODY, always) == Created(ID)


@pytest.mark.parametrize("location", ["", f"/v1/contacts/{ID}", "/v1/invoices/", "/v1/invoices/1", f"/login/{ID}"])
def test_a_success_without_an_id_is_in_doubt(location: str) -> None:
    """An unreadable 2xx without the id of such a thing is no answer."""
    with Peer(answering(answer(201, b"", f"Location: {location}"))) as peer, pytest.raises(NoAnswer) as caught:
        lexware(peer.url).create_invoice(BODY, always)

    assert str(caught.value) == "unreadable, 201"


@pytest.mark.parametrize(
    ("value", "number"),
    [("32.50", "32.5"), ("0.1000", "0.1"), ("99999999.9999", "99999999.9999"), ("-0.01", "-0.01"), ("7", "7.0")],
)
def test_decimals_leave_as_exact_numbers(value: str, number: str) -> None:
    """What was a Decimal here is the same number there."""
    with Peer(answering(json_answer(ANYTHING))) as peer:
        lexware(peer.url).create_invoice(cast("Any", {"n": Decimal(value)}), always)

        assert peer.received[0].endswith(f'{{"n":{number}}}'.encode())


@pytest.mark.parametrize(
    "value",
    [Decimal("0.12345678901234567890"), Decimal("NaN"), float("nan"), object()],
    ids=["too long", "decimal nan", "float nan", "object"],
)
def test_what_is_no_exact_number_is_not_sent(value: object) -> None:
    """A body that cannot be said exactly is a mistake of ours, found before a slot is taken."""
    with Peer(answering(json_answer(ANYTHING))) as peer:
        with pytest.raises((TypeError, ValueError)):
            lexware(peer.url).create_invoice(cast("Any", {"n": value}), always)

        assert peer.received == []


@pytest.mark.parametrize("key", ["", "a b", "a\r\nHost: b", "schlüssel", "a\0b", "key\n"], ids=repr)
def test_a_key_that_no_header_can_carry(key: str) -> None:
    """Such a key is refused at once, and not repeated."""
    with pytest.raises(ValueError, match=r"^The API key holds"):
        Lexware(Transport("http://127.0.0.1:1", 1), key, before_call=always)


def test_a_search_without_a_filter() -> None:
    """It would list everybody."""
    with pytest.raises(ValueError, match="everybody"):
        lexware("http://127.0.0.1:1").search_contacts()


@pytest.mark.parametrize("ask", [lambda lex: lex.invoice(ID), lambda lex: lex.credit_note(ID)])
def test_another_document_is_no_answer(ask: Callable[[Lexware], object]) -> None:
    """Whoever cancels an invoice would go by the status of another one."""
    with Peer(answering(json_answer({"id": str(OTHER), "voucherStatus": "voided"}))) as peer, pytest.raises(NoAnswer):
        ask(lexware(peer.url))
