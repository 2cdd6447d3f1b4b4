"""The demo's verdict: what is wrong is never called a success."""

from dataclasses import replace
from decimal import Decimal

import pytest

from worker.lab.demo.sample import KINDS, Cancellation
from worker.lab.demo.verdict import Arrival, There, Totals, problems

THERE = There(lexware_id="a", kind="invoice", status="draft", total=Decimal("85.00"))
INVOICE = Arrival(
    number="RE1-2026-0001", kind="invoice", payer_number="K1-1001", total=Decimal("85.00"), state="delivered",
    reason=None, lexware_id="a", there=(THERE,),
)  # fmt: skip
CREDIT = replace(THERE, lexware_id="b", kind="creditnote", status="open")
CANCELLATION = replace(
    INVOICE, number="ST1-2026-0001", kind="cancellation", total=Decimal("-85.00"), lexware_id="b", there=(CREDIT,)
)
TOTALS = Totals(documents_there=2, payers=1, contacts_there=1)


def test_all_is_well() -> None:
    """Each once, as what it is, to the cent; a credit note is positive there."""
    assert problems([INVOICE, CANCELLATION], TOTALS, wanted=2) == []


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"there": (replace(THERE, total=Decimal("85.01")),)}, id="a cent more"),
        pytest.param({"there": (replace(THERE, total=Decimal("-85.00")),)}, id="the wrong sign"),
        pytest.param({"there": ()}, id="not there"),
        pytest.param({"there": (THERE, replace(THERE, lexware_id="c"))}, id="there twice"),
        pytest.param({"there": (replace(THERE, kind="creditnote"),)}, id="another type"),
        pytest.param({"lexware_id": "c"}, id="another id"),
        pytest.param({"state": "pending", "lexware_id": None, "there": ()}, id="on its way"),
        pytest.param({"state": "pending"}, id="there, and the relay does not know"),
        pytest.param({"state": "dead", "reason": "totals_differ", "there": ()}, id="dead"),
        pytest.param({"state": "missing"}, id="without an event"),
    ],
)
def test_one_wrong_document_is_named(changed) -> None:
    """Whatever is wrong with a document, its number is said, and nothing else."""
    found = problems([replace(INVOICE, **changed), CANCELLATION], TOTALS, wanted=2)

    assert ["RE1-2026-0001" in str(each) for each in found] == [True]


@pytest.mark.parametrize(
    ("totals", "wanted"),
    [
        pytest.param(TOTALS, 3, id="not all were written"),
        pytest.param(replace(TOTALS, documents_there=3), 2, id="a document that nobody wrote"),
        pytest.param(replace(TOTALS, contacts_there=2), 2, id="a contact twice"),
        pytest.param(replace(TOTALS, contacts_there=0), 2, id="no contact"),
    ],
)
def test_wrong_totals_are_a_problem(totals, wanted) -> None:
    """Good rows do not make up for what stands in no row."""
    assert len(problems([INVOICE, CANCELLATION], totals, wanted=wanted)) == 1


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_cancellations_of_the_script_find_their_invoice(kind) -> None:
    """A cancellation takes back an invoice of its own round, and no invoice is taken back twice."""
    invoices: list[int] = []
    cancelled = []
    for place, document in enumerate(kind.script):
        if isinstance(document, Cancellation):
            cancelled.append(invoices[-document.of])
        else:
            invoices.append(place)

    assert len(set(cancelled)) == len(cancelled) > 0
