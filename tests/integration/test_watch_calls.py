"""How often Lexware is asked in steady state, counted by its own request log; time passes for what is stored (`time_travel`)."""

import random
from collections import Counter
from typing import Any

import psycopg
import pytest
from stage import PACE, Stage, stage
from time_travel import pass_time, work_through
from watch_oracle import wrong
from watching import Watcher

#: Design section 11: the most calls of a practice and day, and of a linked document and week.
_A_DAY, _DOCUMENTS, _DAY_SECONDS = 150, 400, 86400.0
#: How many of a practice's documents are new on one of its days.
_NEW = 14


def _kind(call: dict[str, Any]) -> str:
    """Of a call: what is asked for, without ids."""
    return str(call["path"]).removeprefix("/v1/").partition("/")[0]


def _calls_of(one: Stage, watcher: Watcher) -> Counter[str]:
    """The calls of one day, by what they ask for."""
    before = len(one.control.requests(one.tenant.id))
    work_through(watcher, _DAY_SECONDS)
    return Counter(_kind(call) for call in one.control.requests(one.tenant.id, since=before))


def _transfer(one: Stage, count: int) -> None:
    """So many documents go over, to two payers."""
    payers = [one.practice.customer() for _ in range(2)]
    for place in range(count):
        one.practice.invoice(payers[place % 2])
    one.run()


def _a_month_later(one: Stage) -> Watcher:
    """Documents went over day by day, and the jobs of the watch begin."""
    for start in range(0, _DOCUMENTS, _NEW):
        _transfer(one, min(_NEW, _DOCUMENTS - start))
        pass_time(one, _DAY_SECONDS)
    watcher = Watcher(one)
    watcher.turn()
    return watcher


def _users_work(one: Stage, dice: random.Random) -> None:
    """A day in Lexware: twice as many as come in are finalised, as many paid, one in part; three are written by hand."""

    def chosen(status: str, count: int) -> list[str]:
        there = [each["id"] for each in one.documents() if (each["status"], each["origin"]) == (status, "api")]
        return dice.sample(there, min(count, len(there)))

    act, organisation = one.control.act, one.tenant.id
    for draft in chosen("draft", 2 * _NEW):
        act(organisation, "finalise", document=draft)
    for paid in chosen("open", _NEW):
        act(organisation, "pay", document=paid)
    for part in chosen("open", 1):
        act(organisation, "pay", document=part, amount=1)
    for original in chosen("open", 3):
        act(organisation, "copy_document", document=original)


@pytest.mark.proof
def test_a_week_of_400_documents(db: psycopg.Connection, database_url: str, record_property: Any) -> None:
    """By the product's own schedule: no day has more than 150 calls, but for the one of each document that a week has.

    A day without any news, a busy one, some on which nothing runs here, and the one on which everything is due at once.
    """
    dice, days = random.Random(16), {}
    with stage(db, database_url, PACE) as one:
        watcher = _a_month_later(one)
        days["still"] = _calls_of(one, watcher)
        _transfer(one, _NEW)
        _users_work(one, dice)
        days["busy"] = _calls_of(one, watcher)
        pass_time(one, 4 * _DAY_SECONDS)
        _transfer(one, _NEW)
        _users_work(one, dice)
        days["all due"] = _calls_of(one, watcher)
        runs = dict(one.db.execute("select kind, sum(calls)::int from lexware.watch_runs group by kind").fetchall())
        [[linked]] = one.db.execute("select count(*) from lexware.document_link").fetchall()
        assert wrong(one) == []
        watcher.close()

    for name, day in days.items():
        record_property(f"calls of a day ({name})", f"{day.total()}: {dict(day)}")
    record_property("calls by kind of run", str(runs))
    assert sum(day.total() for day in days.values()) == sum(runs.values())
    assert runs.keys() == {"delta", "sweep", "deep", "contacts"}
    assert runs["deep"] <= linked
    assert days["still"].total() <= days["busy"].total() <= _A_DAY
    assert days["all due"].total() - runs["deep"] <= _A_DAY


def test_a_run_asks_no_more_than_it_must(db: psycopg.Connection, database_url: str) -> None:
    """Nothing has changed: a delta is one call, a sweep one for each page of its two lists, a deep one for each document."""
    with stage(db, database_url, PACE) as one:
        _transfer(one, 8)
        watcher = Watcher(one)
        for kind in ("sweep", "deep", "delta", "sweep", "deep", "contacts"):
            assert watcher.run(kind) == (True, None)

        calls = one.db.execute("select kind, calls, pages from lexware.watch_runs order by id desc limit 4").fetchall()
        watcher.close()

    assert calls == [("contacts", 1, 1), ("deep", 8, 0), ("sweep", 2, 2), ("delta", 1, 1)]
