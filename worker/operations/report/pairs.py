"""An invoice and its cancellation: both over, or neither; no more cancelled than there was; voided in Lexware only what the practice undid."""

from typing import Literal

from worker.operations.report.canonical import encode
from worker.operations.report.document import UNDONE, Document, Partner

Finding = Literal[
    "both_drafts", "in_part", "amounts_not_opposite", "original_not_transferred", "still_alive", "undone_twice", "voided_in_lexware",
    "no_cancellation", "no_original",
]  # fmt: skip

IN_ORDER: tuple[Finding, ...] = ("both_drafts", "in_part")
"""Drafts that a human finishes in Lexware, and a cancellation of a part; everything else is a disagreement."""


class Pairs:
    """Takes the documents; a pair stands with its cancellation, what lacks one with the invoice."""

    def __init__(self) -> None:
        self.rows: list[str] = []
        self.disagreements = 0

    def add(self, document: Document) -> None:
        """Keep every cancellation, and of the invoices those that disagree."""
        if document.kind == "cancellation":
            self._keep(document.partner, document, _of_cancellation(document, document.partner))
        elif finding := _of_invoice(document):
            self._keep(document, document.partner, finding)

    def _keep(
        self, invoice: Document | Partner | None, cancellation: Document | Partner | None, finding: Finding | None
    ) -> None:
        self.disagreements += finding is not None and finding not in IN_ORDER
        row = {
            "invoice_number": invoice and invoice.number,
            "cancellation_number": cancellation and cancellation.number,
            "invoice_id": invoice and invoice.lexware_id,
            "credit_note_id": cancellation and cancellation.lexware_id,
            "invoice_state": _state(invoice),
            "cancellation_state": _state(cancellation),
            "finding": finding,
        }
        self.rows.append(encode(row))


def _of_cancellation(document: Document, original: Partner | None) -> Finding | None:
    if original is None:
        return "no_original"
    if -document.gross > original.total:
        return "amounts_not_opposite"
    if document.standing == "excluded":
        return "still_alive" if original.is_there else None
    if document.standing != "transferred":
        return None  # the funnel says that it is not over yet
    state = _state(document)
    if original.lexware_id is None:
        return "original_not_transferred"
    if original.state in UNDONE and state not in UNDONE:
        return "undone_twice"
    if state in UNDONE and original.is_there:
        return "still_alive"
    if state == "draft" and original.state == "draft":
        return "both_drafts"
    return "in_part" if document.gross != -original.total else None


def _of_invoice(document: Document) -> Finding | None:
    if document.is_cancelled and document.partner is None:
        return "no_cancellation"
    if _state(document) == "voided" and not document.is_cancelled:
        return "voided_in_lexware"
    return None


def _state(half: Document | Partner | None) -> str | None:
    match half:
        case Document():
            return half.remote.state if half.remote else None
        case Partner():
            return half.state
        case None:
            return None
