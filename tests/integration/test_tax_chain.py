"""Tax through the whole chain: every kind of organisation in Lexware, every tax mode of a document (design section 6).

All documents of all practices go over in one run, then their cancellations; each is looked up in Lexware.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import psycopg
import pytest
import services
from practice import Practice
from stage import Stage, stage

NOTE = "Umsatzsteuerfrei nach § 4 Nr. 14 UStG"
ORGANISATIONS: dict[str, dict[str, Any]] = {
    "vatfree": {"tax_type": "vatfree"},
    "small": {"tax_type": "vatfree", "small_business": True},
    "small-net": {"tax_type": "net", "small_business": True},
    "net": {"tax_type": "net"},
    "gross": {"tax_type": "gross"},
}


@dataclass(frozen=True)
class Paper:
    """A document as the practice writes it: prices by rate, and the total that it prints."""

    mode: str
    lines: tuple[tuple[str, int], ...]
    total: str
    note: str | None = None


PAPERS = {
    "exempt": Paper("vatfree", (("85.00", 0), ("12.34", 0)), "97.34", NOTE),
    "exempt-unsaid": Paper("vatfree", (("85.00", 0),), "85.00"),
    "exempt-with-vat": Paper("vatfree", (("85.00", 19),), "101.15", NOTE),
    "net": Paper("net", (("85.00", 19), ("10.05", 7)), "111.90"),
    "net-mixed": Paper("net", (("85.00", 0), ("33.33", 19)), "124.66", NOTE),
    "net-exempt": Paper("net", (("85.00", 0),), "85.00", NOTE),
    "gross": Paper("gross", (("119.00", 19), ("10.75", 7)), "129.75"),
    "gross-exempt": Paper("gross", (("85.00", 0),), "85.00", NOTE),
    "old-rate": Paper("net", (("85.00", 16),), "98.60"),
}
CONFLICT, UNSAID, UNKNOWN = "tax_conflict", "exemption_note_missing", "unknown_tax_rate"
#: By organisation: the tax type in Lexware and where the note stands, or the reason why nothing was sent.
EXPECTED: dict[str, dict[str, str]] = {
    "exempt": {
        "vatfree": "vatfree, note printed", "small": "vatfree, note in remark", "small-net": "net, note in remark",
        "net": "net, note in remark", "gross": "gross, note in remark",
    },
    "exempt-unsaid": {"vatfree": UNSAID, "small": "vatfree", "small-net": "net", "net": UNSAID, "gross": UNSAID},
    "exempt-with-vat": dict.fromkeys(ORGANISATIONS, CONFLICT),
    "net": {"vatfree": CONFLICT, "small": CONFLICT, "small-net": CONFLICT, "net": "net", "gross": "net"},
    "net-mixed": {
        "vatfree": CONFLICT, "small": CONFLICT, "small-net": CONFLICT,
        "net": "net, note in remark", "gross": "net, note in remark",
    },
    "net-exempt": {
        "vatfree": "vatfree, note printed", "small": "vatfree, note in remark", "small-net": "net, note in remark",
        "net": "net, note in remark", "gross": "net, note in remark",
    },
    "gross": {"vatfree": CONFLICT, "small": CONFLICT, "small-net": CONFLICT, "net": "gross", "gross": "gross"},
    "gross-exempt": {
        "vatfree": "vatfree, note printed", "small": "vatfree, note in remark", "small-net": "gross, note in remark",
        "net": "gross, note in remark", "gross": "gross, note in remark",
    },
    "old-rate": dict.fromkeys(ORGANISATIONS, UNKNOWN),
}  # fmt: skip
CELLS = [(paper, organisation) for paper in PAPERS for organisation in ORGANISATIONS]


@dataclass
class Result:
    """What became of one document, and what it and its cancellation come to in Lexware."""

    outcome: str
    totals: list[Decimal]


@pytest.fixture(scope="module", params=["neutral", "itemised"])
def results(_postgres: str, _template: str, request) -> Iterator[dict[tuple[str, str], Result]]:
    """All documents in all organisations, run once for each way of sending lines."""
    with (
        services.database(_postgres, template=_template) as url,
        psycopg.connect(url, autocommit=True) as db,
        stage(db, url) as one,
    ):
        practices = {name: _founded(one, name, request.param) for name in ORGANISATIONS}
        payers = {name: practice.customer() for name, practice in practices.items()}
        invoices = {(paper, name): _write(practices[name], payers[name], PAPERS[paper]) for paper, name in CELLS}
        one.run()
        for (_paper, name), invoice in invoices.items():
            if one.outcome(invoice)[0] == "delivered":
                practices[name].cancel(invoice)
        one.run()
        arrived = {document["id"]: document for document in one.control.documents()}
        yield {cell: _result(one, invoice, arrived) for cell, invoice in invoices.items()}


def _founded(one: Stage, name: str, mode: str) -> Practice:
    """A practice whose organisation is of this kind."""
    tenant = one.control.add_organisation(**ORGANISATIONS[name])
    practice = Practice(one.db)
    practice.switch_on(tenant.id, tenant.key, lines=mode, **ORGANISATIONS[name])
    return practice


def _write(practice: Practice, payer: int, paper: Paper) -> int:
    items = [{"unit_price": Decimal(price), "vat_rate": Decimal(rate)} for price, rate in paper.lines]
    return practice.invoice(payer, items, tax_mode=paper.mode, exemption_note=paper.note, total=Decimal(paper.total))


def _result(one: Stage, invoice: int, arrived: dict[str, dict[str, Any]]) -> Result:
    state, reason = one.outcome(invoice)
    if state != "delivered":
        return Result(reason or state, [])
    both = one.db.execute(
        "select l.lexware_id::text from lexware.document_link l join practice.invoices i on i.id = l.document_id "
        "where i.id = %(id)s or i.cancels_id = %(id)s order by i.id",
        {"id": invoice},
    ).fetchall()
    bodies = [arrived[lexware_id]["body"] for (lexware_id,) in both]
    assert len({_said(body) for body in bodies}) == 1, "invoice and cancellation are taxed alike"
    return Result(_said(bodies[0]), [body["totalPrice"]["totalGrossAmount"] for body in bodies])


def _said(body: dict[str, Any]) -> str:
    """The tax type, and where the practice's note stands."""
    printed = body["taxConditions"].get("taxTypeNote") == NOTE
    places = [place for place, holds in (("printed", printed), ("in remark", NOTE in body["remark"])) if holds]
    return ", note ".join((body["taxConditions"]["taxType"], *places))


@pytest.mark.parametrize(("paper", "organisation"), CELLS, ids=["-in-".join(cell) for cell in CELLS])
def test_it_goes_over_taxed_as_it_must_or_not_at_all(results, paper: str, organisation: str) -> None:
    """Tax type, place of the note and sum to the cent; the cancellation takes back exactly what the invoice claims."""
    result = results[paper, organisation]

    assert result.outcome == EXPECTED[paper][organisation]
    assert set(result.totals) <= {Decimal(PAPERS[paper].total)}
    assert len(result.totals) in (0, 2)
