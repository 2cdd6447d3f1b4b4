"""A host with keys that are no numbers and without triggers, from its contact to its cancellation."""

from pathlib import Path

import hosting
import psycopg
import pytest
from rows import one
from stage import stage

from worker.host import folder

_HOST = Path(__file__).parent.parent / "hosts" / "uuid"
_KEYS = (
    "select (select id::text from clinic.site) as practice, (select id::text from clinic.client) as payer, "
    "max(id::text) filter (where not storno) as invoice, max(id::text) filter (where storno) as cancellation from clinic.bill"
)


def test_it_lives_the_whole_story(db: psycopg.Connection, database_url: str) -> None:
    """Contact, invoice, cancellation; known by the host's own keys, found by the safety net alone."""
    db.execute((_HOST / "schema.sql").read_text(encoding="utf-8"))
    hosting.put(database_url, folder.read(_HOST / "host"))
    keys = one(db, _KEYS)
    ids = {name: one(db, "select contract.id(%s) as id", key)["id"] for name, key in keys.items()}
    with stage(db, database_url, tax_type="net") as it:
        db.execute("update lexware.connection set practice_id = %s", (ids["practice"],))
        db.execute(
            "insert into outbox.lane (practice_id, enabled, booked_from, connected) values (%s, true, now() - interval '1 day', true)",
            (ids["practice"],),
        )
        db.execute("insert into outbox.lane_period (practice_id, since) values (%s, now())", (ids["practice"],))
        db.execute("update clinic.bill set closed_at = clock_timestamp()")

        it.run()

        found = {name: it.event(ids[name]) for name in ("invoice", "cancellation")}
        assert {name: (event["state"], event["origin"]) for name, event in found.items()} == dict.fromkeys(
            found, ("delivered", "sweep")
        )
        assert all(event["host_key"] == keys[name] for name, event in found.items())
        assert found["cancellation"]["original_id"] == ids["invoice"]
        assert [contact["body"]["person"]["lastName"] for contact in it.contacts()] == ["Muster"]
        assert (
            one(db, "select host_key from lexrelay.practice_status where host_key is not null")["host_key"]
            == keys["practice"]
        )


@pytest.mark.parametrize("keys", [("a", "b"), ("", "-"), ("ä", "a\u0308")])
def test_an_id_is_stable_and_its_own(db: psycopg.Connection, keys: tuple[str, str]) -> None:
    """63 bits; the same on every server, whatever its encoding."""
    first, second = (one(db, "select contract.id(%s) as id", key)["id"] for key in keys)

    assert first != second
    assert 0 <= min(first, second) <= max(first, second) < 2**63
    assert one(db, "select contract.id('a') as id")["id"] == 0x4A978112CA1BBDCA
    assert one(db, "select contract.id(null) as id")["id"] is None
