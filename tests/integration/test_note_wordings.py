"""Exemption notes in words of the practice's own: confirmed with the switch-on, or once for all that wait for them."""

import psycopg
import pytest
from commands import Commands
from stage import Stage

OWN = "Umsatzsteuerfrei, wie mit dem Finanzamt besprochen"
NEW = "Befreit nach Bescheid unseres Finanzamts"


@pytest.fixture(name="lexrelay")
def _lexrelay(stage: Stage, database_url: str) -> Commands:
    return Commands(database_url, stage.sandbox)


def _invoice(stage: Stage, note: str, **columns: object) -> int:
    document = stage.practice.invoice(stage.practice.customer(), exemption_note=note, **columns)
    stage.run()
    return document


def test_a_new_wording_waits_until_it_is_confirmed_for_all(stage: Stage, lexrelay: Commands) -> None:
    """Two documents die of it, one confirmation sends both, and the third goes by itself; it is recorded, not its text."""
    first, second = _invoice(stage, NEW), _invoice(stage, NEW.upper() + " ")
    event_id = stage.event(second)["event_id"]
    assert stage.outcome(first) == stage.outcome(second) == ("dead", "new_note")
    assert NEW not in lexrelay("dead", "show", event_id).output

    shown = lexrelay.json("practice", "confirm-note", "--practice", 1)
    told = lexrelay("practice", "confirm-note", "--practice", 1, event_id, "--by", "ada").stdout
    stage.run()
    third = _invoice(stage, NEW)

    assert [(one["text"], one["documents"]) for one in shown] == [(NEW, 2)]
    assert NEW in told
    assert {stage.outcome(one) for one in (first, second, third)} == {("delivered", None)}
    assert "confirm_note" in str(lexrelay.json("history"))
    dump = stage.db.execute(
        "select string_agg(w::text || a::text, '') from lexware.note_wording w, outbox.operator_action a"
    )
    assert "Finanzamt" not in dump.fetchone()[0]


def test_the_switch_on_shows_and_confirms_what_is_there(stage: Stage, lexrelay: Commands) -> None:
    """Wordings of completed documents go over from then on; a usual one needs no confirmation, one with a secret gets none."""
    lexrelay("practice", "disable", "--practice", 1)
    for note in (OWN, OWN, "Umsatzsteuerfrei nach § 4 Nr. 14 UStG", "Umsatzsteuerfrei, F32.1"):
        stage.practice.invoice(stage.practice.customer(), exemption_note=note)

    said = lexrelay("practice", "enable", "--practice", 1).stdout
    again = lexrelay("practice", "enable", "--practice", 1, "--lines", "itemised").stdout

    assert f'"{OWN}" (documents: 2)' in said
    assert "F32" not in said
    assert "§ 4" not in said
    assert OWN not in again
    assert stage.outcome(_invoice(stage, OWN)) == ("delivered", None)
    assert stage.outcome(_invoice(stage, NEW)) == ("dead", "new_note")


def test_too_many_wordings_are_none(stage: Stage, lexrelay: Commands) -> None:
    """Where each document has its own, something of each stands in it: nobody confirms what nobody reads."""
    lexrelay("practice", "disable", "--practice", 1)
    for word in ("alpha", "beta", "gamma"):
        for letter in "abcdefgh":
            stage.practice.invoice(stage.practice.customer(), exemption_note=f"Umsatzsteuerfrei, {word}{letter}")

    said = lexrelay("practice", "enable", "--practice", 1).stdout

    assert said.count("Umsatzsteuerfrei, ") == 20
    assert "4 more are not confirmed" in said


def test_what_waits_for_something_else_is_no_wording(stage: Stage, lexrelay: Commands) -> None:
    """Health data cannot be confirmed away, nor an event that is not dead of it."""
    health = stage.event(_invoice(stage, "Umsatzsteuerfrei, F32.1"))["event_id"]
    sent = stage.event(_invoice(stage, "Umsatzsteuerfrei"))["event_id"]

    for event_id in (health, sent, 999):
        assert (
            "no wording to confirm" in lexrelay("practice", "confirm-note", "--practice", 1, event_id, exits=1).stderr
        )
    assert stage.db.execute("select count(*) from lexware.note_wording").fetchone() == (0,)


def test_preview_and_the_plan_of_a_replay_say_so(stage: Stage, lexrelay: Commands) -> None:
    """Before it is sent, and before it is replayed in vain."""
    event_id = stage.event(_invoice(stage, NEW))["event_id"]

    previewed = lexrelay("preview", "RE-2026-0001", "--practice", 1, "--json", exits=1).stdout
    planned = lexrelay.json("replay", event_id, "--dry-run")

    assert '"new_note"' in previewed
    assert [one["plan"] for one in planned] == ["human"]


def test_what_went_over_before_stays_confirmed(stage: Stage, lexrelay: Commands, db: psycopg.Connection) -> None:
    """The first migrate that knows of wordings takes those of delivered documents as confirmed."""
    lexrelay("practice", "enable", "--practice", 1)
    document = _invoice(stage, NEW)
    event_id = stage.event(document)["event_id"]
    lexrelay("practice", "confirm-note", "--practice", 1, event_id)
    stage.run()
    db.execute("delete from lexware.note_wording")
    db.execute("update lexware.connection set notes_read_at = null")

    said = lexrelay("migrate").stdout

    assert "stay confirmed: 1" in said
    assert "stay confirmed" not in lexrelay("migrate").stdout
    assert stage.outcome(_invoice(stage, NEW)) == ("delivered", None)
