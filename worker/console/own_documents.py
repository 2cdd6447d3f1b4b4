"""A practice's documents: what went over, what waits, and what somebody has to do."""

from typing import Any

from worker.console.asked import Asked, Page
from worker.console.pages import address
from worker.messages import Lang, reasons
from worker.messages.glossary import WHO
from worker.messages.on_pages import on_pages
from worker.operations import documents
from worker.practice import practices

_PAGE = 50


def show(asked: Asked) -> Page:
    """The newest first, a page at a time; or those of a number."""
    practice = practices.find(asked.connection, asked.practice_id)
    sought = asked.query.text("q")
    if sought:
        rows = documents.search(asked.connection, sought, practice_id=practice.practice_id, limit=_PAGE)
    else:
        before = asked.query.number("before")
        rows = documents.of_practice(asked.connection, practice.practice_id, before=before, limit=_PAGE + 1)
    more = address(asked, before=rows[_PAGE - 1]["document_id"]) if rows[_PAGE:] else None
    shown = documents.with_urls(rows[:_PAGE], asked.config.app_url)
    shown = documents.with_states(asked.connection, practice.practice_id, shown)
    values = {"practice": practice, "rows": [_told(row, asked.lang) for row in shown], "more": more, "sought": sought}
    return Page("own_documents.html", values)


def _told(row: dict[str, Any], lang: Lang) -> dict[str, Any]:
    """The row with why, in words; of what died also who must do what."""
    if not row["reason"] or row["state"] not in ("dead", "discarded"):
        return row | {"why": "", "action": "", "who": ""}
    entry = reasons.entry(row["reason"], {})
    return row | {
        "why": entry.message().said_in(lang),
        "action": on_pages(entry.action().said_in(lang), lang),
        "who": WHO[entry.who]().said_in(lang),
    }
