"""All practices: how each stands, as `lexrelay practice list` and `status` tell it."""

from worker.console.asked import Asked, Page
from worker.console.pages import address
from worker.operations import status
from worker.practice import practices

_PAGE = 100


def show(asked: Asked) -> Page:
    """By id, a page at a time; one kind of connection, or all."""
    wanted, after = asked.query.given("connection"), asked.query.number("after")
    rows = {row["practice_id"]: row for row in status.read(asked.connection).figures.practices}
    everyone = practices.everyone(asked.connection)
    fitting = [one for one in everyone if wanted in (None, one.connection)]
    rest = [one for one in fitting if after is None or one.practice_id > after]
    more = address(asked, after=rest[_PAGE - 1].practice_id) if rest[_PAGE:] else None
    values = {"practices": rest[:_PAGE], "rows": rows, "count": len(fitting), "wanted": wanted, "more": more}
    return Page("practices.html", values)
