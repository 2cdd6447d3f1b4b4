"""The API key by commands: connect, and the secret keys it is stored under."""

import os
import pty
import select
from datetime import date
from typing import Any
from uuid import UUID

import psycopg
import pytest
from commands import Commands
from practice import Practice
from rows import berlin_today, count, one

from worker.keys import KeyVault, Owner
from worker.lab.sandbox.control import Tenant
from worker.lab.sandbox.faults import Fault
from worker.lab.sandbox.server import Sandbox
from worker.practice.booking import add_months


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
    "given",
    [
        pytest.param('"{}"\n', id="quotes"),
        pytest.param("'{}'", id="single quotes"),
        pytest.param("„{}“", id="German quotes"),
        pytest.param("Bearer {}", id="as in a header"),
        pytest.param("\u00a0{}\u200b\r\n\r\n", id="what cannot be seen"),
    ],
)
def test_what_is_pasted_along_with_a_key_does_not_matter(
    lexrelay: Commands, practice_id: int, tenant: Tenant, tmp_path: Any, given: str
) -> None:
    """Quotes, blanks and line ends come along from mails and editors, which also choose the encoding."""
    text = given.format(tenant.key)
    for number, encoding in enumerate(("utf-8", "utf-8-sig", "utf-16", "cp1252")):
        (tmp_path / str(number)).write_bytes(text.encode(encoding, errors="ignore"))

        lexrelay("practice", "connect", "--practice", practice_id, "--key-file", tmp_path / str(number))
    lexrelay("practice", "connect", "--practice", practice_id, stdin=text)

    assert lexrelay.json("practice", "show", "--practice", practice_id)["organisation_id"] == tenant.id


@pytest.mark.parametrize(
    ("fault", "key", "words"),
    [
        pytest.param(None, "", "No API key arrived", id="nothing"),
        pytest.param(None, " \n", "No API key arrived", id="blanks"),
        pytest.param(None, "two words", "no API key", id="two words"),
        pytest.param(None, "Schlüssel", "no API key", id="umlaut"),
        pytest.param(None, b"\xff\xfe\x00", "no API key", id="bytes"),
        pytest.param(None, '""', "No API key arrived", id="quotes alone"),
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


def test_a_key_as_an_argument_is_refused_and_not_repeated(
    lexrelay: Commands, db: psycopg.Connection, practice_id: int, tenant: Tenant, tmp_path: Any
) -> None:
    """Arguments are seen by everybody on the machine; the complaint does not print them once more."""
    for words in ([tenant.key], ["--key-file", tenant.key], ["--key-file", tmp_path], ["--key", tenant.key]):
        result = lexrelay("practice", "connect", "--practice", practice_id, *words, exits=2)

        assert "--key-file" in result.stderr
        assert tenant.key not in result.output
    assert count(db, "lexware.connection", practice_id) == 0


def test_at_a_terminal_the_key_is_asked_for_and_not_shown(
    lexrelay: Commands, db: psycopg.Connection, practice_id: int, tenant: Tenant
) -> None:
    """Who types or pastes the key does not see it on the screen."""
    screen, keyboard = pty.openpty()
    command = lexrelay.start("practice", "connect", "--practice", practice_id, stdin=keyboard)
    prompt = command.stderr.read(len("API key"))
    os.write(screen, f"{tenant.key}\n".encode())
    stdout, stderr = command.communicate(timeout=30)
    shown = os.read(screen, 4096) if select.select([screen], [], [], 0)[0] else b""
    os.close(keyboard)
    os.close(screen)

    assert (command.returncode, prompt) == (0, "API key")
    assert tenant.key not in stdout + stderr + shown.decode()
    assert count(db, "lexware.connection", practice_id) == 1


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


def test_the_same_key_again_does_not_live_longer(
    lexrelay: Commands, db: psycopg.Connection, practice_id: int, tenant: Tenant
) -> None:
    """Given again to lift a pause it is as old as before; renewed in Lexware, or another one, it begins anew."""
    today, words = berlin_today(db), ("practice", "connect", "--practice", practice_id)
    lexrelay(*words, stdin=tenant.key)
    db.execute(
        "update lexware.connection set key_stored_at = now() - interval '20 months' where practice_id = %s",
        (practice_id,),
    )

    again = lexrelay(*words, stdin=tenant.key).stdout
    kept = lexrelay.json("practice", "show", "--practice", practice_id)["key_expires_on"]
    renewed = lexrelay(*words, "--renewed", stdin=tenant.key).stdout

    assert "the same key as before" in again
    assert kept in again
    assert date.fromisoformat(kept) < add_months(today, 5)
    assert add_months(today, 24).isoformat() in renewed


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
    assert KeyVault((new,)).decrypt(token, Owner(practice_id, UUID(tenant.id))) == tenant.key
    assert f"{readable} stored API keys" in result.stdout
    assert f"practices {stranger} " in result.stderr
    assert one(db, "select detail from outbox.operator_action where action = 'secrets.rotate'")["detail"] == {
        "rotated": readable, "unreadable": [stranger]
    }  # fmt: skip
