"""Ordering the transfer by commands: book, unbook, charges."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal

import psycopg
import pytest
from commands import Commands
from polling import until
from practice import Practice
from rows import berlin_today, count, lane, one, waiting_sessions

from outbox.db import connect
from worker.messages import Declined
from worker.messages import booking as booking_words
from worker.practice import orders as ordering


def test_a_booking_runs_from_today_through_its_last_day(
    lexrelay: Commands, db: psycopg.Connection, practice_id: int
) -> None:
    """The lane is told the booking's days, both included, as Berlin days."""
    lexrelay("practice", "book", "--practice", practice_id, "--by", "Ada")
    lexrelay("practice", "unbook", "--practice", practice_id)

    booking = one(db, "select * from lexware.booking where practice_id = %s", practice_id)
    first, until = (
        f"{moment:%Y-%m-%d %H:%M}"
        for moment in lane(
            db, practice_id, "booked_from at time zone 'Europe/Berlin' a", "booked_until at time zone 'Europe/Berlin' b"
        ).values()
    )
    assert (booking["billing"], booking["ordered_on"], booking["ordered_by"]) == ("monthly", berlin_today(db), "Ada")
    assert (first, until) == (f"{booking['ordered_on']} 00:00", f"{booking['ends_on'] + timedelta(days=1)} 00:00")


@pytest.mark.parametrize(
    ("days_to_decline", "ends_with"),
    [pytest.param(3, "trial", id="in time"), pytest.param(-1, "period", id="too late")],
)
def test_unbook_in_the_trial(
    lexrelay: Commands, db: psycopg.Connection, practice_id: int, days_to_decline: int, ends_with: str
) -> None:
    """By the decline date the booking ends with the trial at no charge, later with the first paid period."""
    today = berlin_today(db)
    trial, decline = today + timedelta(days=10), today + timedelta(days=days_to_decline)

    lexrelay("practice", "book", "--practice", practice_id, "--trial-until", trial, "--decline-by", decline)
    said = lexrelay("practice", "unbook", "--practice", practice_id).stdout

    ends_on = lexrelay.json("practice", "show", "--practice", practice_id)["booking"]["ends_on"]
    assert (ends_on == trial.isoformat()) == (ends_with == "trial")
    assert ends_on in said
    assert ("Nothing is charged" in said) == (ends_with == "trial")
    later = lexrelay.json("practice", "charges", "--month", f"{trial + timedelta(days=1):%Y-%m}")
    assert ((practice_id, "6.00") in [(row["practice_id"], row["net_amount"]) for row in later]) == (
        ends_with == "period"
    )


def test_book_twice_is_declined(lexrelay: Commands, db: psycopg.Connection, practice_id: int) -> None:
    """A second order while one runs changes nothing, also when that one has an end already."""
    lexrelay("practice", "book", "--practice", practice_id)

    assert "already ordered" in lexrelay("practice", "book", "--practice", practice_id, exits=1).stderr
    lexrelay("practice", "unbook", "--practice", practice_id)
    assert "runs until" in lexrelay("practice", "book", "--practice", practice_id, exits=1).stderr
    assert count(db, "lexware.booking", practice_id) == 1


def test_orders_at_the_same_moment_make_one_booking(
    db: psycopg.Connection, database_url: str, practice_id: int
) -> None:
    """Commands that change a practice go one after another: three orders at once are one order and two refusals."""
    db.execute("insert into outbox.lane (practice_id) values (%s)", (practice_id,))

    def order() -> object:
        with connect(database_url) as connection:
            try:
                return ordering.book(connection, practice_id, "monthly", None, None, by="test", why=None)
            except Declined as refusal:
                return refusal.sentence.text

    with ThreadPoolExecutor(3) as threads:
        with db.transaction():
            db.execute("select from outbox.lane where practice_id = %s for update", (practice_id,))
            orders = [threads.submit(order) for _ in range(3)]
            until(lambda: waiting_sessions(database_url) == 3)
        results = [each.result(10) for each in orders]

    assert count(db, "lexware.booking", practice_id) == 1
    assert results.count(booking_words.ALREADY_BOOKED) == 2


def test_an_ended_booking_can_be_ordered_again(lexrelay: Commands, db: psycopg.Connection, practice_id: int) -> None:
    """After its last day a booking is history: the transfer is held, and a new order starts it again."""
    lexrelay("practice", "book", "--practice", practice_id)
    db.execute(
        "update lexware.booking set ordered_on = ordered_on - 40, ends_on = ordered_on - 9 where practice_id = %s",
        (practice_id,),
    )
    db.execute("update outbox.lane set booked_until = now() - interval '9 days' where practice_id = %s", (practice_id,))

    before = lexrelay.json("practice", "show", "--practice", practice_id)
    assert "ordered nothing" in lexrelay("practice", "unbook", "--practice", practice_id, exits=1).stderr
    lexrelay("practice", "book", "--practice", practice_id, "--billing", "yearly")
    after = lexrelay.json("practice", "show", "--practice", practice_id)

    assert (before["connection"], before["booking"]["active"]) == ("not_booked", False)
    assert (after["connection"], after["booking"]["active"]) == ("not_connected", True)


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        pytest.param(["--decline-by", "2190-01-01"], 1, "--trial-until", id="decline without trial"),
        pytest.param(["--trial-until", "2020-01-01"], 1, "over already", id="trial is over"),
        pytest.param(["--trial-until", "2199-12-31"], 1, "too long", id="trial without end"),
        pytest.param(["--trial-until", "2026-02-30"], 2, "2026-12-31", id="no day"),
        pytest.param(["--trial-until", "0001-01-01"], 2, "2026-12-31", id="year one"),
        pytest.param(["--billing", "weekly"], 2, "weekly", id="unknown billing"),
    ],
)
def test_odd_orders_are_declined(
    lexrelay: Commands, db: psycopg.Connection, practice_id: int, options: list[str], code: int, words: str
) -> None:
    """Days that contradict each other end in a sentence, and nothing is ordered."""
    assert words in lexrelay("practice", "book", "--practice", practice_id, *options, exits=code).stderr

    assert count(db, "lexware.booking", practice_id) == 0


def test_the_last_day_to_decline_lies_within_the_trial(
    lexrelay: Commands, db: psycopg.Connection, practice_id: int
) -> None:
    """A decline date after the trial would promise a free day that is none."""
    trial = berlin_today(db) + timedelta(days=10)
    words = ("practice", "book", "--practice", practice_id, "--trial-until", trial, "--decline-by")

    said = lexrelay(*words, trial + timedelta(days=1), exits=1).stderr
    lexrelay(*words, trial)

    assert "must not be after the end of the trial" in said
    assert count(db, "lexware.booking", practice_id) == 1


def test_charges_of_a_month(lexrelay: Commands, db: psycopg.Connection) -> None:
    """SOLO pays the dated price, TEAM and BUSINESS nothing, a trial nothing; money is text."""
    today = berlin_today(db)
    ids = [Practice(db, plan=plan).practice_id for plan in ("solo", "solo", "team", "business", "solo")]
    for practice, options in zip(ids, ([], ["--billing", "yearly"], [], [], ["--trial-until", today]), strict=True):
        lexrelay("practice", "book", "--practice", practice, *options)

    rows = lexrelay.json("practice", "charges", "--month", f"{today:%Y-%m}")

    assert list(rows[0]) == ["practice_id", "name", "plan", "billing", "from", "to", "net_amount", "reason"]
    mine = [row for row in rows if row["practice_id"] in ids and row["from"] == str(today)]
    assert [(row["practice_id"], row["net_amount"], row["reason"]) for row in mine] == [
        (ids[0], "6.00", "period"), (ids[1], "65.00", "period"), (ids[2], "0.00", "included_in_plan"),
        (ids[3], "0.00", "included_in_plan"), (ids[4], "0.00", "trial"),
    ]  # fmt: skip
    page = lexrelay("practice", "charges", "--month", f"{today:%Y-%m}", "--lang", "de").stdout
    assert f"Zusammen {sum(Decimal(row['net_amount']) for row in rows)} € netto.".replace(".", ",", 1) in page
    assert {"Abrechnung", "jährlich", "65,00", "im Tarif enthalten"} - set(re.split(r"\s{2,}|\n", page)) == set()
    assert lexrelay.json("practice", "charges", "--month", "2001-01") == []
