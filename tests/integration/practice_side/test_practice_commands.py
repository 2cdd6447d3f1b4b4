"""The practice's side by commands, as a whole: any order, lists, history, a process of its own."""

from itertools import permutations

import psycopg
import pytest
from commands import Commands
from practice import Practice
from psycopg.rows import dict_row

from worker.lab.sandbox.control import Tenant


def test_book_connect_enable_in_any_order_makes_the_transfer_run(
    lexrelay: Commands, db: psycopg.Connection, tenant: Tenant
) -> None:
    """Whatever comes first, the transfer runs when all three are done, and each says what is still missing."""
    for order in permutations(["book", "connect", "enable"]):
        practice = Practice(db).practice_id
        said = []
        for step in order:
            more = ["--avv-date", "2026-01-15"] if step == "enable" else []
            said.append(lexrelay("practice", step, "--practice", practice, *more, stdin=tenant.key).stdout)

        assert lexrelay.json("practice", "show", "--practice", practice)["connection"] == "active"
        assert ["missing" in each for each in said] == [True, True, False]
        assert "No poller is running" in said[-1]
        assert "No worker is running" in said[-1]


def test_a_practice_never_touched_is_listed(lexrelay: Commands, practice_id: int) -> None:
    """`practice list` shows every practice of the host, with defaults where nothing is known."""
    listed = lexrelay.json("practice", "list")

    assert [row for row in listed if row["practice_id"] == practice_id] == [
        {
            "practice_id": practice_id, "name": "Praxis Lindenweg", "plan": "solo", "connection": "not_booked",
            "pause_reason": None, "company_name": None, "organisation_id": None, "tax_type": None, "small_business": None,
            "lines": "neutral", "matching": "exact", "avv_date": None, "avv_recorded_by": None, "avv_recorded_at": None,
            "key_stored_at": None, "key_expires_on": None, "booking": None, "missing": ["booking", "key", "switch"],
        }
    ]  # fmt: skip
    assert "Praxis Lindenweg" in lexrelay("practice", "list").stdout


@pytest.mark.parametrize("number", [4711, 2**70, -1])
def test_an_unknown_practice_is_told(lexrelay: Commands, number: int) -> None:
    """A practice that the host does not have is a sentence and exit code 1."""
    for command in ("book", "unbook", "connect", "enable", "disable", "pause", "resume", "show"):
        result = lexrelay("practice", command, f"--practice={number}", stdin="some-key", exits=1)

        assert f"no practice {number}" in result.stderr or f"no number or key {number}" in result.stderr


@pytest.mark.proof
def test_as_a_process_in_german(lexrelay: Commands, practice_id: int, tenant: Tenant) -> None:
    """The same through a real process: key on standard input, words in German, nothing of the key."""
    words = ("practice", "connect", "--practice", practice_id, "--lang", "de")

    code, stdout, stderr = lexrelay.process(*words, stdin=f" {tenant.key}\n")

    assert (code, stderr) == (0, "")
    assert "Verbunden mit Praxis am Lindenweg GbR. Steuereinstellung in Lexware: netto." in stdout
    assert tenant.key not in stdout


def test_every_change_is_recorded(lexrelay: Commands, db: psycopg.Connection, practice_id: int, tenant: Tenant) -> None:
    """Who, when, what, why (G8)."""
    who = ("--practice", practice_id, "--by", "Ada", "--why", "first day")
    lexrelay("practice", "book", *who)
    lexrelay("practice", "connect", *who, stdin=tenant.key)
    lexrelay("practice", "enable", *who, "--avv-date", "2026-01-15")
    for command in ("pause", "resume", "disable", "unbook"):
        lexrelay("practice", command, *who)

    with db.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(
            "select * from outbox.operator_action where practice_id = %s order by action_id", (practice_id,)
        ).fetchall()
    assert [row["action"].removeprefix("practice.") for row in rows] == [
        "book", "connect", "enable", "pause", "resume", "disable", "unbook"
    ]  # fmt: skip
    assert {(row["by"], row["why"], row["practice_id"]) for row in rows} == {("Ada", "first day", practice_id)}


def test_the_poller_is_woken(lexrelay: Commands, db: psycopg.Connection, practice_id: int, tenant: Tenant) -> None:
    """Whatever may set something in motion rings the poller's bell."""
    db.execute("listen lexrelay")
    for words in (["book"], ["connect"], ["enable", "--avv-date", "2026-01-15"], ["pause"], ["resume"]):
        lexrelay("practice", *words, "--practice", practice_id, stdin=tenant.key)

    bells = list(db.notifies(timeout=2, stop_after=4))
    assert len(bells) == 4
