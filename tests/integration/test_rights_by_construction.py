"""Who may do what, by what there is: a relation, function or column that is new is judged here, or this is red.

`test_roles.py` has the table of the daemon's and the operator's tables; here is what is beside it.
"""

import psycopg
import pytest
from psycopg import sql
from stage import Stage

from outbox.role import DAEMON, OPERATOR, WORKER

HOST = "lexrelay_host"
EVERYBODY = {WORKER, DAEMON, OPERATOR, HOST}
_OURS = "('outbox', 'lexware', 'console', 'contract', 'lexrelay')"
_RELATIONS = f"""
select n.nspname || '.' || c.relname, p.name
from pg_class c join pg_namespace n on n.oid = c.relnamespace
cross join unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) as p (name)
where (n.nspname in {_OURS} or n.nspname = 'practice') and c.relkind in ('r', 'p', 'v', 'm', 'f')
  and has_schema_privilege(%(role)s, n.oid, 'usage') and has_table_privilege(%(role)s, c.oid, p.name)
"""
#: Who may call what runs with our rights. What only triggers call, nobody can call by hand.
MAY_CALL = {
    "contract.leaked(bigint)": {WORKER, DAEMON, OPERATOR},
    "contract.leaks(bigint)": {WORKER, DAEMON, OPERATOR},
    "contract.number_is_private(bigint)": {WORKER, DAEMON, OPERATOR},
    "lexware.send_again(bigint,bigint,uuid)": {WORKER, OPERATOR},
    "outbox.follow_clock(double precision)": {WORKER, DAEMON, OPERATOR},
    "outbox.follow_timeline()": {WORKER, DAEMON, OPERATOR},
    "outbox.forget_names(bigint,bigint)": {WORKER, OPERATOR},
    "outbox.here()": {WORKER, DAEMON, OPERATOR},
    "outbox.place()": {WORKER, DAEMON, OPERATOR},
    "outbox.keys_are_bound()": {WORKER, OPERATOR},
    "outbox.revive(bigint[])": {WORKER, DAEMON, OPERATOR},
    "outbox.standing_for_host(outbox.event)": EVERYBODY,
}
_CALLS = f"""
select f.oid::regprocedure::text, r.name
from pg_proc f join pg_namespace n on n.oid = f.pronamespace
left join unnest(%s::text[]) as r (name) on has_function_privilege(r.name, f.oid, 'execute')
     and (has_schema_privilege(r.name, n.oid, 'usage') or f.proname = 'standing_for_host')
where n.nspname in {_OURS} and f.prosecdef and f.prorettype <> 'trigger'::regtype
"""
#: Which columns of a row that is there already each may change, where it may not change all.
MAY_CHANGE = {
    (DAEMON, "lexware.connection"): "company_name tax_type small_business profile_read_at profile_token",
    (DAEMON, "outbox.attempt"): "ended_at outcome counted reason http_status calls detail",
    (
        DAEMON,
        "outbox.event",
    ): "payer_id priority state step due_at epoch fence worker handed_at begun_at lease_until tries "
    "crashes reason detail http_status cause closed_at look_since",
    (DAEMON, "outbox.intent"): "outcome closed_at remote_id http_status late_remote_id late_at undone_at",
    (
        DAEMON,
        "outbox.lane",
    ): "pause_reason paused_at tat last_call_at last_dispatch_at silent_calls silent_since cool_until "
    "cool_reason cool_count suspect pacer",
    (
        OPERATOR,
        "outbox.event",
    ): "payer_id priority state step due_at tries crashes unlinked reason detail http_status cause "
    "closed_at replayed_at look_since",
    (OPERATOR, "outbox.intent"): "sent_with outcome closed_at remote_id undone_at",
}
_CHANGES = f"""
select r.name, c.oid::regclass::text, string_agg(a.attname, ' ' order by a.attnum)
from unnest(%s::text[]) as r (name)
cross join pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname in {_OURS} and c.relkind in ('r', 'p')
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     and has_column_privilege(r.name, c.oid, a.attnum, 'update')
where not has_table_privilege(r.name, c.oid, 'update')
group by 1, 2
"""
#: What is recorded, and which change of it no role may make, even if it had the right to.
RECORDS = {
    "outbox.operator_action": "set why = 'else'",
    "outbox.attempt": "set outcome = 'delivered' where ended_at is not null",
    "outbox.intent": "set sent_with = '{}'",
    "outbox.look": "set counts = true",
    "lexware.document_states": "set state = 'paid'",
    "lexware.contact_states": "set state = 'gone'",
    "lexware.document_decisions": "set decision = 'send_again'",
    "lexware.former_links": "set kind = 'invoice'",
}


def _rights(db: psycopg.Connection, role: str) -> set[tuple[str, str]]:
    return {(name, right) for name, right in db.execute(_RELATIONS, {"role": role})}


def test_the_host_reads_its_two_views_and_nothing_else(db: psycopg.Connection) -> None:
    """Neither ours, nor what we read of it."""
    assert _rights(db, HOST) == {("lexrelay.document_status", "select"), ("lexrelay.practice_status", "select")}


@pytest.mark.parametrize("role", [WORKER, DAEMON, OPERATOR])
def test_nobody_empties_a_table_or_hangs_something_on_it(db: psycopg.Connection, role: str) -> None:
    """No right to truncate, to refer to, or to make triggers; who may look at whom lets in is not the daemon's business."""
    found = _rights(db, role)

    assert {right for _, right in found} <= {"select", "insert", "update", "delete"}
    assert {name for name, _ in found if name.startswith("console.")} == (
        set() if role == DAEMON else {"console.code", "console.server", "console.session"}
    )
    assert not any(name.startswith(("practice.", "lexrelay.")) for name, _ in found)


def test_who_may_call_what_runs_with_our_rights(db: psycopg.Connection) -> None:
    """A function like that is a door: each is judged in the table above."""
    found: dict[str, set[str]] = {}
    for name, role in db.execute(_CALLS, (sorted(EVERYBODY),)):
        found.setdefault(name, set()).update({role} if role else ())

    assert found == MAY_CALL


def test_which_columns_may_be_changed(db: psycopg.Connection) -> None:
    """A column that is new is open to nobody, or stands above."""
    found = {(role, table): columns for role, table, columns in db.execute(_CHANGES, (sorted(EVERYBODY),))}

    assert found == MAY_CHANGE


@pytest.fixture(name="recorded")
def _recorded(stage: Stage) -> Stage:
    """A row in each of the tables of records."""
    stage.practice.invoice(stage.practice.customer())
    stage.run()
    stage.db.execute("insert into outbox.operator_action (by, action) values ('ada', 'test')")
    of = "select e.practice_id, e.document_id, gen_random_uuid() as id, (select min(intent_id) from outbox.intent) as intent from outbox.event e"
    for insert in (
        "outbox.look (intent_id, verdict, evidence) select intent, 'failed', '{}'::jsonb",
        (
            "lexware.document_states (practice_id, document_id, organisation_id, remote_id, kind, state, source) "
            "select practice_id, document_id, id, id, 'invoice', 'draft', 'sweep'"
        ),
        (
            "lexware.contact_states (practice_id, customer_id, organisation_id, contact_id, state, source) "
            "select practice_id, 1, id, id, 'usable', 'contacts'"
        ),
        "lexware.document_decisions (practice_id, document_id, decision, by) select practice_id, document_id, 'accept', 'ada'",
        (
            "lexware.former_links (practice_id, document_id, organisation_id, kind, lexware_id, origin, linked_at) "
            "select practice_id, document_id, id, 'invoice', id, 'test', now()"
        ),
    ):
        stage.db.execute(f"insert into {insert} from ({of}) e")
    return stage


@pytest.mark.parametrize("table", RECORDS)
@pytest.mark.parametrize("role", [WORKER, DAEMON, OPERATOR])
def test_records_stay_even_for_who_had_the_right(recorded: Stage, role: str, table: str) -> None:
    """Rights are the first wall, a trigger the second: neither changed nor removed before its time."""
    went = [
        statement
        for statement in (f"update {table} {RECORDS[table]}", f"delete from {table}")
        if _goes(recorded.db, role, table, statement)
    ]

    assert went == []


def _goes(db: psycopg.Connection, role: str, table: str, statement: str) -> bool:
    """Whether a row is changed or removed by it, with all rights on the table; taken back in any case."""
    with db.transaction(force_rollback=True):
        db.execute(f"grant all on {table} to {role}")
        db.execute(sql.SQL("set local role {}").format(sql.Identifier(role)))
        try:
            return db.execute(statement).rowcount > 0
        except psycopg.errors.InsufficientPrivilege:
            return False
