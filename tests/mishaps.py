"""Everything that can go wrong between a practice and Lexware, in one go: for tests of what is left behind.

Bad rows of the host, trouble with contacts, refusals that babble, lost answers, and a crash of an attempt.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import planted
import pytest
from polling import until
from stage import Stage

from worker.lab.sandbox.faults import Fault
from worker.lexware import upload


def live_through(one: Stage) -> None:
    """All of it, until everything is settled; every person and every text is planted."""
    paid = planted.invoice(one.practice)
    one.run()
    one.practice.cancel(paid, **planted.TEXTS)
    bad_rows(one)
    _trouble_with_contacts(one)
    _refusals(one)
    _lost_answers(one)
    _crash(one)
    one.run()


@contextmanager
def switched_off(one: Stage) -> Iterator[None]:
    """What is completed meanwhile does not go over."""
    one.db.execute("update outbox.lane set enabled = false")
    one.db.execute("update outbox.lane_period set disabled_at = clock_timestamp()")
    yield
    one.db.execute("update outbox.lane set enabled = true")
    one.db.execute("insert into outbox.lane_period (practice_id) select practice_id from outbox.lane")


def bad_rows(one: Stage) -> None:
    """Documents that die before anything is sent, each of something else."""
    write, practice = planted.invoice, one.practice
    write(practice, planted.customer(practice, country_code=None))
    write(practice, planted.customer(practice, street="Qzxstrasse Q987654321"))
    write(practice, items=[])
    write(practice, total=Decimal("1.00"))
    write(practice, items=[{"unit_price": Decimal(-5)}])
    write(practice, items=[{"vat_rate": Decimal(16)}])
    write(practice, items=[{"vat_rate": Decimal(19)}])
    write(practice, exemption_note=None)
    write(practice, exemption_note="Qzxgrund F32.1")
    write(practice, exemption_note="Qzxgrund in neuen Worten")
    write(practice, exemption_note="Qzxgrund " * 300)


def _trouble_with_contacts(one: Stage) -> None:
    practice, home = one.practice, {"street": "Qzxstrasse 3", "supplement": "Qzxhinterhaus"}
    twin = planted.customer(practice, last_name="Qzxnachname")
    person = {"firstName": "Qzxvorname", "lastName": "Qzxnachname"}
    billing = [home | {"zip": "59991", "city": "Qzxstadt", "countryCode": "DE"}]
    for _ in range(2):
        body = {"roles": {"customer": {}}, "person": person, "addresses": {"billing": billing}}
        one.control.act(one.tenant.id, "create_contact", body=body)
    planted.invoice(practice, twin)
    gone = planted.customer(practice)
    practice.link(gone, "11111111-2222-4333-8444-555555555555", one.tenant.id)
    planted.invoice(practice, gone)
    planted.invoice(practice, planted.customer(practice, company_name="Qzxfirma & Söhne"))
    with switched_off(one):
        before = planted.invoice(practice)
    practice.cancel(before, **planted.TEXTS)
    one.run()


def _refusals(one: Stage) -> None:
    """Answers that babble, and one that repeats the key, as a documented gateway does."""
    for status, path in [(406, "/v1/contacts"), (406, "/v1/invoices"), (400, "/v1/invoices"), (429, "/v1/invoices"),
                         (402, "/v1/invoices"), (403, "/v1/invoices"), (401, "/v1/*")]:  # fmt: skip
        babble = f"'{one.tenant.key}' not a valid key: {planted.BABBLE}" if status in (401, 403) else planted.BABBLE
        count = None if status == 401 else 1
        one.control.add_fault(Fault(method="*", path=path, status=status, body=babble, count=count))
        planted.invoice(one.practice)
        until(lambda: one.turn() == 0 and (_paused(one) or not one.unsettled()))
        one.control.clear_faults()
        one.db.execute("update outbox.lane set pause_reason = null, paused_at = null, suspect = false")
        one.run()


def _paused(one: Stage) -> bool:
    row = one.db.execute("select pause_reason from outbox.lane").fetchone()
    return bool(row and row[0])


def _lost_answers(one: Stage) -> None:
    """One of every kind, in doubt all at once; from one of them a user has wiped our marker meanwhile."""
    kinds: list[dict[str, Any]] = [
        {"status": 504, "when": "after", "body": planted.BABBLE}, {"status": 500, "body": planted.BABBLE},
        {"status": 503, "body": "html", "when": "after"}, {"mode": "hang", "answer_after_seconds": 1.0},
        {"mode": "reset", "when": "after"}, {"mode": "truncated", "when": "after"},
    ]  # fmt: skip
    for kind in kinds:
        one.control.add_fault(Fault(method="POST", path="/v1/invoices", **kind))
        planted.invoice(one.practice)
    known = {document["id"] for document in one.documents()}
    until(lambda: one.turn() == 0 and len(one.documents()) > len(known))
    wiped = next(document["id"] for document in one.documents() if document["id"] not in known)
    one.control.act(one.tenant.id, "edit_draft", document=wiped, changes={"remark": planted.BABBLE})
    one.run()


def _crash(one: Stage) -> None:
    """An attempt dies of an exception that carries everything, until the tries are used up."""

    def write(document: Any, *_: Any, **__: Any) -> Any:
        raise ValueError(planted.BABBLE, one.tenant.key, document)

    planted.invoice(one.practice)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(upload, "write", write)
        one.run()
