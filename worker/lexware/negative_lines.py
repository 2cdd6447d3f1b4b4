"""Itemised lines with a negative one, which Lexware may not take (lexware-api 15): then the document goes with neutral lines.

It is known from the refusal alone: nothing was carried out, so it may be sent again in the other form, once.
"""

import re
from dataclasses import replace

from worker.delivery.errors import Refused
from worker.lexware.diagnosis import MAY_BE_A_REFERENCE
from worker.lexware.transfer import Transfer
from worker.lexware.translate.documents import Document, Settings

_PRICE = re.compile(r"lineItems\[\d+\]\.unitPrice\b.*")


def settled(transfer: Transfer) -> Settings:
    """The practice's settings; lines are neutral once itemised ones were refused for a negative one."""
    settings = transfer.snapshot.settings
    if settings.lines == "itemised" and _has_negative(transfer.snapshot.document) and _was_refused(transfer):
        return replace(settings, lines="neutral")
    return settings


def may_go_neutral(transfer: Transfer, refusal: Refused) -> bool:
    """Whether a negative line may be what was refused, and neutral lines were not tried yet."""
    fields = [issue.field or "" for issue in refusal.issues]
    told = not fields or any(map(_PRICE.fullmatch, fields))
    itemised = transfer.snapshot.settings.lines == "itemised" and _has_negative(transfer.snapshot.document)
    return itemised and told and refusal.status in MAY_BE_A_REFERENCE and not _was_refused(transfer)


def _has_negative(document: Document) -> bool:
    """A line that takes from an invoice, or that adds to what is cancelled."""
    sign = -1 if document.kind == "cancellation" else 1
    return any(line.quantity * line.unit_price * sign < 0 for line in document.lines)


def _was_refused(transfer: Transfer) -> bool:
    return transfer.ledger.snoozed_since(transfer.claim, "lines_refused") is not None
