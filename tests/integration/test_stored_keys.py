"""A stored API key opens the door of its own practice only (findings 61), and a lost secret key loses nothing."""

import psycopg
import pytest
from commands import Commands
from cryptography.fernet import Fernet
from practice import SECRET_KEY, Practice
from stage import Stage

from outbox.db import connect
from worker.keys import KeyVault
from worker.practice import connect as connecting


@pytest.fixture(name="lexrelay")
def _lexrelay(stage: Stage, database_url: str) -> Commands:
    return Commands(database_url, stage.sandbox)


def _tried(stage: Stage) -> None:
    """Far enough that a call would be made: a new payer's first claim makes none."""
    for _ in range(3):
        stage.turn()


@pytest.fixture(name="neighbour")
def _neighbour(stage: Stage) -> str:
    """Another practice of the same database, connected with an organisation of its own; that organisation's id."""
    tenant = stage.control.add_organisation()
    Practice(stage.db).switch_on(tenant.id, tenant.key)
    return tenant.id


_COPIED = "update lexware.connection c set key_encrypted = o.key_encrypted from lexware.connection o where c.practice_id = 1 and o.practice_id = 2"
_MOVED = (
    "update lexware.connection c set key_encrypted = o.key_encrypted, organisation_id = o.organisation_id, "
    "profile_token = o.profile_token from lexware.connection o where c.practice_id = 1 and o.practice_id = 2"
)


@pytest.mark.parametrize("sql", [_COPIED, _MOVED], ids=["the token", "all of it"])
def test_a_copied_key_sends_nothing(stage: Stage, neighbour: str, lexrelay: Commands, sql: str) -> None:
    """The practice is paused before any call, its document is held, and every face says why; the right key heals it."""
    stage.db.execute(sql)
    invoice = stage.practice.invoice(stage.practice.customer())
    _tried(stage)

    assert stage.db.execute("select pause_reason from outbox.lane where practice_id = 1").fetchone() == (
        "other_organisation",
    )
    assert stage.control.requests(neighbour) == []
    assert "another practice or organisation" in lexrelay("check", exits=1, REDIS_URL="redis://127.0.0.1:1").output

    lexrelay("practice", "connect", "--practice", 1, "--new-organisation", stdin=stage.tenant.key)
    stage.run()
    assert stage.outcome(invoice) == ("delivered", None)
    assert stage.control.documents(neighbour) == []


def test_the_profile_is_read_again_when_the_token_has_changed(stage: Stage) -> None:
    """However young it is: whose key it is, is asked before the first document."""
    stage.run()
    stage.db.execute("update lexware.connection set profile_token = 'another'")

    stage.practice.invoice(stage.practice.customer())
    stage.run()
    stage.practice.invoice(stage.practice.customer())
    stage.run()

    assert [call["path"] for call in stage.control.requests(stage.tenant.id)].count("/v1/profile") == 1


def _of_an_older_release(stage: Stage) -> None:
    """The key alone, as it was stored before."""
    token = Fernet(SECRET_KEY).encrypt(stage.tenant.key.encode()).decode()
    stage.db.execute("update lexware.connection set key_encrypted = %s, profile_token = md5(%s)", (token, token))
    stage.db.execute("update outbox.installation set keys_bound_at = null")


def test_an_older_token_works_until_all_are_bound(stage: Stage, lexrelay: Commands) -> None:
    """It is read once and written anew; after that one without an owner is refused."""
    _of_an_older_release(stage)
    first = stage.practice.invoice(stage.practice.customer())
    stage.run()
    assert stage.outcome(first) == ("delivered", None)
    assert "do not yet say whose they are" in lexrelay("check", exits=1, REDIS_URL="redis://127.0.0.1:1").output

    assert "1 stored API key" in lexrelay("secrets", "rotate").stdout
    (old,) = stage.db.execute("select key_encrypted from lexware.connection").fetchone()
    second = stage.practice.invoice(stage.practice.customer())
    stage.run()
    assert old.startswith("v2:")
    assert stage.outcome(second) == ("delivered", None)

    token = Fernet(SECRET_KEY).encrypt(stage.tenant.key.encode()).decode()
    stage.db.execute("update lexware.connection set key_encrypted = %s, profile_token = md5(%s)", (token, token))
    stage.practice.invoice(stage.practice.customer())
    _tried(stage)
    assert stage.db.execute("select pause_reason from outbox.lane").fetchone() == ("other_organisation",)


def test_migrate_binds_them_when_nothing_of_an_older_release_can_be_running(
    stage: Stage, db: psycopg.Connection, database_url: str, lexrelay: Commands
) -> None:
    """A process that lives might not be able to open what is written anew, so it is left to `rotate`."""
    _of_an_older_release(stage)
    with connect(database_url) as connection:
        assert connecting.bind(connection, KeyVault((SECRET_KEY,))) == 0
    stage.end_session(stage.runtime)

    assert "1 stored API key now says" in lexrelay("migrate").stdout
    assert "API key now" not in lexrelay("migrate").stdout


def test_a_lost_first_secret_key_holds_everything_back_and_loses_nothing(stage: Stage, lexrelay: Commands) -> None:
    """Rotated to a new key, which is lost: documents wait, `check` names the practice, and its API key heals it."""
    lost = Fernet.generate_key().decode()
    lexrelay("secrets", "rotate", LEXRELAY_SECRET_KEYS=f"{lost},{SECRET_KEY}")
    invoice = stage.practice.invoice(stage.practice.customer())
    _tried(stage)
    assert stage.event(invoice)["reason"] == "key_unreadable"
    assert "None of LEXRELAY_SECRET_KEYS opens" in lexrelay("check", exits=1, REDIS_URL="redis://127.0.0.1:1").output
    assert "practices 1 " in lexrelay("secrets", "rotate", exits=1).stderr

    lexrelay("practice", "connect", "--practice", 1, stdin=stage.tenant.key)
    stage.run()

    assert stage.outcome(invoice) == ("delivered", None)
