"""What `sql/queries/contract/reading.sql` gives: the documents of one invented payer, and what is known of them."""

import json
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from model.ledger import OPENED_AT, ORGANISATION, Given, Rows
from model.rules import Rules
from model.tables import Tables
from model.talk import Record, record

PAYER = {"first_name": "Ada", "last_name": "Beispiel", "street": "Lindenweg 3", "zip": "50667", "city": "Köln"}
CONTACT_CODE = "CNTC-0000-0001"
_NAMED = {
    "original_elsewhere": False,
    "original_expected": False,
    "original_age_seconds": 0.0,
    "elsewhere": False,
    "restored_age_seconds": None,
}
_KNOWN: dict[str, Any] = PAYER | _NAMED | {
    "practice_id": 1, "status": "completed", "invoice_date": date(2026, 11, 2), "due_date": None, "tax_mode": "vatfree",
    "exemption_note": "Umsatzsteuerfrei nach § 4 Nr. 14 UStG", "introduction": None, "payer_id": 1,
    "customer_number": "K-1", "salutation": "Frau", "company_name": None, "address_supplement": None,
    "country_code": "DE", "email": None, "phone": None, "leaks": [], "leaked": [], "organisation_id": ORGANISATION,
    "tax_type": "vatfree", "small_business": False, "lines": "neutral", "matching": "exact", "key_encrypted": "token", "may_be_unbound": False,
    "salt": "salt", "confirmed_notes": [],
    "profile_is_old": False, "contact_origin": "linked", "contact_age_seconds": 0.0, "contact_code": CONTACT_CODE,
    "original_date": date(2026, 11, 2), "payer_hash": "hash",
    "currency": None, "own_address": None, "cancelled_by_others": Decimal(0), "other_cancellations": [], "original_proven": True,
}  # fmt: skip
_LINE: dict[str, Any] = {
    "position": 1, "treated_on": None, "code": None, "description": None, "quantity": "1", "unit": "Leistung",
    "vat_rate": "0",
}  # fmt: skip


def snapshot(_rules: Rules, tables: Tables, given: Given) -> tuple[Tables, Rows]:
    """The document, and what is known of it in Lexware."""
    event = tables.event(given["document_id"])
    made = (i.remote_id for i in tables.intents if i.effect == "contact" and i.outcome in ("created", "adopted"))
    original = None if event.original_id is None else tables.document_id(event.original_id)
    known = tables.document_id(event.event_id), tables.contact_id, next(made, None), original
    state = None if event.original_id is None else tables.event(event.original_id).state
    return tables, (_row(event.event_id, event.kind, event.original_id, state, known),)


@cache
def _row(
    event_id: int, kind: str, original_id: int | None, original_state: str | None, known: tuple[UUID | None, ...]
) -> Record:
    names = ("lexware_id", "contact_id", "made_contact_id", "original_lexware_id")
    of_document = {"document_id": event_id, "kind": kind, "number": f"RE-{event_id}", "total": _price(kind)}
    of_document["document_lines"] = json.dumps([_LINE | {"unit_price": str(_price(kind))}])
    of_original = {
        "original_id": original_id,
        "original_number": f"RE-{original_id}",
        "original_event_state": original_state,
        "original_kind": "invoice" if original_id else None,
        "original_total": Decimal(85) if original_id else None,
    }
    return record(_KNOWN | of_document | of_original | dict(zip(names, known, strict=True)))


def claimed_ids(_rules: Rules, tables: Tables, given: Given) -> tuple[Tables, Rows]:
    """Which of these ids are linked already."""
    return tables, tuple(record({"id": found}) for _, found in tables.document_links if found in given["ids"])


def first_intent(_rules: Rules, tables: Tables, _given: Given) -> tuple[Tables, Rows]:
    """When the document was first tried."""
    return tables, (record({"opened_at": datetime.fromisoformat(OPENED_AT)}),)


def _price(kind: str) -> Decimal:
    return Decimal(85) if kind == "invoice" else Decimal(-85)
