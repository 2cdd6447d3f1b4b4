"""The trial account: calls whose answers are looked at whatever their status, and the Test bodies that they carry."""

import time
from collections.abc import Callable, Mapping
from datetime import datetime
from secrets import token_hex
from typing import Any

from worker.delivery.errors import CallError
from worker.lexware.api.calls import Calls
from worker.lexware.api.lenient import BERLIN
from worker.lexware.api.transport import body_of
from worker.lexware.trial.answer import Answer, Unsettled, read

MOST_CALLS = 250
#: What becomes visible late is asked for so long, each time a little later than before.
_LONGEST_SECONDS, _FIRST_PAUSE_SECONDS, _LONGER = 120.0, 0.05, 1.3
_RACES = "account_number_already_exists"
Made = Mapping[str, Any]


class Account:
    """One trial. `pause_seconds` is the shortest time between two looks at what comes late."""

    def __init__(self, calls: Calls, tax_type: str) -> None:
        self._calls, self.tax_type = calls, tax_type
        self.tag = token_hex(4)
        self.calls = self.refused_for_rate = 0
        self.made: dict[str, list[str]] = {"contacts": [], "invoices": [], "credit-notes": []}
        self.finalised = 0

    @property
    def is_taxed(self) -> bool:
        """The organisation is not exempt as a whole."""
        return self.tax_type != "vatfree"

    def ask(self, method: str, path: str, body: Made | None = None, query: dict[str, str] | None = None) -> Answer:
        """One call. Raises Unsettled when no answer comes or there were enough calls."""
        for _ in range(3):
            if self.calls >= MOST_CALLS:
                raise Unsettled("too_many_calls")
            self.calls += 1
            came = self._calls.answer(method, path, body, query)
            if isinstance(came, CallError):
                raise Unsettled("no_answer")
            if came.status_code != 429:
                return self._kept(method, path, Answer(came.status_code, read(body_of(came))))
            self.refused_for_rate += 1
        raise Unsettled("too_many_calls")

    def contact(self, **changes: Any) -> Answer:
        """Make a contact: a person unless told otherwise. Two at once may get in each other's way: then again, later."""
        body = self.person() | changes
        body = {name: value for name, value in body.items() if value is not None}
        answers: list[Answer] = []

        def is_made() -> bool:
            answers.append(self.ask("POST", "/v1/contacts", body))
            return _RACES not in answers[-1].codes

        self.until(is_made)
        return answers[-1]

    def person(self) -> dict[str, Any]:
        """The body of a contact that nobody else is named like."""
        return {
            "version": 0,
            "roles": {"customer": {}},
            "person": {"firstName": "Test", "lastName": f"Test{self.tag}"},
            "addresses": {"billing": [{"street": "Testweg 1", "zip": "12345", "city": "Test", "countryCode": "DE"}]},
        }

    def invoice(self, contact_id: str | None = None, **changes: Any) -> dict[str, Any]:
        """The body of an invoice over 10.00, to a contact or to an address of its own."""
        inline = {"name": "Test", "countryCode": "DE"}
        return self.credit_note() | {
            "address": {"contactId": contact_id} if contact_id else inline,
            "title": "Test",
            "shippingConditions": {"shippingType": "none"},
        } | changes  # fmt: skip

    def credit_note(self, **changes: Any) -> dict[str, Any]:
        """The body of a credit note over 10.00."""
        note = {} if self.is_taxed else {"taxTypeNote": "Test"}
        return {
            "voucherDate": datetime.now(BERLIN).strftime("%Y-%m-%dT00:00:00.000+01:00"),
            "address": {"name": "Test", "countryCode": "DE"},
            "lineItems": [self.line(10)],
            "totalPrice": {"currency": "EUR"},
            "taxConditions": {"taxType": self.tax_type, **note},
            "introduction": "Test",
            "remark": "Test",
        } | changes  # fmt: skip

    def line(self, price: float, quantity: float = 1) -> dict[str, Any]:
        """A line without tax."""
        amount = "grossAmount" if self.tax_type == "gross" else "netAmount"
        return {
            "type": "custom", "name": "Test", "quantity": quantity, "unitName": "Test",
            "unitPrice": {"currency": "EUR", amount: price, "taxRatePercentage": 0},
        }  # fmt: skip

    def draft(self, contact_id: str | None = None, **changes: Any) -> Answer:
        """Try to make an invoice; what is accepted stays behind as a draft."""
        return self.ask("POST", "/v1/invoices", self.invoice(contact_id, **changes))

    def until(self, is_there: Callable[[], bool]) -> float:
        """Look until it is; how many seconds that took, 0 at the first look. Raises Unsettled after two minutes."""
        began, pause = time.monotonic(), _FIRST_PAUSE_SECONDS
        if is_there():
            return 0.0
        while (passed := time.monotonic() - began) < _LONGEST_SECONDS:
            time.sleep(pause)
            pause = max(_FIRST_PAUSE_SECONDS, passed * (_LONGER - 1))
            if is_there():
                return time.monotonic() - began
        raise Unsettled("too_late")

    def _kept(self, method: str, path: str, answer: Answer) -> Answer:
        kind = path.partition("?")[0].rsplit("/", 1)[-1]
        if method == "POST" and answer.ok and kind in self.made and isinstance(answer.body.get("id"), str):
            self.made[kind].append(str(answer.body["id"]))
        return answer
