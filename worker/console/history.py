"""What operators did, the newest first, as `lexrelay history` tells it."""

from worker.console.asked import Asked, Page
from worker.console.pages import address
from worker.operations import history

_PAGE = 100


def show(asked: Asked) -> Page:
    """Of a practice, of an event, or all."""
    practice, event, before = (asked.query.number(name) for name in ("practice", "event", "before"))
    found = history.read(asked.connection, practice_id=practice, event_id=event, before=before, limit=_PAGE + 1)
    more = address(asked, before=found[_PAGE - 1]["action_id"]) if found[_PAGE:] else None
    return Page("history.html", {"actions": found[:_PAGE], "practice": practice, "event": event, "more": more})
