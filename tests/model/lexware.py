"""Lexware in the model: what a POST may come to, and what a look can see. It has no memory of who asked."""

import json
from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

from model.reading import PAYER
from model.talk import Heard

_CREATED_AT = "2026-11-02T10:00:00.000+01:00"


class Outcome(NamedTuple):
    """What a POST comes to: when it is carried out, if ever, and the status that is heard, if any."""

    name: str
    committed: str
    status: int | None


CREATED = Outcome("created", "now", 201)
OUTCOMES = (
    CREATED,
    Outcome("created, listed later", "later", 201),
    Outcome("refused", "never", 406),
    Outcome("429", "never", 429),
    Outcome("504 before the commit", "never", 504),
    Outcome("504 after the commit", "now", 504),
    Outcome("504, commit later", "later", 504),
    Outcome("cut before the commit", "never", None),
    Outcome("cut after the commit", "now", None),
)


class Made(NamedTuple):
    """An invoice, a credit note or a contact; `text` holds the marker."""

    path: str
    text: str
    id: UUID


@dataclass(frozen=True, slots=True)
class Lexware:
    """What is there for all to see, and what is not yet: still to be carried out, or missing in the list."""

    seen: tuple[Made, ...] = ()
    coming: tuple[tuple[Made, float], ...] = ()
    """With the seconds left until it is seen at the latest."""

    @property
    def made(self) -> tuple[Made, ...]:
        """All that there is or inevitably will be."""
        return (*self.seen, *(made for made, _ in self.coming))

    def post(self, path: str, body: str, outcome: Outcome, latest: float) -> tuple["Lexware", Heard | None]:
        """Carry out a POST, or not, and answer, or not."""
        data = json.loads(body)
        made_id = UUID(int=len(self.made))
        made = Made(urlsplit(path).path, data.get("remark") or data.get("note"), made_id)
        after = self
        if outcome.committed == "now":
            after = replace(self, seen=(*self.seen, made))
        if outcome.committed == "later":
            after = replace(self, coming=(*self.coming, (made, latest)))
        if outcome.status is None:
            return after, None
        answer = {"id": str(made_id)} if outcome.status == 201 else {}
        return after, Heard(outcome.status, json.dumps(answer))

    def land(self, place: int) -> "Lexware":
        """One of those that were coming is seen."""
        coming = self.coming[:place] + self.coming[place + 1 :]
        return Lexware((*self.seen, self.coming[place][0]), coming)

    def after(self, seconds: float) -> "Lexware":
        """The same, later."""
        return replace(self, coming=tuple((made, left - seconds) for made, left in self.coming))

    def get(self, target: str) -> Heard:
        """The voucher list, the contact search, or one of what they name."""
        path, query = urlsplit(target).path, urlsplit(target).query
        if path == "/v1/voucherlist":
            listed = "/v1/invoices" if "voucherType=invoice" in query else "/v1/credit-notes"
            return _page([_document(made) for made in self.seen if made.path == listed])
        if path == "/v1/contacts":
            return _page([_contact(made) for made in self.seen if made.path == path])
        collection, _, item = path.rpartition("/")
        by_hand = Made(collection, "", UUID(item))  # who is linked from the beginning was entered by hand
        wanted = next((made for made in self.made if path == f"{made.path}/{made.id}"), by_hand)
        return Heard(200, json.dumps(_contact(wanted) if wanted.path == "/v1/contacts" else _document(wanted)))


def _page(rows: list[dict[str, Any]]) -> Heard:
    return Heard(200, json.dumps({"content": rows, "totalElements": len(rows), "last": True}))


def _document(made: Made) -> dict[str, Any]:
    return {"id": str(made.id), "voucherStatus": "draft", "createdDate": _CREATED_AT, "remark": made.text}


def _contact(made: Made) -> dict[str, Any]:
    name = {"firstName": PAYER["first_name"], "lastName": PAYER["last_name"]}
    address = {part: PAYER[part] for part in ("street", "zip", "city")} | {"countryCode": "DE"}
    roles = {"customer": {"number": 10001}}
    return {"id": str(made.id), "note": made.text, "person": name, "addresses": {"billing": [address]}, "roles": roles}
