"""All practices: how each stands, as `lexrelay practice list` and `status` tell it."""

from outbox import figures
from worker.console.asked import Asked, Page
from worker.console.pages import address
from worker.practice import practices

_PAGE = 100


def show(asked: Asked) -> Page:
    """By id, a page at a time; one kind of connection, or all."""
    wanted, after = asked.query.given("connection"), asked.query.number("after")
    found = practices.page(asked.connection, wanted, after=after, limit=_PAGE + 1)
    shown = found[:_PAGE]
    rows = figures.of_practices(asked.connection, [one.practice_id for one in shown])
    values = {
        "practices": shown, "rows": {row["practice_id"]: row for row in rows}, "wanted": wanted,
        "count": practices.count(asked.connection, wanted),
        "more": address(asked, after=shown[-1].practice_id) if found[_PAGE:] else None,
    }  # fmt: skip
    return Page("practices.html", values)
