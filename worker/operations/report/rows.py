"""Rows of `sql/queries/lexware/report.sql` as the values that a report is made of. Whatever is shown is made visible here."""

from datetime import datetime
from typing import Any

from outbox.db import Row
from worker.host.keys import in_json
from worker.lexware.translate.documents import Settings
from worker.messages.visible import visible
from worker.operations.report.amounts import Figures, in_cents, of_lexware, of_practice, of_sent
from worker.operations.report.document import Document, Partner, Remote, money
from worker.operations.report.numbers import Doubled
from worker.operations.report.reading import Unreadable
from worker.operations.report.standing import reason_of, standing_of


def document(row: Row, settings: Settings) -> Document:
    """A row of `report.documents`; `settings` are those by which documents are translated."""
    figures = Figures(row["kind"], row["tax_mode"], row["has_note"], row["total"], row["document_lines"] or "[]")
    sent = of_sent(figures, settings)
    return Document(
        document_id=row["document_id"],
        number=_named(row),
        kind=row["kind"],
        day=row["day"],
        is_cancelled=row["is_cancelled"],
        figures=figures,
        practice=of_practice(figures),
        sent=sent,
        sent_total=_signed(row, "sent_total"),
        lexware=of_lexware(figures, row["lexware_total"], row["taxes"], sent) if row["state"] else (),
        standing=standing_of(row),
        reason=reason_of(row),
        lexware_id=row["lexware_id"],
        linked_at=row["linked_at"],
        remote=_remote(row),
        partner=_partner(row),
        host_key=row["host_key"],
        twins=tuple(row["twins"]),
    )


def unreadable(one: Unreadable) -> Document:
    """A document that the host's select does not give: nothing is known of its money."""
    return Document(
        document_id=one.document_id,
        number=_named(one._asdict()),
        kind="cancellation" if one.kind == "cancellation" else "invoice",
        day=None,
        is_cancelled=False,
        figures=Figures("invoice", "", has_note=False, total=None, lines="[]"),
        practice=(),
        sent=(),
        sent_total=None,
        lexware=(),
        standing="failed",
        reason="host_data",
        lexware_id=one.lexware_id,
        linked_at=None,
        remote=None,
        host_key=one.host_key,
    )


def doubled(row: Row) -> Doubled:
    """A row of `report.doubled`."""
    return Doubled(visible(row["number"]), row["document_ids"], list(map(visible, row["host_keys"])))


def own_number(row: Row) -> str | None:
    """The practice's number, for what is missing among the others; one that must not be told counts for nothing."""
    return "" if row["is_hidden"] else row["number"] and visible(row["number"])


def orphan(row: Row, why: str) -> dict[str, Any]:
    """A row of `report.orphans` or `report.look_alikes`."""
    return {
        "lexware_id": row["lexware_id"],
        "lexware_number": row["lexware_number"] and visible(row["lexware_number"]),
        "kind": row["kind"],
        "total": money(in_cents(row["total"])),
        "voucher_date": row["voucher_date"],
        "why": why,
        "document_id": row["document_id"],
        "number": row["number"] and visible(row["number"]),
        **in_json(row["host_key"]),
    }


def decision(row: Row) -> dict[str, Any]:
    """A row of `report.decisions`."""
    return {
        "at": row["at"],
        "by": visible(row["by"]),
        "decision": row["decision"],
        "why": row["why"] and visible(row["why"]),
        "document_id": row["document_id"],
        "number": _named(row),
        **in_json(row["host_key"]),
    }


def _remote(row: Row) -> Remote | None:
    if row["state"] is None:
        return None
    seen_at: datetime = row["seen_at"]
    return Remote(
        state=row["state"],
        status=row["remote_status"],
        number=row["lexware_number"] and visible(row["lexware_number"]),
        day=row["voucher_date"],
        differs=tuple(row["differs"]),
        seen_at=seen_at,
        unconfirmed=row["unconfirmed"],
        accepted_by=row["accepted_by"],
    )


def _partner(row: Row) -> Partner | None:
    if row["half_document_id"] is None:
        return None
    return Partner(
        document_id=row["half_document_id"],
        number=_named(row, "half_"),
        total=in_cents(row["half_total"]),
        lexware_id=row["half_lexware_id"],
        state=row["half_state"],
    )


def _signed(row: Row, column: str) -> int | None:
    if row[column] is None:
        return None
    return in_cents(row[column]) * (-1 if row["kind"] == "cancellation" else 1)


def _named(row: Row, of: str = "") -> str:
    """As people know it: by its number, else by the key that the host gave it, else by the id, which then is the host's."""
    number, key = row[f"{of}number"], row[f"{of}host_key"]
    if number is not None and not row[f"{of}is_hidden"]:
        return visible(number)
    return f"#{row[f'{of}document_id'] if key is None else visible(key)}"
