"""Rows of the host at random, every column with every value of its type: as the delivery has them read, judged and sent.

Through PostgreSQL itself they go in `tests/integration/test_fuzz_stored_rows.py`.
"""

import json
from contextlib import suppress
from decimal import Decimal
from typing import Any

import given as invented
import pytest
from fuzzing import BIGINT, DAY, NUMBER, PIECES, SECRET, share
from hypothesis import given
from hypothesis import strategies as st

from outbox.db import Row
from worker.host import columns
from worker.lexware import payloads
from worker.lexware.host_data import HostData
from worker.lexware.obstacles import obstacles
from worker.lexware.snapshot import Snapshot, assemble
from worker.lexware.translate.host_texts import HostText
from worker.lexware.translate.privacy import Known, is_secret
from worker.lexware.translate.problems import Untranslatable
from worker.lexware.translate.translate import Translation, contact_payload, translate

pytestmark = pytest.mark.proof

TEXT = st.none() | PIECES
#: By the type that the contract promises; a line's numbers come as text, since its lines come as JSON.
OF_TYPE = {
    "text": TEXT,
    "numeric": NUMBER,
    "date": st.none() | DAY,
    "bigint": st.none() | BIGINT,
    "int": st.none() | st.integers(-(2**31), 2**31 - 1),
}
#: What a completed document has; half of the rows are sound but for one or two columns, or nothing would ever be sent.
SOUND: dict[str, Any] = {
    "kind": "invoice", "number": "RE-2026-0042", "status": "completed", "tax_mode": "vatfree", "exemption_note": invented.NOTE,
    "introduction": "Wie besprochen", "total": Decimal("32.50"), "currency": None, "customer_number": "K-1042", "salutation": "Frau",
    "first_name": "Ada", "last_name": "Beispiel", "company_name": None, "street": "Lindenweg 3", "address_supplement": None,
    "zip": "50667", "city": "Köln", "country_code": "DE", "email": "ada@example.org", "phone": "0221 000000",
    "invoice_date": invented.invoice().invoice_date, "due_date": invented.invoice().due_date, "original_id": None,
}  # fmt: skip
LINE: dict[str, Any] = {
    "position": 1, "treated_on": "2026-07-01", "code": "20501", "description": "Krankengymnastik", "quantity": "1",
    "unit": "Behandlung", "unit_price": "32.50", "vat_rate": "0",
}  # fmt: skip
_WORDS = {
    "kind": st.sampled_from(["invoice", "cancellation"]), "tax_mode": st.sampled_from(["vatfree", "net", "gross", "", "x"]),
    "currency": st.sampled_from([None, "EUR", " eur", "CHF", "\u20ac", SECRET]) | TEXT,
    "country_code": st.sampled_from(["DE", "de", "XI", None, "Deutschland"]) | TEXT, "status": st.just("completed"),
}  # fmt: skip
_PROMISED = {
    column.name: OF_TYPE[column.type]
    for view in (columns.PAYER, columns.DOCUMENT)
    for column in view.columns
    if column.type in OF_TYPE
}
FIELDS = {name: _WORDS.get(name, _PROMISED[name]) for name in SOUND}
_LINES = {column.name: OF_TYPE[column.type] for column in columns.DOCUMENT_LINE.columns if column.name in LINE} | {
    "unit": PIECES
}
ADDRESS = st.none() | st.fixed_dictionaries(
    dict.fromkeys(("street", "address_supplement", "zip", "city", "country_code"), TEXT)
)
SETTINGS = st.fixed_dictionaries({
    "tax_type": st.sampled_from(["vatfree", "net", "gross"]), "small_business": st.booleans(),
    "lines": st.sampled_from(["neutral", "itemised"]), "matching": st.sampled_from(["exact", "never", "none"]),
})  # fmt: skip
ORIGINALS = st.fixed_dictionaries({
    "original_number": TEXT, "original_date": st.none() | DAY, "original_kind": st.sampled_from([None, "invoice", "cancellation"]),
    "original_total": st.none() | NUMBER, "original_event_state": st.sampled_from([None, "pending", "dead", "delivered", "discarded"]),
    "original_elsewhere": st.booleans(), "original_expected": st.booleans(), "cancelled_by_others": NUMBER,
    "other_cancellations": st.lists(TEXT, max_size=2),
})  # fmt: skip


def test_every_column_of_the_contract_is_tried() -> None:
    """One that is promised anew is fuzzed as well; ids, the practice's and the private ones are tried in PostgreSQL."""
    promised = {
        column.name for view in (columns.PAYER, columns.DOCUMENT, columns.DOCUMENT_LINE) for column in view.columns
    }

    not_read = {"document_id", "practice_id", "payer_id", "line_id", "completed_at", "host_key"}
    assert promised - FIELDS.keys() - _LINES.keys() == not_read


def _spoilt(sound: dict[str, Any], fields: dict[str, Any], most: int) -> Any:
    """A sound row with a few columns of any value, or all of them."""
    some = st.lists(st.sampled_from(sorted(sound)), max_size=most, unique=True).flatmap(
        lambda names: st.fixed_dictionaries({name: fields[name] for name in names})
    )
    return (some | st.fixed_dictionaries({name: fields[name] for name in sound})).map(lambda found: sound | found)


def _told(value: object) -> object:
    return value if value is None or isinstance(value, str | int) else str(value)


def _is_silent(error: Exception) -> None:
    assert SECRET not in f"{error} {error!r}"


ROWS = st.tuples(
    _spoilt(SOUND, FIELDS, 3),
    st.lists(_spoilt(LINE, _LINES, 2), min_size=0, max_size=3) | st.just([LINE]),
    ADDRESS, SETTINGS, ORIGINALS, st.booleans(), st.booleans(),
)  # fmt: skip


def _row(found: tuple[Any, ...]) -> Row:
    """As `reading.snapshot` gives it."""
    document, lines, address, settings, original, leaking, contact = found
    told = [{name: _told(value) for name, value in line.items()} for line in lines]
    return {
        **document, **settings, **original, "document_id": 42, "practice_id": 1, "payer_id": 7, "document_lines": json.dumps(told),
        "own_address": json.dumps(address) if address else None, "leaks": ["document.number"] if leaking else [],
        "leaked": ["document.number:name"] if leaking else [], "confirmed_notes": [], "salt": "x", "key_encrypted": "x",
        "organisation_id": invented.settings().organisation_id, "may_be_unbound": False, "original_lexware_id": None,
        "original_age_seconds": None, "original_proven": True, "profile_is_old": False, "contact_origin": None,
        "contact_id": invented.CONTACT_ID if contact else None, "contact_age_seconds": None, "contact_code": invented.CODE,
        "made_contact_id": None, "lexware_id": None, "elsewhere": False, "restored_age_seconds": None, "payer_hash": "x",
    }  # fmt: skip


@share(30)
@given(ROWS)
def test_rows_of_the_host(found: tuple[Any, ...]) -> None:
    """Translated or refused, and nothing leaves that the detector stops; a payload is JSON that PostgreSQL and Lexware take."""
    try:
        snapshot = assemble(_row(found))
    except HostData as error:
        _is_silent(error)
        return
    said = list(obstacles(snapshot, unlinked=False))
    assert SECRET not in str([(one.reason, one.detail.get("field"), one.detail.get("secret")) for one in said])
    sent: Translation | None = None
    with suppress(Untranslatable):
        sent = translate(
            snapshot.document, snapshot.settings, contact_id=snapshot.contact_id, marker_code=invented.CODE
        )
    if sent is not None:
        _may_leave(snapshot, sent.payload, sent.kind)
        _may_leave(
            snapshot, contact_payload(snapshot.document.payer, snapshot.settings, marker_code=invented.CODE), "contact"
        )


def _may_leave(snapshot: Snapshot, payload: Any, kind: str) -> None:
    """In the closed set of fields, without NUL and numbers that are none, and each of its texts looked through again."""
    said = json.dumps(payload, allow_nan=False, default=float)
    assert "\\u0000" not in said
    document = snapshot.document
    own = Known.of(document.payer, document.number, year=document.invoice_date.year if document.invoice_date else None)
    leaving = set()
    for path, value in _values(payload, ""):
        leaving.add(path)
        if isinstance(value, str) and path in _FREE:
            theirs = value.partition("\n")[2] if path == "introduction" else value  # its first line is ours, with a day
            assert not is_secret(HostText("x", theirs, "prose", leaves=True, limit=None), own), path
    assert leaving <= payloads.ALLOWED[snapshot.settings.lines][kind]


_FREE = ("remark", "introduction", "taxConditions.taxTypeNote")


def _values(value: Any, path: str) -> Any:
    if isinstance(value, dict) and value:
        for name, part in value.items():
            yield from _values(part, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for part in value:
            yield from _values(part, f"{path}[]")
    elif value is not None:
        yield path, value
