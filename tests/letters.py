"""Dead letters for tests, written by SQL, and an operator who runs commands on them."""

import json
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner, Result
from practice import SECRET_KEY, Practice
from psycopg import sql
from psycopg.rows import dict_row

from worker.cli import main

ORGANISATION = "11111111-1111-4111-8111-111111111111"
ELSEWHERE = "22222222-2222-4222-8222-222222222222"
FOUND = "33333333-3333-4333-8333-333333333333"


@dataclass(frozen=True)
class Operator:
    """Runs commands as one would on a terminal that is none."""

    db: psycopg.Connection[Any]

    def run(self, *words: object) -> Result:
        """The command's output and exit code."""
        return CliRunner().invoke(main, [str(word) for word in words])

    def json(self, *words: object) -> Any:
        """What a command that succeeds answers with `--json`."""
        result = self.run(*words, "--json")
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    def event(self, event_id: int) -> dict[str, Any]:
        """An event as it is now."""
        with self.db.cursor(row_factory=dict_row) as cursor:
            row = cursor.execute("select * from outbox.event where event_id = %s", (event_id,)).fetchone()
        assert row is not None
        return row

    def state(self, event_id: int) -> str:
        """Its state."""
        return str(self.event(event_id)["state"])

    def history(self) -> list[Any]:
        """Who did what to which event, and why."""
        return self.db.execute(
            "select by, action, event_id, why from outbox.operator_action order by action_id"
        ).fetchall()


def on_duty(db: psycopg.Connection[Any], database_url: str, monkeypatch: pytest.MonkeyPatch) -> Operator:
    """An operator of this database who reads English."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("LEXRELAY_SECRET_KEYS", SECRET_KEY)
    monkeypatch.setenv("LEXRELAY_LANG", "en")
    monkeypatch.setenv("LEXRELAY_RATE_PER_SECOND", "1000")
    return Operator(db)


def switched_on(db: psycopg.Connection[Any]) -> Practice:
    """A practice whose documents may leave."""
    practice = Practice(db)
    practice.switch_on(ORGANISATION, "key")
    return practice


def event_of(house: Practice, document_id: int) -> int:
    """The event of a document."""
    row = house.db.execute("select event_id from outbox.event where document_id = %s", (document_id,)).fetchone()
    assert row is not None
    return int(row[0])


def kill(house: Practice, reason: str, *, document: int | None = None, detail: Any = None, **columns: Any) -> int:
    """The event of a document (of a new one, unless told), dead; returns its id."""
    event_id = event_of(house, document or house.invoice(house.customer()))
    dead = {"state": "dead", "reason": reason, "cause": reason, "detail": json.dumps(detail or {}), "due_at": None}
    dead |= {"closed_at": "now"} | columns
    settings = [sql.SQL("{} = {}").format(sql.Identifier(name), sql.Literal(value)) for name, value in dead.items()]
    house.db.execute(
        sql.SQL("update outbox.event set {} where event_id = {}").format(sql.SQL(", ").join(settings), event_id)
    )
    return event_id


def attempt(house: Practice, event_id: int, outcome: str | None = "snooze", reason: str = "in_doubt") -> None:
    """A claim of it, ended unless the outcome is None."""
    house.db.execute(
        "insert into outbox.attempt (event_id, fence, epoch, step, worker, ended_at, outcome, reason) "
        "values (%s, 1, 1, 'document', 1, case when %s::text is not null then clock_timestamp() end, %s, %s)",
        (event_id, outcome, outcome, reason),
    )


def intent(
    house: Practice, event_id: int, outcome: str | None = None, *, effect: str = "invoice", worker: int = 1,
    organisation: str = ORGANISATION,
) -> int:  # fmt: skip
    """A licence to POST that it had, open unless there is an outcome; returns its id."""
    row = house.db.execute(
        "insert into outbox.intent (practice_id, organisation_id, event_id, effect, subject_id, fence, worker, send_by, "
        "sent_with, outcome, closed_at) select practice_id, %s, event_id, %s, case when %s = 'contact' then payer_id else "
        "document_id end, 1, %s, clock_timestamp(), '{}', %s, case when %s::text is not null then clock_timestamp() end "
        "from outbox.event where event_id = %s returning intent_id",
        (organisation, effect, effect, worker, outcome, outcome, event_id),
    ).fetchone()
    assert row is not None
    return int(row[0])


def look(house: Practice, intent_id: int, verdict: str, **evidence: Any) -> None:
    """What a look for it found."""
    house.db.execute(
        "insert into outbox.look (intent_id, verdict, evidence) values (%s, %s, %s)",
        (intent_id, verdict, json.dumps(evidence)),
    )
