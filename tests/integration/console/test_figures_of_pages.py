"""One knowledge: every table and every figure of every page is what a command tells. A page, a column or a figure that is not in
the table below makes it red.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
import told
from addresses import every_page, places
from furnished import Furnished
from reading_pages import Cell, PageRead, Table
from told import Link

from worker.console.routes import WAYS


@dataclass(frozen=True)
class Rows:
    """A table by its headings, each with the name that the command has for it; None: nothing of the command's."""

    columns: Mapping[str, str | None]
    told: Callable[[Furnished], Sequence[Any] | Iterator[Any]]


@dataclass(frozen=True)
class Shows:
    """A page, with a query or none, and all that stands on it: its figures, and its tables."""

    pattern: str
    figures: Callable[[Furnished], Mapping[str, Any]] = lambda _: {}
    tables: Sequence[Rows] = ()
    query: Callable[[Furnished], str] = lambda _: ""
    left_out: int = 0
    """So many tables are another test's."""


_OWN = "/practices/{practice:int}"
_LETTER = {
    "Event": "event_id",
    "Number": "number",
    "Practice": "practice_id",
    "Kind": "kind",
    "Attempts": "attempts",
    "Died": "died_at",
}
PAGES = (
    Shows("/", told.morning, [
        Rows({"Practice": "practice_id", "Name": "name", "Transfer": "connection", "Pause": "pause_reason", "pending": "pending"}, told.held),
        Rows({"Practice": "practice_id", "Invoice": "invoice_number", "Cancellation": "cancellation_number"}, told.pairs),
    ]),
    Shows("/letters", told.count, [
        Rows({"Count": "count", "Reason": "reason", "What": "message", "To do": None, "Last": "last_at", "Practices": "practice_ids", "Group": "group"}, told.causes),
    ]),
    Shows("/letters", tables=[Rows({"": None, **_LETTER, "On replay": "plan"}, told.letters)], query=lambda house: f"?group={told.largest(house)}"),
    Shows("/documents", tables=[
        Rows({"Number": "number", "State": "state", "Reason": "reason", "Kind": "kind", "Practice": "practice_id", "Event": "event_id",
              "Completed": "created_at", "Lexware id": "url"}, told.documents),
    ]),
    Shows("/documents/{event:int}", told.document),
    Shows("/practices", lambda house: {"count": f"{len(told.practices(house))} practices"}, [
        Rows({"Practice": "practice_id", "Name": "name", "Plan": "plan", "Transfer": "connection", "Pause": "pause_reason", "pending": "pending", "dead": "dead",
              "delivered": "delivered", "Last delivered": "last_delivered_at", "Key valid until": "key_expires_on"}, told.practices),
    ]),
    Shows(_OWN, told.settings),
    Shows(f"{_OWN}/customers", tables=[
        Rows({"Customer": "customer_id", "Customer number": "customer_number", "Contact": "contact_id", "Origin": "origin", "Linked at": "linked_at"}, told.customers),
    ]),
    Shows(f"{_OWN}/customers/{{customer:int}}", lambda house: {"contact_id": [told.customers(house)[0]["contact_id"]]}),
    Shows(f"{_OWN}/documents", tables=[
        Rows({"Number": "number", "Kind": "kind", "State": "state", "Completed": "created_at", "What": None, "Lexware": "there"},
             lambda house: told.documents(house, house.own)),
    ]),
    Shows(f"{_OWN}/reports", told.report, query=lambda house: f"?month={house.month}", left_out=12),
    Shows("/history", tables=[
        Rows({"When": "at", "Who": "by", "What": "action", "Why": "why", "Practice": "practice_id", "Event": "event_id", "Detail": "detail"}, told.history),
    ]),
    Shows("/system", told.system),
)  # fmt: skip


def test_every_page_is_compared() -> None:
    """A new one has to say which command tells the same."""
    assert {page.pattern for page in PAGES} == {way.path for way in WAYS}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.pattern)
def test_every_figure_is_that_of_a_command(furnished_house: Furnished, page: Shows) -> None:
    """Table by table and figure by figure, and there is no other on the page."""
    house = furnished_house
    address = every_page(places(house.stage.db, house.own))[page.pattern] + page.query(house)
    read = PageRead(house.pages.browser("operator").get(address).text)

    expected = page.figures(house)
    assert set(read.figures) == set(expected)
    assert [name for name, value in expected.items() if not agrees(read.figures[name], value)] == []
    assert read.nameless == []
    assert len(read.tables) == len(page.tables) or len(read.tables) <= page.left_out
    for rows in page.tables:
        compare(next(table for table in read.tables if table.names == list(rows.columns)), rows, house)


def compare(table: Table, rows: Rows, house: Furnished) -> None:
    """Row by row, in the command's order."""
    expected = list(rows.told(house))
    assert len(table.rows) == len(expected) > 0
    for shown, row in zip(table.rows, expected, strict=True):
        pairs = [(cell, row[name]) for cell, name in zip(shown, rows.columns.values(), strict=True) if name]
        assert [(cell, value) for cell, value in pairs if not agrees(cell, value)] == []


def agrees(cell: Cell, value: Any) -> bool:
    """Whether this is said there."""
    match value:
        case None:
            return cell.plain in ("", "-") and not cell.moments
        case datetime():
            return [datetime.fromisoformat(one) for one in cell.moments] == [value]
        case Link():
            return value.url in cell.links
        case list():
            moments = {datetime.fromisoformat(one) for one in cell.moments}
            return all(one in moments if isinstance(one, datetime) else str(one) in cell.plain for one in value)
        case _:
            return cell.plain == str(value)
