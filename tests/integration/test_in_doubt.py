"""G2: whatever happens to the answer of a POST, the document is in Lexware once."""

import pytest
from chosen import a_few_of
from stage import Stage

from worker.lab.sandbox.faults import Fault

_AFTER = [
    pytest.param(Fault(method="POST", path="/v1/invoices", status=504, when="after"), id="504-after-commit"),
    pytest.param(Fault(method="POST", path="/v1/invoices", status=500, when="after"), id="500-after-commit"),
    pytest.param(Fault(method="POST", path="/v1/invoices", status=503, body="html", when="after"), id="503-html-after"),
    pytest.param(
        Fault(method="POST", path="/v1/invoices", status=502, body="empty", when="after"), id="502-empty-after"
    ),
    pytest.param(Fault(method="POST", path="/v1/invoices", mode="reset", when="after"), id="reset-after-commit"),
    pytest.param(
        Fault(method="POST", path="/v1/invoices", mode="truncated", when="after"), id="truncated-after-commit"
    ),
    pytest.param(
        Fault(method="POST", path="/v1/invoices", mode="hang", when="after", answer_after_seconds=2.0),
        id="timeout-after",
    ),
    pytest.param(
        Fault(method="POST", path="/v1/invoices", status=504, when="later", commit_after_seconds=0.2), id="commit-later"
    ),
]
_BEFORE = [
    pytest.param(Fault(method="POST", path="/v1/invoices", status=504), id="504-before-commit"),
    pytest.param(Fault(method="POST", path="/v1/invoices", status=500, body="throttled"), id="500-throttled"),
    pytest.param(Fault(method="POST", path="/v1/invoices", mode="reset"), id="reset-before-commit"),
    pytest.param(Fault(method="POST", path="/v1/invoices", mode="hang", answer_after_seconds=2.0), id="timeout-before"),
]


@pytest.mark.parametrize("fault", a_few_of(_AFTER, every=4))
def test_a_lost_answer_is_looked_up_and_adopted(stage: Stage, fault: Fault) -> None:
    """Committed, but the answer did not arrive: found by its marker, adopted, no second POST."""
    payer = stage.practice.customer()
    stage.practice.invoice(payer)
    stage.run()
    stage.control.add_fault(fault)

    invoice = stage.practice.invoice(payer)
    before = stage.posts()
    stage.run()

    assert stage.outcome(invoice) == ("delivered", None)
    assert stage.posts() == before + 1
    assert len(stage.documents()) == 2


@pytest.mark.parametrize("fault", a_few_of(_BEFORE))
def test_a_lost_request_is_sent_again_after_two_absences(stage: Stage, fault: Fault) -> None:
    """Not committed and no answer: two dated absences prove it, then it is sent once more."""
    payer = stage.practice.customer()
    stage.practice.invoice(payer)
    stage.run()
    stage.control.add_fault(fault)

    invoice = stage.practice.invoice(payer)
    before = stage.posts()
    stage.run()

    assert stage.outcome(invoice) == ("delivered", None)
    assert stage.posts() == before + 2
    assert len(stage.documents()) == 2
    looks = stage.db.execute("select verdict from outbox.look order by look_id").fetchall()
    assert [row[0] for row in looks] == ["absent", "absent"]


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("mode", a_few_of(["reset", "status", "empty"]))
def test_a_contact_is_created_once(stage: Stage, when: str, mode: str) -> None:
    """The same for contacts: found by the marker in their note, or proven absent."""
    stage.control.add_fault(Fault(method="POST", path="/v1/contacts", mode=mode, when=when, status=504))

    invoice = stage.practice.invoice(stage.practice.customer())
    stage.run()

    assert stage.outcome(invoice) == ("delivered", None)
    assert len(stage.contacts()) == 1


@pytest.mark.parametrize(("path", "ids"), [("/v1/invoices", "lexware_ids"), ("/v1/contacts", "contact_ids")])
def test_what_turns_up_after_all_looks_is_found_by_the_later_one(stage: Stage, path: str, ids: str) -> None:
    """Lexware commits later than any look could see: no design excludes it, so it is named with both ids."""
    late = Fault(method="POST", path=path, status=504, when="later", commit_after_seconds=4)
    stage.control.add_fault(late)

    invoice = stage.practice.invoice(stage.practice.customer())
    stage.run()

    assert stage.outcome(invoice) == ("dead", "duplicate_found")
    there = stage.contacts() if ids == "contact_ids" else stage.documents()
    assert set(stage.event(invoice)["detail"][ids]) == {one["id"] for one in there}
