"""The practice's switches by commands: enable, disable, pause, resume, and what a new key does to a pause."""

from datetime import timedelta

import psycopg
import pytest
from commands import Commands
from practice import Practice
from rows import berlin_today, count, lane, one

from worker.lab.sandbox.control import Tenant


def test_the_first_enable_needs_the_date_of_the_agreement(
    lexrelay: Commands, db: psycopg.Connection, practice_id: int
) -> None:
    """No transfer without a processing agreement; once recorded, it need not be given again."""
    assert "AVV" in lexrelay("practice", "enable", "--practice", practice_id, exits=1).stderr
    tomorrow = berlin_today(db) + timedelta(days=1)
    lexrelay("practice", "enable", "--practice", practice_id, "--avv-date", tomorrow, exits=1)
    assert count(db, "lexware.connection", practice_id) == 0

    lexrelay("practice", "enable", "--practice", practice_id, "--avv-date", "2026-01-15", "--by", "Ada")
    lexrelay("practice", "enable", "--practice", practice_id, "--by", "Bert")

    shown = lexrelay.json("practice", "show", "--practice", practice_id)
    assert (shown["avv_date"], shown["avv_recorded_by"]) == ("2026-01-15", "Ada")


def test_enable_twice_changes_only_settings(lexrelay: Commands, db: psycopg.Connection, practice_id: int) -> None:
    """The switched-on period goes on; an option that is not given keeps its value."""
    lexrelay("practice", "enable", "--practice", practice_id, "--avv-date", "2026-01-15", "--lines", "itemised")
    period = "select * from outbox.lane_period where practice_id = %s"
    before = one(db, period, practice_id)

    again = lexrelay("practice", "enable", "--practice", practice_id, "--match-contacts", "never").stdout

    shown = lexrelay.json("practice", "show", "--practice", practice_id)
    assert (shown["lines"], shown["matching"]) == ("itemised", "never")
    assert count(db, "outbox.lane_period", practice_id) == 1
    assert one(db, period, practice_id) == before
    assert "already" in again


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        pytest.param(
            "en", ["from now on", "backfill", "drafts", "Payments", "closing text", "discount", "2026-01-15"], id="en"
        ),
        pytest.param(
            "de", ["ab jetzt", "backfill", "Entwurf", "Zahlungen", "Schlusstext", "Rabatt", "15.01.2026"], id="de"
        ),
    ],
)
def test_enable_says_what_will_happen(lexrelay: Commands, practice_id: int, lang: str, words: list[str]) -> None:
    """Nobody is surprised: from now on, drafts, separate cancellations, no payments, the closing text, the agreement."""
    said = lexrelay("practice", "enable", "--practice", practice_id, "--avv-date", "2026-01-15", "--lang", lang).stdout

    assert [word for word in words if word not in said] == []


def test_off_and_on_again_opens_a_second_period(lexrelay: Commands, db: psycopg.Connection) -> None:
    """Documents completed while it was off stay here; pending ones are held and counted."""
    practice = Practice(db)
    lexrelay("practice", "enable", "--practice", practice.practice_id, "--avv-date", "2026-01-15")
    practice.invoice(practice.customer())

    said = lexrelay("practice", "disable", "--practice", practice.practice_id).stdout
    practice.invoice(practice.customer())
    again = lexrelay("practice", "disable", "--practice", practice.practice_id).stdout
    lexrelay("practice", "enable", "--practice", practice.practice_id)

    periods = one(
        db,
        "select count(*), count(disabled_at) as closed from outbox.lane_period where practice_id = %s",
        practice.practice_id,
    )
    assert periods == {"count": 2, "closed": 1}
    assert count(db, "outbox.event", practice.practice_id) == 1
    assert "until the transfer runs again: 1." in said
    assert "not switched on" in again


def test_pause_takes_the_place_of_another_reason(lexrelay: Commands, db: psycopg.Connection, practice_id: int) -> None:
    """An operator's pause is not lifted with a new key, so it must be the one that stands."""
    lexrelay("practice", "book", "--practice", practice_id)
    db.execute(
        "update outbox.lane set pause_reason = 'key_invalid', paused_at = now() where practice_id = %s", (practice_id,)
    )

    said = lexrelay("practice", "pause", "--practice", practice_id).stdout

    assert "paused already (key_invalid)" in said
    assert "Nothing is on the wire" in said
    assert lane(db, practice_id, "pause_reason") == {"pause_reason": "operator"}


def test_resume_lifts_any_pause_and_reads_the_profile_again(
    lexrelay: Commands, db: psycopg.Connection, practice_id: int, tenant: Tenant
) -> None:
    """After a pause the profile may be another; cooling and suspicion are forgotten."""
    lexrelay("practice", "connect", "--practice", practice_id, stdin=tenant.key)
    db.execute(
        "update outbox.lane set pause_reason = 'plan_too_small', paused_at = now(), suspect = true, cool_count = 2, "
        "cool_until = now() + interval '1 hour' where practice_id = %s",
        (practice_id,),
    )

    assert "The pause (plan_too_small) is lifted" in lexrelay("practice", "resume", "--practice", practice_id).stdout
    assert "not paused" in lexrelay("practice", "resume", "--practice", practice_id).stdout

    assert lane(db, practice_id, "pause_reason", "suspect", "cool_count", "cool_until::text") == {
        "pause_reason": None, "suspect": False, "cool_count": 0, "cool_until": "-infinity"
    }  # fmt: skip
    read_at = one(db, "select profile_read_at from lexware.connection where practice_id = %s", practice_id)
    assert read_at == {"profile_read_at": None}


@pytest.mark.parametrize("reason", ["key_invalid", "plan_too_small", "permission_missing", "other_organisation"])
def test_a_working_key_lifts_the_pauses_of_a_bad_one(
    lexrelay: Commands, db: psycopg.Connection, practice_id: int, tenant: Tenant, reason: str
) -> None:
    """What a new key can heal, it heals: pause, suspicion and cooling down end."""
    lexrelay("practice", "connect", "--practice", practice_id, stdin=tenant.key)
    db.execute(
        "update outbox.lane set pause_reason = %s, paused_at = now(), suspect = true, cool_count = 3, "
        "cool_until = now() + interval '200 ms' where practice_id = %s",
        (reason, practice_id),
    )

    said = lexrelay("practice", "connect", "--practice", practice_id, stdin=tenant.key).stdout

    assert lane(db, practice_id, "pause_reason", "paused_at", "suspect", "cool_count", "cool_until::text") == {
        "pause_reason": None, "paused_at": None, "suspect": False, "cool_count": 0, "cool_until": "-infinity"
    }  # fmt: skip
    assert f"The pause ({reason}) is lifted." in said


def test_a_working_key_never_lifts_an_operators_pause(
    lexrelay: Commands, db: psycopg.Connection, practice_id: int, tenant: Tenant
) -> None:
    """Who paused by hand resumes by hand."""
    lexrelay("practice", "pause", "--practice", practice_id)

    said = lexrelay("practice", "connect", "--practice", practice_id, stdin=tenant.key).stdout

    assert lane(db, practice_id, "pause_reason") == {"pause_reason": "operator"}
    assert "still paused by an operator" in said


def open_intent(db: psycopg.Connection, practice: Practice, send_by_seconds: float) -> int:
    """An event in flight with an open intent, as a worker leaves it while its POST is on the wire."""
    practice.invoice(practice.customer())
    db.execute(
        "update outbox.event set handed_at = now(), begun_at = now(), lease_until = now() + interval '1 minute', fence = 1 "
        "where practice_id = %s",
        (practice.practice_id,),
    )
    row = one(
        db,
        "insert into outbox.intent (practice_id, organisation_id, event_id, effect, subject_id, fence, worker, send_by, "
        "sent_with) select practice_id, gen_random_uuid(), event_id, 'invoice', document_id, fence, 1, "
        "clock_timestamp() + make_interval(secs => %s), '{}' from outbox.event where practice_id = %s returning intent_id",
        send_by_seconds,
        practice.practice_id,
    )
    return int(row["intent_id"])


def test_pause_waits_for_the_post_on_the_wire(lexrelay: Commands, db: psycopg.Connection) -> None:
    """Paused means that nothing is under way any more; the answer is waited for, and that is said."""
    practice = Practice(db)
    lexrelay("practice", "enable", "--practice", practice.practice_id, "--avv-date", "2026-01-15")
    intent = open_intent(db, practice, send_by_seconds=20)

    command = lexrelay.start("practice", "pause", "--practice", practice.practice_id)
    told = command.stderr.readline()
    paused = lane(db, practice.practice_id, "pause_reason")
    db.execute(
        "update outbox.intent set outcome = 'created', closed_at = clock_timestamp() where intent_id = %s", (intent,)
    )
    stdout, _ = command.communicate(timeout=10)

    assert "on the wire; waiting" in told
    assert paused == {"pause_reason": "operator"}
    assert (command.returncode, "Nothing is on the wire to Lexware any more." in stdout) == (0, True)


def test_pause_does_not_wait_longer_than_a_call_can_last(lexrelay: Commands, db: psycopg.Connection) -> None:
    """Without an answer the wait ends with the send window and the HTTP time-out; the document stays in doubt."""
    practice = Practice(db)
    lexrelay("practice", "enable", "--practice", practice.practice_id, "--avv-date", "2026-01-15")
    open_intent(db, practice, send_by_seconds=-0.5)

    said = lexrelay("practice", "pause", "--practice", practice.practice_id).stdout

    assert "looked up in Lexware after the pause" in said


def test_documents_before_a_day_stay_where_they_are(lexrelay: Commands, db: psycopg.Connection) -> None:
    """By invoice date, whenever they are completed; what was completed before is offered as a backfill."""
    today, praxis = berlin_today(db), Practice(db)
    practice_id, payer = praxis.practice_id, praxis.customer()
    lexrelay("practice", "book", "--practice", practice_id)
    praxis.invoice(payer, invoice_date=today)
    enable = ("practice", "enable", "--practice", practice_id, "--avv-date", "2026-01-15", "--from")

    assert "not part of it" in lexrelay(*enable, today - timedelta(days=1), exits=1).stderr
    said = lexrelay(*enable, today).stdout
    praxis.invoice(payer, invoice_date=today - timedelta(days=1))
    late = praxis.invoice(payer, invoice_date=today)
    db.execute("select outbox.sweep(3600)")

    assert f"`lexrelay backfill --practice {practice_id} --from {today} --to {today}`" in " ".join(said.split())
    assert db.execute("select document_id from outbox.event where practice_id = %s", (practice_id,)).fetchall() == [
        (late,)
    ]

    lexrelay(*enable, today + timedelta(days=1))
    praxis.invoice(payer, invoice_date=today)

    assert db.execute("select document_id from outbox.event where practice_id = %s", (practice_id,)).fetchall() == [
        (late,)
    ]
