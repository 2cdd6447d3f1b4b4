"""The practice's side by commands: book, connect, enable, pause, resume, disable, unbook, charges."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from itertools import permutations
from typing import Any

import psycopg
import pytest
import services
from commands import Commands
from polling import eventually
from practice import Practice
from psycopg import sql
from psycopg.rows import dict_row

from outbox.db import connect
from worker import ordering
from worker.sandbox.control import Tenant
from worker.sandbox.faults import Fault
from worker.sandbox.server import Sandbox
from worker.secrets import Safe
from worker.words import Declined
from worker.words import booking as booking_words


@pytest.fixture(scope="module")
def database_url(_postgres: str, _template: str) -> Iterator[str]:
    """One database for all tests here: each has practices and an organisation of its own."""
    with services.database(_postgres, template=_template) as url:
        yield url


@pytest.fixture(scope="module", name="_shared_sandbox")
def _one_sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        sandbox.control.set_switches(rate_per_second=0)
        yield sandbox


@pytest.fixture(name="sandbox")
def _sandbox(_shared_sandbox: Sandbox) -> Iterator[Sandbox]:
    """The simulated Lexware, without faults at the beginning."""
    yield _shared_sandbox
    _shared_sandbox.control.clear_faults()


@pytest.fixture(name="tenant")
def _tenant(sandbox: Sandbox) -> Tenant:
    """The Lexware organisation of the practice."""
    return sandbox.control.add_organisation("Praxis am Lindenweg GbR", tax_type="net")


@pytest.fixture(name="lexrelay")
def _lexrelay(database_url: str, sandbox: Sandbox) -> Commands:
    return Commands(database_url, sandbox)


@pytest.fixture(name="practice_id")
def _practice_id(db: psycopg.Connection) -> int:
    """A SOLO practice that has ordered nothing yet."""
    return Practice(db).practice_id


def one(db: psycopg.Connection, statement: str | sql.Composed, *values: object) -> dict[str, Any]:
    """The first row of a query."""
    with db.cursor(row_factory=dict_row) as cursor:
        row = cursor.execute(statement, values).fetchone()
    assert row is not None
    return row


def count(db: psycopg.Connection, table: str, practice_id: int) -> int:
    """How many rows of a table are the practice's."""
    statement = sql.SQL("select count(*) from {} where practice_id = %s").format(sql.Identifier(*table.split(".")))
    return int(one(db, statement, practice_id)["count"])


def lane(db: psycopg.Connection, practice_id: int, *columns: str) -> dict[str, Any]:
    """Columns of the practice's lane."""
    return one(db, f"select {', '.join(columns)} from outbox.lane where practice_id = %s", practice_id)


def waiting_sessions(db: psycopg.Connection) -> int:
    """How many sessions of this database wait for a lock."""
    statement = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    return int(one(db, statement)["count"])


def berlin_today(db: psycopg.Connection) -> date:
    """Today, where the practices are."""
    today = one(db, "select (clock_timestamp() at time zone 'Europe/Berlin')::date as day")["day"]
    assert isinstance(today, date)
    return today


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
        assert "The transfer runs." in said[-1]


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

        assert f"no practice {number}" in result.stderr


def test_as_a_process_in_german(lexrelay: Commands, practice_id: int, tenant: Tenant) -> None:
    """The same through a real process: key on standard input, words in German, nothing of the key."""
    words = ("practice", "connect", "--practice", practice_id, "--lang", "de")

    code, stdout, stderr = lexrelay.process(*words, stdin=f" {tenant.key}\n")

    assert (code, stderr) == (0, "")
    assert "Verbunden mit Praxis am Lindenweg GbR. Steuereinstellung in Lexware: netto." in stdout
    assert tenant.key not in stdout


# Booking


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
            eventually(lambda: waiting_sessions(db) == 3)
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
    assert "65.00" in lexrelay("practice", "charges", "--month", f"{today:%Y-%m}").stdout
    assert lexrelay.json("practice", "charges", "--month", "2001-01") == []


# The API key


def test_connect_stores_the_key_encrypted_and_says_whose_it_is(
    lexrelay: Commands, db: psycopg.Connection, practice_id: int, tenant: Tenant
) -> None:
    """What the profile says is shown and stored; the key is stored as a token and shown nowhere."""
    result = lexrelay("practice", "connect", "--practice", practice_id, stdin=f"\ufeff  {tenant.key}\r\n")

    stored = one(db, "select * from lexware.connection where practice_id = %s", practice_id)
    assert "Connected with Praxis am Lindenweg GbR. Tax setting in Lexware: net." in result.stdout
    assert (str(stored["organisation_id"]), stored["tax_type"], stored["small_business"]) == (tenant.id, "net", False)
    assert stored["key_stored_at"] is not None
    assert stored["profile_read_at"] is not None
    everything = str(db.execute("select array_agg(c::text) from lexware.connection c").fetchall()) + str(
        db.execute("select array_agg(a::text) from outbox.operator_action a").fetchall()
    )
    assert tenant.key not in everything + result.output


def test_connect_reads_a_key_file(lexrelay: Commands, practice_id: int, tenant: Tenant, tmp_path: Any) -> None:
    """The key may come from a file; standard input is left alone then."""
    (tmp_path / "key").write_text(f"{tenant.key}\n", encoding="utf-8")

    lexrelay("practice", "connect", "--practice", practice_id, "--key-file", tmp_path / "key")

    assert lexrelay.json("practice", "show", "--practice", practice_id)["organisation_id"] == tenant.id


@pytest.mark.parametrize(
    ("fault", "key", "words"),
    [
        pytest.param(None, "", "No API key arrived", id="nothing"),
        pytest.param(None, " \n", "No API key arrived", id="blanks"),
        pytest.param(None, "two words", "no API key", id="two words"),
        pytest.param(None, "Schlüssel", "no API key", id="umlaut"),
        pytest.param(None, b"\xff\xfe\x00", "no API key", id="bytes"),
        pytest.param(None, "k" * 100, "try again in a minute", id="unknown key: 401"),
        pytest.param(Fault(status=402), None, "plan XL", id="402"),
        pytest.param(Fault(status=403), None, "lacks a permission", id="403"),
        pytest.param(Fault(status=404), None, "LEXWARE_API_URL", id="404"),
        pytest.param(Fault(status=429), None, "too many calls", id="429"),
        pytest.param(Fault(status=503), None, "Try again in a few minutes", id="503"),
        pytest.param(Fault(mode="reset"), None, "Try again in a few minutes", id="cut"),
        pytest.param(Fault(mode="truncated"), None, "Try again in a few minutes", id="unreadable"),
    ],
)
def test_a_key_that_does_not_work_stores_nothing(
    lexrelay: Commands,
    db: psycopg.Connection,
    sandbox: Sandbox,
    practice_id: int,
    tenant: Tenant,
    fault: Fault | None,
    key: str | bytes | None,
    words: str,
) -> None:
    """Whatever is wrong with a key is a sentence that says what to do, without the key, and nothing is stored."""
    if fault:
        sandbox.control.add_fault(fault)
    given = tenant.key if key is None else key

    result = lexrelay("practice", "connect", "--practice", practice_id, stdin=given, exits=1)

    assert words in result.stderr
    assert count(db, "lexware.connection", practice_id) == 0
    assert count(db, "outbox.operator_action", practice_id) == 0
    if isinstance(given, str) and len(given) > 10:
        assert given not in result.output


def test_connect_without_secret_keys_is_a_configuration_error(
    lexrelay: Commands, practice_id: int, tenant: Tenant
) -> None:
    """Nothing can be stored without LEXRELAY_SECRET_KEYS: exit code 78, by name."""
    given = {"LEXRELAY_SECRET_KEYS": ""}

    result = lexrelay("practice", "connect", "--practice", practice_id, stdin=tenant.key, exits=78, **given)

    assert "LEXRELAY_SECRET_KEYS" in result.stderr


def test_lexware_that_cannot_be_reached_is_told(lexrelay: Commands, practice_id: int) -> None:
    """No connection at all: a sentence that names the setting to look at."""
    given = {"LEXWARE_API_URL": "http://127.0.0.1:9"}

    result = lexrelay("practice", "connect", "--practice", practice_id, stdin="some-key", exits=1, **given)

    assert "cannot be reached" in result.stderr


def test_a_key_of_another_organisation_is_refused_unless_the_practice_moves(
    lexrelay: Commands, db: psycopg.Connection, sandbox: Sandbox, practice_id: int, tenant: Tenant
) -> None:
    """Ids of one organisation mean nothing in another: only `--new-organisation` changes it, and says what stays."""
    other = sandbox.control.add_organisation("Praxis Neu")
    lexrelay("practice", "connect", "--practice", practice_id, stdin=tenant.key)
    db.execute(
        "insert into lexware.contact_link (practice_id, customer_id, organisation_id, contact_id, origin, linked_by) "
        "values (%s, 1, %s, gen_random_uuid(), 'linked', 'test')",
        (practice_id, tenant.id),
    )

    refused = lexrelay("practice", "connect", "--practice", practice_id, stdin=other.key, exits=1)
    kept = lexrelay.json("practice", "show", "--practice", practice_id)["organisation_id"]
    moved = lexrelay("practice", "connect", "--practice", practice_id, "--new-organisation", stdin=other.key)

    assert "--new-organisation" in refused.stderr
    assert kept == tenant.id
    assert "0 delivered documents, 1 contact links, 0 sends in doubt" in moved.stdout
    assert lexrelay.json("practice", "show", "--practice", practice_id)["organisation_id"] == other.id


def test_two_practices_with_one_organisation_are_warned(
    lexrelay: Commands, db: psycopg.Connection, practice_id: int, tenant: Tenant
) -> None:
    """A key that another practice uses may be a slip: it is stored, and said."""
    lexrelay("practice", "connect", "--practice", practice_id, stdin=tenant.key)

    result = lexrelay("practice", "connect", "--practice", Practice(db).practice_id, stdin=tenant.key)

    assert f"connected with the same Lexware organisation: {practice_id}." in result.stdout


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


def test_calls_take_a_slot_and_wait_while_the_lane_cools(
    lexrelay: Commands, db: psycopg.Connection, practice_id: int, tenant: Tenant
) -> None:
    """A command's call moves the lane's rate on, and none is made before the cooling is over (G4)."""
    lexrelay("practice", "book", "--practice", practice_id)
    db.execute(
        "update outbox.lane set cool_until = clock_timestamp() + interval '400 ms' where practice_id = %s",
        (practice_id,),
    )

    lexrelay("practice", "connect", "--practice", practice_id, stdin=tenant.key)

    waited = one(
        db,
        "select c.key_stored_at - a.at >= interval '350 ms' as long, l.tat > a.at as moved "
        "from lexware.connection c join outbox.lane l using (practice_id) join outbox.operator_action a using (practice_id) "
        "where a.action = 'practice.book' and practice_id = %s",
        practice_id,
    )
    assert waited == {"long": True, "moved": True}


def test_429_cools_the_lane_for_everybody(
    lexrelay: Commands, db: psycopg.Connection, sandbox: Sandbox, practice_id: int, tenant: Tenant
) -> None:
    """Lexware's refusal of a command is heeded by the workers too."""
    lexrelay("practice", "book", "--practice", practice_id)
    sandbox.control.add_fault(Fault(status=429))

    lexrelay("practice", "connect", "--practice", practice_id, stdin=tenant.key, exits=1)

    assert lane(db, practice_id, "cool_reason", "cool_count") == {"cool_reason": "rate_limited", "cool_count": 1}


def test_an_old_key_is_warned_about(
    lexrelay: Commands, db: psycopg.Connection, practice_id: int, tenant: Tenant
) -> None:
    """`list` and `show` warn before a key is 24 months old."""
    lexrelay("practice", "connect", "--practice", practice_id, stdin=tenant.key)
    store = "update lexware.connection set key_stored_at = now() - %s::interval where practice_id = %s"
    db.execute(store, ("24 months -20 days", practice_id))

    assert f"practice {practice_id} expires on" in lexrelay("practice", "list").stderr
    assert "expires on" in lexrelay("practice", "show", "--practice", practice_id).stderr
    db.execute(store, ("25 months", practice_id))
    assert "probably expired" in lexrelay("practice", "show", "--practice", practice_id).stderr


# Switches


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
        pytest.param("en", ["from now on", "backfill", "drafts", "Payments", "closing text", "2026-01-15"], id="en"),
        pytest.param("de", ["ab jetzt", "backfill", "Entwurf", "Zahlungen", "Schlusstext", "15.01.2026"], id="de"),
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
    assert "Held, not lost: 1 documents" in said
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


# Secret keys


def test_rotation_of_the_secret_keys(
    lexrelay: Commands, db: psycopg.Connection, practice_id: int, tenant: Tenant
) -> None:
    """After `rotate` the new key alone opens what is stored; a key that cannot be opened is told and kept."""
    lexrelay("practice", "connect", "--practice", practice_id, stdin=tenant.key)
    stranger = Practice(db).practice_id
    db.execute(
        "insert into lexware.connection (practice_id, key_encrypted, key_stored_at) values (%s, 'unreadable', now())",
        (stranger,),
    )
    old, new = lexrelay.environment["LEXRELAY_SECRET_KEYS"], lexrelay("secrets", "new").stdout.strip()
    readable = one(db, "select count(*) - 1 as keys from lexware.connection where key_encrypted is not null")["keys"]

    result = lexrelay("secrets", "rotate", exits=1, LEXRELAY_SECRET_KEYS=f"{new},{old}")

    token = one(db, "select key_encrypted from lexware.connection where practice_id = %s", practice_id)["key_encrypted"]
    assert Safe((new,)).open(token) == tenant.key
    assert f"{readable} stored API keys" in result.stdout
    assert f"practices {stranger} " in result.stderr
    assert one(db, "select detail from outbox.operator_action where action = 'secrets.rotate'")["detail"] == {
        "rotated": readable, "unreadable": [stranger]
    }  # fmt: skip
