"""Answers of Lexware at random, from their bytes on: through the real client and the real judgement.

Whatever comes back, a call ends in a value or in an error of ours, and that in an outcome; neither key nor text of theirs
stands in what is told of it.
"""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, cast
from uuid import UUID

import given as invented
import pytest
from fuzzing import ODD, SECRET, raw, share, spoilt
from hypothesis import given
from hypothesis import strategies as st
from test_lexware_answers import CONTACT, INVOICE, PROFILE, ROW

from outbox.claims import Claim, Slot
from outbox.ids import CustomerId, DocumentId, EventId, PracticeId
from outbox.pace import Pace
from worker.delivery import judge as general
from worker.delivery.errors import CallError, Refused
from worker.lexware import judgement
from worker.lexware.api import transport
from worker.lexware.api.call import Call
from worker.lexware.api.client import Lexware
from worker.lexware.api.shape import Shape
from worker.lexware.matching import choose

pytestmark = pytest.mark.proof

ID = UUID("7f3e1b2c-0000-4000-8000-000000000001")
KEY = f"{SECRET}-key"
PAGE = {"content": [ROW], "totalElements": 1, "last": True}
CONTACTS = {"content": [CONTACT], "totalElements": 1, "last": True}
PAYMENTS = {
    "openAmount": 1.5,
    "paidDate": "2026-07-28T00:00:00.000+02:00",
    "paymentItems": [{"paymentItemType": "manualPayment"}],
}
CREATED = {"id": str(ID), "resourceUri": "https://api.lexware.io/v1/invoices/x", "version": 1}
REFUSAL = {
    "message": SECRET, "traceId": SECRET, "status": 406, "error": SECRET,
    "details": [{"violation": SECRET, "field": SECRET}, {"violation": "NOTNULL", "field": "address.contactId", "message": SECRET}],
    "IssueList": [{"i18nKey": "missing_entity", "source": "company.name", "additionalData": SECRET}],
}  # fmt: skip
ANSWERED = ("Qzx", "Ada", "Lindenweg", "example.org")
CALLS: list[tuple[dict[str, Any], Callable[[Lexware], Any]]] = [
    (PROFILE, lambda lex: lex.profile()),
    (CONTACT, lambda lex: lex.contact(ID)),
    (CONTACTS, lambda lex: list(lex.search_contacts(name="Beispiel"))),
    (CONTACTS, lambda lex: lex.contact_page(0)),
    (INVOICE, lambda lex: lex.invoice(ID)),
    (INVOICE, lambda lex: lex.credit_note(ID)),
    (PAGE, lambda lex: list(lex.vouchers("invoice", date(2026, 7, 14)))),
    (PAGE, lambda lex: lex.voucher_page(1, "open", {"updatedDateFrom": date(2026, 7, 14)})),
    (PAYMENTS, lambda lex: lex.payments(ID)),
    (INVOICE, lambda lex: lex.shape("/v1/invoices/{id}", item=ID)),
    (CREATED, lambda lex: lex.create_contact(cast("Any", {}), _anyhow)),
    (CREATED, lambda lex: lex.create_invoice(cast("Any", {}), _anyhow)),
    (CREATED, lambda lex: lex.create_credit_note(cast("Any", {}), _anyhow, preceding=ID)),
]  # fmt: skip
BODIES = st.sampled_from(range(len(CALLS))).flatmap(
    lambda place: st.tuples(
        st.just(place), (spoilt(CALLS[place][0]) | spoilt(REFUSAL)).map(raw) | st.binary(max_size=60)
    )
)
STATUSES = st.sampled_from([200, 201, 204, 301, 400, 401, 402, 403, 404, 406, 409, 429, 500, 501, 503]) | st.integers(
    100, 999
)
HEADERS = st.lists(
    st.tuples(
        st.sampled_from(["Retry-After", "Location", "Content-Type", "Content-Encoding", "Transfer-Encoding", "Content-Length", "Set-Cookie", "X-Odd"]),
        st.sampled_from(["5", "-1", "1e9", "chunked", "gzip", "application/json", f"https://x/v1/invoices/{ID}", SECRET, "\u00fc"]) | ODD,
    ), max_size=4,
)  # fmt: skip


class _Answering:
    """In the place of a connection: the bytes of the answer, whatever was asked."""

    raw = b""

    def __init__(self, _host: str, _port: int, call: Call, _timeout: float, _tls: object, **_more: object) -> None:
        self.call = call

    def sendall(self, _data: bytes) -> None:
        if not self.call.sent:
            self.call.release()

    def drop(self) -> None:
        """Nothing is open."""

    def makefile(self, _mode: str) -> io.BytesIO:
        return io.BytesIO(self.raw)

    def is_dead(self) -> bool:
        return True

    def close(self) -> None:
        """Nothing is open."""


def _anyhow() -> None:
    """It may be sent."""


def _answer(status: int, headers: list[tuple[str, str]], body: bytes, cut: int | None) -> bytes:
    lines = [f"HTTP/1.1 {status} OK", *(f"{name}: {value}" for name, value in headers)]
    if not any(name == "Content-Length" for name, _ in headers):
        lines.append(f"Content-Length: {len(body)}")
    return ("\r\n".join(lines).encode("utf-8", "replace") + b"\r\n\r\n" + body)[:cut]


def _claim(step: str, *, suspect: bool) -> Claim:
    slot = Slot(due=0, until=0, tat=datetime(2026, 7, 1, tzinfo=UTC))
    return Claim(
        event_id=EventId(1), practice_id=PracticeId(1), document_id=DocumentId(42), payer_id=CustomerId(7), kind="invoice",
        number="RE-2026-0042", marker_code=invented.CODE, state="pending", step=cast("Any", step), epoch=1, fence=1, tries=0,
        unlinked=False, look_since=None, suspect=suspect, silent_calls=0, cool_count=0, outage=False, resent=False,
        contact_resent=False, open_document_intent=None, open_contact_intent=None, slot=slot,
    )  # fmt: skip


@share(35)
@given(
    BODIES, STATUSES, HEADERS, st.none() | st.integers(0, 300), st.sampled_from(["contact", "document", "verify"]), st.booleans()
)  # fmt: skip
def test_answers_of_lexware(
    what: tuple[int, bytes], status: int, headers: list[tuple[str, str]], cut: int | None, step: str, suspect: bool
) -> None:
    """Read or judged. A value shows no person, a persons' list is matched, an outcome is codes and figures."""
    place, body = what
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transport, "Wire", _Answering)
        patch.setattr(_Answering, "raw", _answer(status, headers, body, cut))
        lexware = Lexware(transport.Transport("http://127.0.0.1:9", 5), KEY, before_call=lambda: None)
        try:
            value = CALLS[place][1](lexware)
        except CallError as error:
            outcome = _judged(error, _claim(step, suspect=suspect))
            _holds_nothing(f"{error} {error!r} {outcome!r}")
            return
    if isinstance(value, list) and place == 2:
        choose(invented.payer(), value, lines="neutral", own_code=invented.CODE, taken=())
    if not isinstance(value, Shape):
        assert "Ada" not in repr(value)


def _judged(error: CallError, claim: Claim) -> object:
    pace = Pace()
    return judgement.judge(error, claim, pace) if isinstance(error, Refused) else general.judge(error, pace)


def _holds_nothing(said: str) -> None:
    assert [word for word in ANSWERED if word in said] == []
