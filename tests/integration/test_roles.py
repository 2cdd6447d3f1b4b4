"""Who may do what to which table: every role, every table, every privilege, as a table of its own; and what no role may.

The table lists what is *not* allowed beside plain reading; a table that is new to it must be judged here.
"""

import secrets
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from commands import Commands
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from sandbox_bodies import INVOICE
from stage import Stage, stage

from outbox.role import DAEMON, OPERATOR, WORKER

#: What each role may write: i(nsert), u(pdate), d(elete); `c` is an update of some columns only.
MAY: dict[str, tuple[str, str, str]] = {
    # table: worker, daemon, operator
    "lexware.absences": ("iu", "iu", "iu"),
    "lexware.answer_shapes": ("iu", "iu", "iu"),
    "lexware.booking": ("iu", "", "iu"),
    "lexware.connection": ("iu", "c", "iu"),
    "lexware.contact_link": ("iu", "i", "iu"),
    "lexware.contact_states": ("i", "i", "i"),
    "lexware.document_decisions": ("i", "", "i"),
    "lexware.document_latest": ("iu", "iu", "iu"),
    "lexware.document_link": ("iu", "i", "iu"),
    "lexware.document_states": ("i", "i", "i"),
    "lexware.former_links": ("i", "", "i"),
    "lexware.note_wording": ("iu", "", "i"),
    "lexware.orphans": ("iu", "iu", "iu"),
    "lexware.price": ("", "", ""),
    "lexware.reports": ("iu", "", "iu"),
    "lexware.strangers": ("i", "i", "i"),
    "lexware.watch_listed": ("iud", "iud", "iud"),
    "lexware.watch_runs": ("iu", "iu", "iu"),
    "lexware.watch_steps": ("iud", "iud", "iud"),
    "outbox.alarm": ("iu", "iu", ""),
    "outbox.alarm_address": ("iu", "", "iu"),
    "outbox.alarm_digest": ("iu", "iu", ""),
    "outbox.alarm_message": ("iu", "iu", ""),
    "outbox.attempt": ("iud", "icd", ""),
    "outbox.completed_before": ("iu", "", "iu"),
    "outbox.counter": ("iu", "iu", "iu"),
    "outbox.counter_change": ("iud", "iud", "iud"),
    "outbox.event": ("iu", "ic", "ic"),
    "outbox.host_file": ("", "", ""),
    "outbox.installation": ("", "", ""),
    "outbox.intent": ("iu", "ic", "c"),
    "outbox.job": ("iu", "iu", "iu"),
    "outbox.landing": ("", "", ""),
    "outbox.lane": ("iu", "c", "iu"),
    "outbox.lane_period": ("iu", "", "iu"),
    "outbox.look": ("id", "id", ""),
    "outbox.migration": ("", "", ""),
    "outbox.operator_action": ("i", "", "i"),
    "outbox.outage": ("iu", "iu", ""),
    "outbox.process": ("iud", "iud", ""),
    "outbox.tally": ("iu", "iu", "iu"),
    "outbox.tally_change": ("iud", "iud", "iud"),
    "outbox.unlanded": ("iu", "iu", ""),
}
_RIGHTS = """
select n.nspname || '.' || c.relname,
       case when has_table_privilege(%(role)s, c.oid, 'insert') then 'i' else '' end
       || case when has_table_privilege(%(role)s, c.oid, 'update') then 'u'
               when has_any_column_privilege(%(role)s, c.oid, 'update') then 'c' else '' end
       || case when has_table_privilege(%(role)s, c.oid, 'delete') then 'd' else '' end,
       has_table_privilege(%(role)s, c.oid, 'select')
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname in ('outbox', 'lexware') and c.relkind in ('r', 'p')
"""


@pytest.mark.parametrize(("place", "role"), list(enumerate([WORKER, DAEMON, OPERATOR])))
def test_the_table_of_who_may_do_what(db: psycopg.Connection, place: int, role: str) -> None:
    """All of it is as it is written here; everything may be read by each of them."""
    found = {name: (rights, reads) for name, rights, reads in db.execute(_RIGHTS, {"role": role})}

    assert {name: rights for name, (rights, _) in found.items() if name in MAY} == {
        name: rights[place] for name, rights in MAY.items()
    }
    assert [name for name, (_, reads) in found.items() if not reads] == []


def test_no_table_is_forgotten(db: psycopg.Connection) -> None:
    """A new one stands in the table above."""
    assert {row[0] for row in db.execute(_RIGHTS, {"role": WORKER})} == set(MAY)


def test_no_role_sees_more_of_the_host_or_owns_anything(db: psycopg.Connection) -> None:
    """Neither the private view, nor the host's tables, nor a function or table of ours."""
    for role in (WORKER, DAEMON, OPERATOR):
        seen = db.execute(
            "select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace "
            "where n.nspname in ('practice', 'contract') and c.relkind in ('r', 'v') and has_any_column_privilege(%s, c.oid, 'select')",
            (role,),
        ).fetchall()
        assert sorted(name for (name,) in seen) == [
            f"contract.{one}" for one in ("document", "document_line", "payer", "practice")
        ]
        assert db.execute("select count(*) from pg_class where relowner = %s::regrole", (role,)).fetchone() == (0,)


def _login(db: psycopg.Connection, url: str, *roles: str) -> str:
    """The URL for a login of its own that is a member of these roles."""
    name, password = f"lexrelay_test_{secrets.token_hex(4)}", secrets.token_hex(8)
    db.execute(sql.SQL("create role {} login password {}").format(sql.Identifier(name), sql.Literal(password)))
    for role in roles:
        db.execute(sql.SQL("grant {} to {}").format(sql.Identifier(role), sql.Identifier(name)))
    known = conninfo_to_dict(url)
    return f"postgresql://{name}:{password}@{known['host']}:{known['port']}/{known['dbname']}"


@pytest.fixture(name="logins")
def _logins(db: psycopg.Connection, database_url: str) -> Iterator[dict[str, str]]:
    """One for the daemon, one for an operator."""
    urls = {role: _login(db, database_url, role) for role in (DAEMON, OPERATOR)}
    yield urls
    for url in urls.values():
        name = conninfo_to_dict(url)["user"]
        db.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = %s", (name,))
        db.execute(sql.SQL("drop role {}").format(sql.Identifier(str(name))))


@pytest.fixture(name="house")
def _house(db: psycopg.Connection, logins: dict[str, str]) -> Iterator[Stage]:
    """Poller and workers by the daemon's login alone."""
    with stage(db, logins[DAEMON]) as one:
        yield one


def test_each_login_is_enough_for_its_work(house: Stage, logins: dict[str, str]) -> None:
    """The daemon delivers an invoice and its cancellation; the operator does all that operators do, and is recorded."""
    operator, practice = Commands(logins[OPERATOR], house.sandbox), ("--practice", house.practice.practice_id)
    invoice = house.practice.invoice(house.practice.customer())
    house.run()
    cancellation = house.practice.cancel(invoice)
    dead = house.practice.invoice(house.practice.customer(country_code=None))
    noted = house.practice.invoice(house.practice.customer(), exemption_note="Befreit nach Bescheid des Finanzamts")
    house.run()
    event = house.event(dead)["event_id"]

    for words in [
        ("practice", "book", *practice), ("practice", "disable", *practice), ("practice", "enable", *practice, "--avv-date", "2026-11-01"),
        ("practice", "connect", *practice), ("practice", "pause", *practice), ("practice", "resume", *practice),
        ("practice", "confirm-note", *practice, house.event(noted)["event_id"]), ("secrets", "rotate"), ("status",),
        ("contact", "suggest", *practice), ("show", "RE-2026-0001", *practice), ("preview", "RE-2026-0001", *practice),
        ("dead", "show", event, "--reveal"), ("replay", event, "--yes"),
    ]:  # fmt: skip
        operator(*words, stdin=house.tenant.key)
    house.run()
    by_hand = house.control.act(house.tenant.id, "create_document", kind="invoice", body=INVOICE | {"remark": None})[
        "id"
    ]
    payer = house.event(noted)["payer_id"]
    for words in [
        ("discard", event, "--why", "test", "--remote-id", by_hand), ("contact", "forget", *practice, "--customer", payer),
        ("practice", "unbook", *practice),
        ("backfill", *practice, "--from", "2026-11-01", "--to", "2026-11-30"), ("history",), ("dead", "list"),
    ]:  # fmt: skip
        operator(*words, stdin=house.tenant.key)

    assert {house.outcome(one) for one in (invoice, cancellation, noted)} == {("delivered", None)}
    name = conninfo_to_dict(logins[OPERATOR])["user"]
    assert {row[0] for row in house.db.execute("select login from outbox.operator_action")} == {name}


#: What somebody with the login of the one must not do, though it is the other's work.
FORBIDDEN = [
    (DAEMON, "insert into outbox.operator_action (by, action) values ('ada', 'replay')"),
    (DAEMON, "update lexware.connection set key_encrypted = 'x'"),
    (DAEMON, "update lexware.connection set organisation_id = gen_random_uuid()"),
    (DAEMON, "update lexware.connection set lines = 'itemised'"),
    (DAEMON, "update outbox.lane set enabled = true"),
    (DAEMON, "update outbox.lane set booked_until = null"),
    (DAEMON, "insert into lexware.note_wording (practice_id, fingerprint, confirmed_by) values (1, repeat('a', 64), 'ada')"),
    (DAEMON, "update outbox.event set unlinked = true"),
    (DAEMON, "update outbox.intent set sent_with = '{}'"),
    (DAEMON, "update lexware.document_link set lexware_id = gen_random_uuid()"),
    (OPERATOR, "insert into outbox.attempt (event_id, fence, epoch, step, worker) select event_id, 99, 1, 'document', 1 from outbox.event"),
    (OPERATOR, "update outbox.attempt set reason = null"),
    (OPERATOR, "insert into outbox.look (intent_id, verdict, evidence) select intent_id, 'absent', '{}' from outbox.intent"),
    (OPERATOR, "update outbox.intent set sent_with = '{}'"),
    (OPERATOR, "update outbox.event set epoch = 0"),
    *(
        (role, statement)
        for role in (DAEMON, OPERATOR, WORKER)
        for statement in (
            "update outbox.operator_action set why = 'else'", "delete from outbox.operator_action",
            "delete from outbox.intent", "delete from outbox.attempt", "delete from outbox.look",
            "update outbox.look set counts = true", "update outbox.attempt set outcome = 'delivered' where ended_at is not null",
            "update outbox.intent set outcome = 'absent' where closed_at is not null",
            "update outbox.intent set sent_with = sent_with || '{\"payer_hash\": \"x\"}'", "update outbox.intent set remote_id = gen_random_uuid() where closed_at is not null",
            "update outbox.installation set salt = 'x'", "update outbox.migration set sha256 = 'x'",
            "delete from outbox.event", "create function outbox.x() returns int language sql as 'select 1'",
        )
    ),
]  # fmt: skip


def test_records_are_written_once_whoever_asks(stage: Stage) -> None:
    """By right or by trigger: every one of these statements is refused, and what was recorded stands."""
    stage.practice.invoice(stage.practice.customer())
    stage.run()
    stage.db.execute(
        "insert into outbox.operator_action (by, action, at, login) values ('ada', 'test', '2001-01-01', 'forged')"
    )
    stage.db.execute(
        "insert into outbox.look (intent_id, verdict, evidence) select intent_id, 'failed', '{}' from outbox.intent limit 1"
    )

    went: list[Any] = []
    for role, statement in FORBIDDEN:
        stage.db.execute(sql.SQL("set role {}").format(sql.Identifier(role)))
        try:
            stage.db.execute(statement)
            went.append((role, statement))
        except psycopg.errors.InsufficientPrivilege:
            pass
        finally:
            stage.db.execute("reset role")

    assert went == []
    assert stage.db.execute(
        "select login = session_user and at > now() - interval '1 hour' from outbox.operator_action where action = 'test'"
    ).fetchone() == (True,)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):  # not even the owner
        stage.db.execute("update outbox.operator_action set why = 'else'")


def test_old_attempts_may_go_and_young_ones_may_not(stage: Stage) -> None:
    """Retention is the one who removes, and only what ended long ago."""
    stage.practice.invoice(stage.practice.customer())
    stage.run()
    stage.db.execute("update outbox.event set closed_at = now() - interval '91 days'")

    stage.db.execute(sql.SQL("set role {}").format(sql.Identifier(DAEMON)))
    gone = stage.db.execute("delete from outbox.attempt").rowcount
    stage.db.execute("reset role")

    assert gone > 0


def test_every_function_of_ours_names_its_schemas(db: psycopg.Connection) -> None:
    """Whoever may create in `public`, or in a schema of the caller's, changes nothing of what they call; a parsed body has none."""
    unpinned = db.execute(
        "select f.oid::regprocedure::text from pg_proc f join pg_namespace n on n.oid = f.pronamespace "
        "where n.nspname in ('outbox', 'lexware', 'lexrelay', 'contract') "
        "and f.prosqlbody is null and not coalesce('search_path=pg_catalog, pg_temp' = any (f.proconfig), false)"
    ).fetchall()

    assert unpinned == []


def test_a_planted_function_is_not_called(db: psycopg.Connection, database_url: str) -> None:
    """With everybody allowed to create in `public`, and functions of our names there: they are never run."""
    db.execute("grant create on schema public to public")
    db.execute(
        "create function public.convert_to(text, text) returns bytea language plpgsql as $$ begin raise exception 'planted'; end $$"
    )
    db.execute(
        "create function public.lower(text) returns text language plpgsql as $$ begin raise exception 'planted'; end $$"
    )

    with stage(db, database_url) as house:
        invoice = house.practice.invoice(house.practice.customer())
        house.run()

        assert house.outcome(invoice) == ("delivered", None)
        assert (
            "every login may create"
            in Commands(database_url, house.sandbox)("check", exits=1, REDIS_URL="redis://127.0.0.1:1").output.lower()
        )


@pytest.mark.parametrize("role", [DAEMON, OPERATOR])
def test_a_narrow_login_takes_on_its_role(logins: dict[str, str], role: str) -> None:
    """Without being told."""
    from outbox.db import connect

    with connect(make_conninfo(logins[role])) as connection:
        assert connection.execute("select current_user::text as name").fetchone() == {"name": role}
