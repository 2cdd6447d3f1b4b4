"""Rows of a host at random, through PostgreSQL: every column of every view, as its type gives it or as a cast makes it fail.

The host keeps all as text and casts it in its selects, which is what goes wrong at real hosts. Then the whole way: landed by
the safety net, delivered, ended visibly.
"""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import hosting
import psycopg
import pytest
import services
from fuzzing import BIGINT, DAY, NUMBER, SECRET, STORED_TEXT, share
from hypothesis import given
from hypothesis import strategies as st
from psycopg.types.json import Jsonb
from stage import Stage, stage

from outbox.db import Connection, connect
from outbox.ids import DocumentId, PracticeId
from worker.host import columns
from worker.host.columns import Type, View
from worker.lexware import snapshot
from worker.lexware.host_data import HostData
from worker.lexware.obstacles import obstacles
from worker.lexware.translate.check import check
from worker.lexware.translate.translate import translate

pytestmark = pytest.mark.proof

PRACTICE = PracticeId(1)
#: By type: what PostgreSQL can hold of it and Python perhaps not, and what is none of it.
ODD_OF: dict[Type, Any] = {
    "text": STORED_TEXT,
    "numeric": NUMBER.map(str) | st.sampled_from(["Infinity", "-Infinity", "NaN", "1e4000", "1e-300", "0.1234567890123456789"]),
    "date": DAY.map(date.isoformat) | st.sampled_from(["infinity", "-infinity", "4713-01-01 BC", "5874897-12-31", "today"]),
    "timestamptz": st.sampled_from(["infinity", "-infinity", "294276-12-31 23:59Z", "2026-07-01 10:00+02", "now"]),
    "bigint": BIGINT.map(str) | st.sampled_from(["0", "-1"]),
    "int": st.integers(-(2**31), 2**31 - 1).map(str),
}  # fmt: skip
#: Of the views that a document is read from, the columns that it is found by.
KEYS = {"document_id", "practice_id", "payer_id", "line_id", "original_id"}
SOUND: dict[str, dict[str, str]] = {
    "document": {"kind": "invoice", "number": "RE-1", "status": "completed", "invoice_date": "2026-07-14", "tax_mode": "vatfree",
                 "exemption_note": "Umsatzsteuerfrei nach § 4 Nr. 14 UStG", "total": "32.50", "completed_at": "now"},
    "document_line": {"position": "1", "quantity": "1", "unit_price": "32.50", "vat_rate": "0", "description": "Krankengymnastik"},
    "payer": {"first_name": "Ada", "last_name": "Beispiel", "street": "Lindenweg 3", "zip": "50667", "city": "Köln", "country_code": "DE"},
    "private": {"birth_date": "1985-03-12", "insurance_number": "A123456789"},
}  # fmt: skip
VIEWS = [view for view in columns.VIEWS if view.name in SOUND]


def _select(view: View) -> str:
    """Each column out of JSON, cast to what is promised; keys are the row's own."""
    keys = {"document_id": "r.id", "practice_id": f"{PRACTICE}::bigint", "payer_id": "r.id", "line_id": "r.id"}
    made = [
        f"{keys.get(column.name) or f'''(r.said -> '{view.name}' ->> '{column.name}')::{column.type}'''} as {column.name}"
        for column in view.columns
        if column.name != "host_key"
    ]
    return f"select {', '.join(made)} from fuzz.row r"


def _any_of(view: View) -> Any:
    """A sound row in which some columns, or all, hold something else; a text now and then where there should be none."""
    fields = {
        column.name: st.none() | ODD_OF[column.type] | STORED_TEXT for column in view.columns if column.name not in KEYS
    }
    some = st.lists(st.sampled_from(sorted(fields)), max_size=2, unique=True).flatmap(
        lambda names: st.fixed_dictionaries({name: fields[name] for name in names})
    )
    typed = {column.name: st.none() | ODD_OF[column.type] for column in view.columns if column.name not in KEYS}
    return (some | st.fixed_dictionaries(typed)).map(lambda found: SOUND[view.name] | found)


def _is_silent(error: Exception) -> None:
    assert SECRET not in f"{error} {error!r}"


Made = tuple[Stage, psycopg.Connection, Connection]
ROWS = st.fixed_dictionaries({view.name: _any_of(view) | st.just(SOUND[view.name]) for view in VIEWS})


@pytest.fixture(scope="module", name="made")
def _made(_postgres: str, _template: str) -> Iterator[Made]:
    """A practice whose software keeps its documents so."""
    with (
        services.database(_postgres, template=_template) as url,
        psycopg.connect(url, autocommit=True) as db,
        stage(db, url) as one,
        connect(url) as reading,
    ):
        assert one.practice.practice_id == PRACTICE
        db.execute("create schema fuzz; create table fuzz.row (id bigint primary key, said jsonb not null)")
        db.execute("update outbox.lane_period set since = '-infinity'")
        hosting.put(url, hosting.reference(**{f"{view.name}_sql": _select(view) for view in VIEWS}))
        yield one, db, reading


def _write(db: psycopg.Connection, key: int, row: dict[str, Any]) -> None:
    db.execute(
        "insert into fuzz.row values (%s, %s) on conflict (id) do update set said = excluded.said", (key, Jsonb(row))
    )


@share(10)
@given(row=ROWS)
def test_stored_rows_are_read_and_judged(made: Made, row: dict[str, Any]) -> None:
    """A document, or the view and column that fails; whatever passes the check can be sent."""
    _, db, reading = made
    _write(db, 1, row)
    try:
        found = snapshot.read(reading, PRACTICE, DocumentId(1))
    except (HostData, snapshot.DocumentGone, snapshot.TooLarge) as error:
        _is_silent(error)
        return
    assert SECRET not in str([(one.reason, one.detail.get("field")) for one in obstacles(found, unlinked=False)])
    if not check(found.document, found.settings):
        translation = translate(found.document, found.settings, contact_id=None, marker_code="7Q4K-X2MB-91TD")
        said = json.dumps(translation.payload, allow_nan=False, default=float)
        known = row["private"]["insurance_number"]
        assert known != SOUND["private"]["insurance_number"] or known not in said


NUMBERS = iter(range(1000, 10**9))


@share(1, each=4)
@given(rows=st.lists(ROWS, min_size=4, max_size=4))
def test_every_event_ends_visibly(made: Made, rows: list[dict[str, Any]]) -> None:
    """What is landed is delivered or a dead letter with a reason that is not "unexpected"; what is not is counted."""
    one, db, _ = made
    keys = [next(NUMBERS) for _ in rows]
    for key, row in zip(keys, rows, strict=True):
        _write(db, key, row)
    db.execute("delete from fuzz.row where id < %s", (keys[0],))
    db.execute("select outbox.sweep(1e9)")

    one.run()

    ended = db.execute(
        "select state, reason, detail::text from outbox.event where document_id = any(%s)", (keys,)
    ).fetchall()
    assert {
        (state, reason) for state, reason, _ in ended if state not in ("delivered", "dead") or reason in _OURS
    } == set()
    assert SECRET not in str(ended)


#: Reasons that say that we did not know what to do.
_OURS = ("unexpected", "retries_exhausted")
