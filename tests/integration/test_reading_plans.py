"""What commands ask and what the poller clears away stays quick beside many settled events: no plan reads a whole table."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
import services
from practice import Practice

from outbox.sql import query

ASKED: dict[str, dict[str, Any]] = {
    "status.unsettled": {},
    "story.event": {"practice_id": 1, "number": "RE-7", "event_id": None, "gap_seconds": 0.5},
    "check.silence": {},
    "story.attempts": {"event_ids": [7]},
    "story.intents": {"event_id": 7},
    "story.actions": {"practice_id": None, "event_id": 7},
    "dead.list": {"practice": None, "reason": None, "group": None, "since": None, "ago": None, "event_ids": [7]},
    "check.new_dead_letters": {"seconds": 3600},
    "retention.attempts": {"batch": 1000},
    "retention.looks": {"batch": 1000},
}
_DETAIL = (
    "set session_replication_role = replica",
    (
        "insert into practice.invoices (id, practice_id, customer_id, status, completed_at) "
        "select -n, 1, 1, 'completed', now() - interval '30 days' from generate_series(1, 10000) as n"
    ),
    "set session_replication_role = origin",
    "insert into outbox.attempt (event_id, fence, epoch, step, worker) select event_id, 1, 1, 'document', 1 from outbox.event",
    (
        "insert into outbox.intent (practice_id, organisation_id, event_id, effect, subject_id, fence, worker, send_by, sent_with, "
        "outcome, closed_at) select practice_id, gen_random_uuid(), event_id, 'invoice', document_id, 1, 1, now(), '{}', "
        "'adopted', now() from outbox.event"
    ),
    "insert into outbox.look (intent_id, verdict, evidence) select intent_id, 'found', to_jsonb(repeat('x', 99)) from outbox.intent",
)


@pytest.fixture(scope="module", name="filled")
def _filled(_postgres: str, _template: str) -> Iterator[psycopg.Connection]:
    """Ten thousand settled events, each with attempt, intent and look, and one that is pending."""
    with services.database(_postgres, template=_template) as url, psycopg.connect(url, autocommit=True) as db:
        _fill(db)
        yield db


def _fill(db: psycopg.Connection) -> None:
    praxis = Practice(db)
    praxis.switch_on("0b6c1a52-6d7e-4f6c-9a0e-1f2f5f7c9d11", "key")
    db.execute(
        "insert into outbox.event (practice_id, document_id, payer_id, kind, number, marker_code, origin, state, closed_at, "
        "due_at) select 1, -n, 1, 'invoice', 'RE-' || n, 'x', 'trigger', 'delivered', now(), null "
        "from generate_series(1, 10000) as n"
    )
    for statement in _DETAIL:
        db.execute(statement)
    praxis.invoice(praxis.customer())
    db.execute("analyze")


@pytest.fixture(name="many")
def _many(filled: psycopg.Connection) -> Iterator[psycopg.Connection]:
    """The module's, as it was when the test ends."""
    with filled.transaction(force_rollback=True):
        yield filled


@pytest.mark.parametrize("name", ASKED)
def test_few_pages_are_read(many: psycopg.Connection, name: str) -> None:
    """An index leads to the few rows that are asked for; the whole table has hundreds of pages."""
    many.execute(query(name), ASKED[name])  # what a session reads of the catalogue once, it does not read again
    explained = many.execute(b"explain (analyze, buffers, format json) " + query(name), ASKED[name]).fetchone()

    assert explained is not None
    plan = explained[0][0]["Plan"]
    assert plan["Shared Hit Blocks"] + plan["Shared Read Blocks"] < 120


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A plan and all that is in it."""
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes(part)


def test_what_is_sought_in_all_practices_is_found_by_indexes(many: psycopg.Connection) -> None:
    """However many lanes are asked: no event is read that does not fit."""
    many.execute("insert into outbox.lane (practice_id) select n from generate_series(2, 500) as n")
    many.execute("analyze outbox.lane")
    sought = {"practice_id": None, "number": "RE-7", "event_id": None, "lexware_id": None, "limit": 50}
    explained = many.execute(b"explain (format json) " + query("event_list.sought"), sought).fetchone()

    assert explained is not None
    read = [node for node in nodes(explained[0][0]["Plan"]) if node.get("Relation Name") == "event"]
    assert len(read) == 4
    assert [node["Node Type"] for node in read if "Index Cond" not in node] == []
