"""Lists over real sockets, page by page, and when they prove nothing."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from lexware_peer import Peer, always, answer, answering, json_answer

from worker.delivery.errors import NoAnswer, Truncated
from worker.lexware.api.client import Lexware
from worker.lexware.api.errors import Rejected
from worker.lexware.api.transport import Transport


def lexware(peer: Peer, **watch: Any) -> Lexware:
    """A client of the peer."""
    return Lexware(Transport(peer.url, 5), "key", **{"before_call": always, **watch})


def targets(peer: Peer) -> list[str]:
    """What was asked for, on whichever connection."""
    lines = [line for data in peer.received for line in data.decode().split("\r\n")]
    return [line.split(" ")[1] for line in lines if line.endswith(" HTTP/1.1")]


def row(place: int, **more: object) -> dict[str, object]:
    """A row that does for contacts and vouchers."""
    return {"id": str(UUID(int=place)), "createdDate": "2026-07-14T10:00:00.000+02:00", **more}


def page(first: int, count: int, total: int, *, last: bool) -> bytes:
    """A page of the list of rows numbered from 0."""
    return json_answer(
        {"content": [row(place) for place in range(first, first + count)], "totalElements": total, "last": last}
    )


def ids(rows: Iterator[Any]) -> list[int]:
    """The numbers of the rows, in the order of the list."""
    return [found.id.int for found in rows]


def test_pages_are_fetched_as_they_are_reached() -> None:
    """A list is lazy; every page is a call of its own, with its own slot."""
    slots: list[int] = []
    with Peer(answering(page(0, 250, 300, last=False), page(250, 50, 300, last=True))) as peer:
        rows = lexware(peer, before_call=lambda: slots.append(1)).vouchers("invoice", date(2026, 7, 14))

        assert slots == []
        first = [next(rows).id.int for _ in range(250)]
        assert len(slots) == 1
        assert first + ids(rows) == list(range(300))
        assert len(slots) == 2
        assert [line.split("page=")[1] for line in targets(peer)] == ["0&size=250", "1&size=250"]


def test_a_row_on_two_pages_comes_once() -> None:
    """Paging is not stable: what moved to the next page is not given again (lexware-api 7.3)."""
    with Peer(answering(page(0, 250, 260, last=False), page(240, 20, 260, last=True))) as peer:
        assert ids(lexware(peer).search_contacts(name="Beispiel")) == list(range(260))


def test_a_list_that_changes_its_length_proves_nothing() -> None:
    """When something was deleted between two pages, a row may have slipped through."""
    with Peer(answering(page(0, 250, 260, last=False), page(251, 9, 259, last=True))) as peer:
        rows = lexware(peer).vouchers("invoice", date(2026, 7, 14))

        with pytest.raises(Truncated, match="changed"):
            ids(rows)


@pytest.mark.parametrize("last", [False, True])
def test_a_list_longer_than_the_window_proves_nothing(last: bool) -> None:
    """10,000 rows can be read; whether that was all cannot be known (lexware-api 7.3)."""
    pages = [page(250 * place, 250, 10_000, last=last and place == 39) for place in range(40)]
    told: list[object] = []
    with Peer(answering(*pages)) as peer:
        rows = lexware(peer, on_call=lambda *call: told.append(call)).vouchers("invoice", date(2026, 7, 14))

        found = [next(rows).id.int for _ in range(10_000)]
        with pytest.raises(Truncated, match="longer"):
            next(rows)

    assert found == list(range(10_000))
    assert len(told) == 40


def test_a_window_smaller_than_documented_proves_nothing() -> None:
    """Where Lexware refuses to go on, the list is truncated; a refusal of the first page is a refusal."""
    refusal = answer(400, b'{"message":"Maximum search window size exceeded"}')
    with Peer(answering(page(0, 250, 300, last=False), refusal)) as peer:
        rows = lexware(peer).search_contacts(name="Beispiel")

        with pytest.raises(Truncated, match="longer"):
            ids(rows)
    with Peer(answering(refusal)) as peer, pytest.raises(Rejected):
        ids(lexware(peer).search_contacts(name="Beispiel"))


def test_a_failure_on_a_later_page_is_raised() -> None:
    """A half-read list never looks complete."""
    with Peer(answering(page(0, 250, 300, last=False), answer(504))) as peer, pytest.raises(NoAnswer):
        ids(lexware(peer).vouchers("invoice", date(2026, 7, 14)))


def test_only_the_customer_with_the_number() -> None:
    """The filter also finds vendors, and is ignored if Lexware should ever rename it; so it is checked here."""
    content = [
        row(1, roles={"customer": {"number": 10001}}),
        row(2, roles={"vendor": {"number": 10001}}),
        row(3, roles={"customer": {"number": 10002}}),
    ]
    with Peer(answering(json_answer({"content": content, "totalElements": 3, "last": True}))) as peer:
        assert ids(lexware(peer).search_contacts(number=10001)) == [1]
