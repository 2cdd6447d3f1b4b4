"""What a document's state must be, told from the simulated Lexware's own records, and users who do what users do."""

import random
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from psycopg.rows import dict_row
from stage import Stage

from worker.lexware.translate.dates import BERLIN

_SENT = """
select w.document_id, w.remote_id::text as id, w.state, w.sent_total, w.sent_day, w.sent_contact_id::text as contact_id,
       w.open_amount, w.finalised_once
from lexware.watched w
order by w.document_id
"""


def wrong(stage: Stage) -> list[tuple[int, str | None, set[str]]]:
    """Documents whose state is not what Lexware's records say: what it is, and what it may be."""
    there = {document["id"]: document for document in stage.control.documents(stage.tenant.id)}
    with stage.db.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(_SENT).fetchall()
    judged = [(row, expected(there[row["id"]], row)) for row in rows]
    found = [(row["document_id"], row["state"], may) for row, may in judged if row["state"] not in may]
    return found + [
        (row["document_id"], f"open {row['open_amount']}", {str(there[row["id"]]["open_amount"])})
        for row, _ in judged
        if row["state"] in ("open", "overdue", "partly_paid")
        and row["open_amount"] != Decimal(there[row["id"]]["open_amount"])
    ]


def expected(document: dict[str, Any], sent: dict[str, Any]) -> set[str]:
    """The states that may be told of a document; more than one where it depends on whether a step in between was seen."""
    if document["deleted_at"]:
        return {"missing", "deleted"} if sent["finalised_once"] else {"deleted"}
    status = document["status"]
    if status in ("paid", "paidoff", "voided"):
        return {"voided" if status == "voided" else "paid"}
    if status == "open" and 0 < Decimal(document["open_amount"]) < Decimal(document["total"]):
        return {"partly_paid"}
    if _is_changed(document, sent):
        return {"changed"}
    if status == "draft":
        return {"back_to_draft"} if sent["finalised_once"] else {"draft"}
    today = datetime.now(BERLIN).date()
    return {"overdue" if document["due_on"] and date.fromisoformat(document["due_on"]) < today else "open"}


def _is_changed(document: dict[str, Any], sent: dict[str, Any]) -> bool:
    day = datetime.fromisoformat(document["body"]["voucherDate"]).astimezone(BERLIN).date()
    return (
        Decimal(document["total"]) != sent["sent_total"]
        or day != sent["sent_day"]
        or document["contact_id"] != sent["contact_id"]
    )


def work(stage: Stage, dice: random.Random, actions: int) -> None:
    """What users do in a day: so many actions, each on a document that allows it."""
    for _ in range(actions):
        there = [one for one in stage.documents() if one["origin"] == "api"]
        if there:
            _act(stage, dice, dice.choice(there))


def tidy_up(stage: Stage, dice: random.Random, deletions: int) -> None:
    """Somebody deletes so many drafts."""
    drafts = [one for one in stage.documents() if one["status"] == "draft" and not one["related"]]
    for one in dice.sample(drafts, min(deletions, len(drafts))):
        stage.control.act(stage.tenant.id, "delete_draft", document=one["id"])


def _act(stage: Stage, dice: random.Random, document: dict[str, Any]) -> None:
    action, arguments = dice.choice(list(_choices(dice, document)))
    stage.control.act(stage.tenant.id, action, document=document["id"], **arguments)


def _choices(dice: random.Random, document: dict[str, Any]) -> Iterator[tuple[Any, dict[str, Any]]]:
    status, untouched = document["status"], not document["payments"] and not document["related"]
    if status == "draft":
        yield from [("finalise", {})] * 6
        yield "set_total", {"total": dice.randint(20, 200)}
    elif status == "open":
        yield "pay", {}
        yield "write_off", {}
        yield "become_overdue", {}
        yield "set_due", {"day": f"2099-01-{dice.randint(1, 28):02}"}
        if Decimal(document["open_amount"]) > 2:
            yield "pay", {"amount": 1}
            yield "pay_with_discount", {"discount": 1}
        if untouched:
            yield "reopen", {}
            yield "void", {}
    elif status == "paid" and document["payments"]:
        yield "unpay", {}
    else:
        yield "archive_document", {}
