"""The parts of a report, each by documents made by hand: what each disagreement is called, and that it alone spoils the month."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from worker.operations.report.amounts import DEFAULTS, UNCLEAR, Amounts, Figures, of_lexware, of_practice, of_sent
from worker.operations.report.document import Document, Partner, Remote
from worker.operations.report.formats.cells import Cells
from worker.operations.report.formats.table import safe
from worker.operations.report.inquiry import Inquiry
from worker.operations.report.month import Around, Month
from worker.operations.report.numbers import Doubled
from worker.operations.report.sequences import Circle, split

NOW = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
DAY = date(2026, 11, 2)
SEEN = Remote(
    state="open", status="open", number="RE1", day=DAY, differs=(), seen_at=NOW, unconfirmed=False, accepted_by=None
)
ASKED = Inquiry(
    organisation_id=UUID(int=1), first=date(2026, 11, 1), last=date(2026, 11, 30), started_at=NOW, ended_at=NOW
)


def figures(
    *lines: tuple[str, str, str], total: str = "85.00", tax_mode: str = "vatfree", kind: str = "invoice"
) -> Figures:
    """The money of a document; a line is quantity, price and rate."""
    keys = ("quantity", "unit_price", "vat_rate")
    text = json.dumps([dict(zip(keys, line, strict=True)) for line in lines or [("1", "85.00", "0")]])
    return Figures(kind, tax_mode, False, Decimal(total), text)  # type: ignore[arg-type]


def document(place: int = 1, **changes: Any) -> Document:
    """A document that is in order."""
    money = figures()
    groups = of_practice(money)
    fine = Document(
        document_id=place, number=f"RE-2026-{place:04d}", kind="invoice", day=DAY, is_cancelled=False, figures=money,
        practice=groups, sent=groups, sent_total=8500, lexware=groups, standing="transferred", reason=None,
        lexware_id=f"id-{place}", linked_at=NOW, remote=replace(SEEN, number=f"RE{place}"),
    )  # fmt: skip
    return replace(fine, **changes)


def report(*documents: Document, inquiry: Inquiry = ASKED, **around: Any) -> dict[str, Any]:
    """The report of these documents."""
    month = Month(1, date(2026, 11, 1), inquiry)
    for one in documents:
        month.add(one, one.number)
    text = "".join(month.body(Around(**around)).chained(None))
    body: dict[str, Any] = json.loads(text)
    return body


def named(part: str, *keys: str) -> Callable[[dict[str, Any]], object]:
    """The keys of the only row of a part."""
    return lambda body: [tuple(row[key] for key in keys) for row in body[part]]


SAME = replace(SEEN, number="RE2")
CANCELLED = Partner(document_id=9, number="RE-9", total=8500, lexware_id="id-9", state="open")
CREDIT = {
    "kind": "cancellation", "practice": (("exempt", Amounts(-8500, -8500, 0)),), "sent": (("exempt", Amounts(-8500, -8500, 0)),),
    "lexware": (("exempt", Amounts(-8500, -8500, 0)),), "sent_total": -8500,
}  # fmt: skip

DISAGREEMENTS = {
    "lost": (document(2, standing="lost", lexware_id=None, remote=None), "lost"),
    "held": (document(2, standing="held", lexware_id=None, remote=None), "held"),
    "failed": (document(2, standing="failed", lexware_id=None, remote=None), "failed"),
    "in doubt": (document(2, standing="in_doubt", lexware_id=None, remote=None), "in_doubt"),
    "in another organisation": (document(2, lexware_id=None, remote=None), "elsewhere"),
    "a gap": (document(3), "gaps"),
    "a double in Lexware": (document(2, remote=replace(SEEN, number="RE1")), "doubles"),
    "twins": (document(2, standing="failed", reason="duplicate_found", twins=("a", "b")), "doubles"),
    "another sum": (document(2, lexware=(("exempt", Amounts(5800, 5800, 0)),), remote=SAME), "changed"),
    "another tax": (document(2, lexware=(("19", Amounts(8500, 7143, 1357)),), remote=SAME), "changed"),
    "another day": (document(2, remote=replace(SAME, day=date(2026, 11, 3))), "changed"),
    "another payer": (document(2, remote=replace(SAME, state="changed", differs=("payer",))), "changed"),
    "changed in the practice": (document(2, practice=(("exempt", Amounts(9000, 9000, 0)),), remote=SAME), "changed"),
    "back to draft": (document(2, remote=replace(SAME, state="back_to_draft")), "changed"),
    "deleted": (document(2, remote=replace(SAME, state="deleted")), "missing"),
    "missing": (document(2, remote=replace(SAME, state="missing")), "missing"),
    "not found once": (document(2, remote=replace(SAME, unconfirmed=True)), "missing"),
    "never seen": (document(2, remote=None), "missing"),
    "voided": (document(2, remote=replace(SAME, state="voided")), "pairs"),
    "cancelled by nothing": (document(2, is_cancelled=True, remote=SAME), "pairs"),
    "not opposite": (document(2, **CREDIT, partner=replace(CANCELLED, total=8000), remote=SAME), "pairs"),
    "a cancellation of nothing": (document(2, **CREDIT, remote=SAME), "pairs"),
    "an original that is not there": (document(2, **CREDIT, partner=replace(CANCELLED, lexware_id=None), remote=SAME), "pairs"),
    "undone twice": (document(2, **CREDIT, partner=replace(CANCELLED, state="voided"), remote=SAME), "pairs"),
    "alive for all that": (
        document(2, **CREDIT | {"standing": "excluded", "lexware_id": None, "remote": None}, partner=CANCELLED), "pairs"
    ),
    "lines that do not come to it": (document(2, practice=((UNCLEAR, Amounts(8500, 8500, 0)),), remote=SAME), "unclear"),
}  # fmt: skip


@pytest.mark.parametrize(("wrong", "why"), DISAGREEMENTS.values(), ids=DISAGREEMENTS)
def test_each_disagreement_alone_spoils_the_month(wrong: Document, why: str) -> None:
    """It is named, and nothing else is complained about but what it makes wrong besides."""
    body = report(document(1), wrong)

    assert not body["complete"]
    assert why in body["why_not"]
    assert set(body["why_not"]) <= {why, "failed"}


def test_without_one_it_is_complete() -> None:
    """Also with drafts, a cancellation, a pair of drafts, and what was excluded."""
    draft = document(2, remote=replace(SAME, state="draft"))
    pair = document(
        3, **CREDIT, partner=replace(CANCELLED, state="draft"), remote=replace(SAME, number="GS3", state="draft")
    )
    part = document(
        5, **CREDIT, number="GS-5", partner=replace(CANCELLED, total=9900), remote=replace(SAME, number="GS5")
    )
    excluded = document(4, standing="excluded", lexware_id=None, remote=None, reason="not_switched_on")

    body = report(document(1), draft, pair, excluded, part)

    assert (body["complete"], body["why_not"]) == (True, [])
    assert [row["finding"] for row in body["pairs"]] == ["both_drafts", "in_part"]
    assert body["funnel"]["documents"] == 5


@pytest.mark.parametrize("changes", [{"state": "deleted"}, {"state": "changed", "differs": ("payer",)}])
def test_what_a_human_accepted_is_named_and_in_order(changes: dict[str, Any]) -> None:
    """Somebody has said that it may stay so."""
    body = report(document(1), document(2, remote=replace(SAME, accepted_by="Ada Beispiel", **changes)))

    assert body["complete"]
    assert [row["accepted_by"] for row in (*body["changed"], *body["missing"])] == ["Ada Beispiel"]


@pytest.mark.parametrize("around", [{"orphans": [{"lexware_id": "x"}]}, {"doubled": [Doubled("RE-2026-0001", [1, 7], [])]}, {"before": ["RE-2025-0001"]}])  # fmt: skip
def test_what_stands_beside_the_documents(around: dict[str, Any]) -> None:
    """Orphans and doubled numbers spoil the month; the numbers of another year's circle do not."""
    assert report(document(1), **around)["complete"] is ("before" in around)


def test_a_number_may_be_missing_at_the_turn_of_the_month() -> None:
    """The highest number of the month before is where this one begins; what another month has is not missing."""
    assert report(document(5), before=["RE-2026-0001", "RE-2026-0002"])["numbers"]["gaps"] == [
        "RE-2026-0003",
        "RE-2026-0004",
    ]
    assert report(document(5), before=["RE-2026-0003"], taken=set)["numbers"]["gaps"] == []


def test_a_draft_that_was_changed_is_still_one() -> None:
    """It waits for somebody, however it was changed."""
    body = report(document(1), document(2, remote=replace(SAME, state="changed", status="draft", differs=("payer",))))

    assert [(row["number"], row["late"]) for row in body["drafts"]] == [("RE-2026-0002", False)]


@pytest.mark.parametrize(
    ("column", "value", "de", "en"),
    [
        ("noticed_at", "2026-11-29T09:05:50Z", "29.11.2026 10:05:50 MEZ", "2026-11-29 10:05:50 CET"),
        ("voucher_date", "2026-11-05", "05.11.2026", "2026-11-05"),
        ("before", "2026-11-05", "05.11.2026", "2026-11-05"),
        ("after", "-85.00", "-85,00", "-85.00"),
        ("after", "19: 3.57 (0.57), exempt: 8.00 (0.00)", "19 %: 3,57 (0,57), steuerfrei: 8,00 (0,00)", "19 %: 3.57 (0.57), exempt: 8.00 (0.00)"),
        ("number", "2026-11-05", "2026-11-05", "2026-11-05"),
        ("document_ids", ["D-1", 2], "D-1, 2", "D-1, 2"),
        ("late", True, "ja", "yes"),
        ("late", None, "", ""),
    ],
)  # fmt: skip
def test_cells_as_people_read_them(column: str, value: Any, de: str, en: str) -> None:
    """Days and moments as the language writes them, codes as words, amounts with its comma; numbers of documents as they are."""
    assert Cells("de", comma=False).cell(column, value) == de
    assert Cells("en", comma=False).cell(column, value) == en


def test_nothing_is_green_without_an_answer() -> None:
    """Whatever the tables say."""
    body = report(document(1), inquiry=replace(ASKED, why_not="no_answer"))

    assert (body["complete"], body["why_not"]) == (False, ["no_answer"])


def test_the_hash_is_of_what_the_readme_says() -> None:
    """Anybody can compute it from the JSON, in any order of its keys."""
    month = Month(1, date(2026, 11, 1), ASKED)
    month.add(document(1, number="RE-Ü-0001"), "RE-Ü-0001")
    text = "".join(month.body(Around()).chained("ab"))

    again = json.dumps(dict(reversed(json.loads(text).items())), sort_keys=True, separators=(",", ":"))

    assert hashlib.sha256(again.encode()).hexdigest() == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    ("number", "circle", "digits"),
    [
        ("RE-2026-0042", Circle("RE-2026-", ""), "0042"),
        ("0042/2026", Circle("", "/2026"), "0042"),
        ("2026-26", Circle("2026-", ""), "26"),
        ("R7", Circle("R", ""), "7"),
        ("7-B", Circle("", "-B"), "7"),
    ],
)
def test_the_digits_that_count(number: str, circle: Circle, digits: str) -> None:
    """Those that are not the year."""
    assert split(number, 2026) == (circle, digits)


def test_a_new_series_is_no_gap() -> None:
    """The month before counted elsewhere; within the month the gaps are found all the same."""
    month = [document(place) for place in (*range(5001, 5010), 5012)]

    assert report(*month, before=["RE-2026-0004"])["numbers"]["gaps"] == ["RE-2026-5010", "RE-2026-5011"]


@pytest.mark.parametrize("cell", ["=1+1", "+49", "-x", "@a", "\t=1", "\uff1d1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    """An apostrophe stands before it; amounts of ours stay numbers."""
    assert safe(cell) == f"'{cell}"
    assert [safe(amount) for amount in ("-85,00", "-85.00", "85", "RE-1")] == ["-85,00", "-85.00", "85", "RE-1"]


def test_a_text_is_no_number() -> None:
    """There is nothing that counts up."""
    assert split("Entwurf", 2026) is None


def test_numbers_made_of_times_have_no_gaps() -> None:
    """A circle that is nearly empty does not count up; one with a long gap names its ends."""
    times = [document(place, number=f"2{place * 7919:013d}") for place in range(1, 9)]
    jump = [document(place) for place in (*range(1, 60), 200)]

    assert report(*times)["numbers"]["gaps"] == []
    assert report(*jump)["numbers"]["gaps"] == ["RE-2026-0060 … RE-2026-0199"]


@pytest.mark.parametrize(
    ("money", "expected"),
    [
        (figures(("3", "19.99", "19"), total="71.36", tax_mode="net"), {"19": Amounts(7136, 5997, 1139)}),
        (figures(("3", "19.99", "7"), total="59.97", tax_mode="gross"), {"7": Amounts(5997, 5605, 392)}),
        (figures(("1", "-85", "0"), total="-85.00", kind="cancellation"), {"exempt": Amounts(-8500, -8500, 0)}),
        (figures(("1", "10", "0"), ("1", "10", "19"), total="21.90", tax_mode="net"), {"0": Amounts(1000, 1000, 0), "19": Amounts(1190, 1000, 190)}),
        (figures(total="1.00"), {UNCLEAR: Amounts(100, 100, 0)}),
        (figures(("x", "1", "0")), {UNCLEAR: Amounts(8500, 8500, 0)}),
    ],
    ids=["net", "gross", "a cancellation", "two rates", "another total", "no number"],
)  # fmt: skip
def test_what_a_document_comes_to(money: Figures, expected: dict[str, Amounts]) -> None:
    """In cents, per group, by the practice and as it is sent."""
    assert dict(of_practice(money)) == expected
    assert dict(of_sent(money, replace(DEFAULTS, tax_type="net"))) == expected


def test_lexware_is_believed_about_its_taxes() -> None:
    """Also where they are not what was sent; unread, only the sum that was sent is taken for it."""
    money = figures()
    taxes = json.dumps([{"rate": "19.00", "net": "71.43", "tax": "13.57", "gross": "85.00"}])

    assert of_lexware(money, Decimal(85), taxes, of_practice(money)) == (("19", Amounts(8500, 7143, 1357)),)
    assert of_lexware(money, Decimal(85), None, of_practice(money)) == of_practice(money)
    assert of_lexware(money, Decimal(58), None, of_practice(money)) == ((UNCLEAR, Amounts(5800, 5800, 0)),)
