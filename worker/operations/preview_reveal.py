"""A preview shown to somebody, which is recorded, for it holds persons; and its form as JSON."""

from typing import Any

from outbox import actions
from outbox.db import Connection
from outbox.ids import PracticeId
from outbox.sql import query
from worker.config import Config
from worker.host.keys import in_json
from worker.lexware.command_client import Waiting
from worker.lexware.obstacles import Obstacle
from worker.messages import Declined, Lang, reasons
from worker.messages import preview as words
from worker.messages.story import NO_DOCUMENT
from worker.operations.preview import NoDocument, Note, Preview, preview
from worker.practice import practices


def reveal(
    connection: Connection, config: Config, practice_id: PracticeId, number: str, *,
    by: str, why: str | None, waiting: Waiting,
) -> Preview:  # fmt: skip
    """The preview of a document, after it was kept who asked for it. Raises Declined when there is no such document."""
    practices.find(connection, practice_id)
    try:
        seen = preview(connection, config, practice_id, number, waiting=waiting)
    except NoDocument:
        raise Declined(NO_DOCUMENT(practice=practice_id, number=number)) from None
    about = {"document_id": seen.snapshot.document.document_id}
    actions.record(connection, "preview", by=by, why=why, practice_id=practice_id, event_id=seen.event_id, detail=about)
    return seen


def latest(connection: Connection, practice_id: PracticeId) -> str | None:
    """The number of the document that the practice completed last; None: it has none yet."""
    row = connection.execute(query("document.latest"), {"practice_id": practice_id}).fetchone()
    return row["number"] if row else None


def to_json(preview: Preview, lang: Lang) -> dict[str, Any]:
    """As `preview --json` has it (design section 3)."""
    contact, translation = preview.contact, preview.translation
    return {
        "number": preview.snapshot.document.number,
        **in_json(preview.host_key),
        "contact": {"decision": contact.decision, "id": contact.contact_id, "payload": contact.payload},
        "document": translation.payload if translation else None,
        "total_here": preview.total_here,
        "total_there": preview.total_there,
        "problems": [
            {"reason": problem.reason, "message": message(problem, lang), **problem.detail}
            for problem in preview.problems
        ],
    }


def message(remark: Obstacle | Note, lang: Lang) -> str:
    """A remark in words: a reason of a dead letter, or a text of the preview's own."""
    if text := words.REMARKS.get(remark.reason):
        return text(**remark.detail).said_in(lang)
    return reasons.message(remark.reason, remark.detail, lang)
