"""PostgreSQL and Redis in every state but well: each is named, with what to do, and no secret."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
import redis
from psycopg.conninfo import conninfo_to_dict
from terminal import Terminal

from outbox.trouble import trouble
from worker.lab.embedded import EmbeddedValkey
from worker.operations.checks import queue


def _address(url: str, **other: str) -> str:
    """Another user, password, host, port or database."""
    parts = {key: str(value) for key, value in conninfo_to_dict(url).items()} | other
    return f"postgresql://{parts['user']}:{parts['password']}@{parts['host']}:{parts['port']}/{parts['dbname']}"


@pytest.mark.parametrize(
    ("changed", "said_en", "said_de"),
    [
        ({"password": "Gehe1m"}, "refuses the password of postgres (127.0.0.1:", "Passwort von postgres ab (127.0.0.1:"),
        ({"user": "nobody", "password": "Gehe1m"}, "nobody", "nobody"),
        ({"dbname": "nothere"}, "There is no database nothere (127.0.0.1:", "Die Datenbank nothere gibt es nicht"),
        ({"port": "9"}, "does not answer (127.0.0.1:9)", "antwortet nicht (127.0.0.1:9)"),
        ({"host": "nowhere.invalid"}, "Nobody knows the host nowhere.invalid", "Den Rechner nowhere.invalid kennt niemand"),
    ],
)  # fmt: skip
def test_a_postgresql_that_does_not_let_us_in(
    database_url: str, changed: dict[str, str], said_en: str, said_de: str
) -> None:
    """In a command and in the check, in both languages."""
    address = _address(database_url, **changed)
    for lang, said in (("en", said_en), ("de", said_de)):
        terminal = Terminal(address, LEXRELAY_LANG=lang, REDIS_URL="redis://127.0.0.1:9/0")
        for words in (("status",), ("check",), ("migrate",)):
            page = terminal.run(*words, code=1)

            assert said in page
            assert "Gehe1m" not in page
            assert str(conninfo_to_dict(database_url)["password"]) not in page


def test_a_server_that_demands_or_lacks_tls(database_url: str) -> None:
    """The embedded one has none."""
    said = Terminal(f"{database_url}?sslmode=require").run("status", code=1)

    assert "TLS with PostgreSQL fails" in said


def test_a_read_only_database_is_named(db: psycopg.Connection, database_url: str, redis_url: str) -> None:
    """By the check, and by a command that would write."""
    db.execute(f'alter database "{conninfo_to_dict(database_url)["dbname"]}" set default_transaction_read_only = on')
    terminal = Terminal(database_url, REDIS_URL=redis_url)

    assert ("failure", "The database is read-only.") in [
        (line["level"], line["message"]) for line in terminal.json("check", code=1)
    ]
    assert "The database is read-only." in terminal.run("migrate", code=1)


@pytest.mark.parametrize(
    ("words", "sort"),
    [
        ('FATAL:  password authentication failed for user "x"', "password"),
        ("FATAL:  Passwort-Authentifizierung für Benutzer »x« fehlgeschlagen", "password"),
        ('FATAL:  no pg_hba.conf entry for host "10.0.0.1", user "x", database "d", no encryption', "tls"),
        ('FATAL:  no pg_hba.conf entry for host "10.0.0.1", user "x", database "d", SSL encryption', "not_allowed"),
        ("FATAL:  kein pg_hba.conf-Eintrag für Host »10.0.0.1«, Benutzer »x«, Datenbank »d«, keine Verschlüsselung", "tls"),
        ('FATAL:  database "d" does not exist', "no_database"),
        ("FATAL:  Datenbank »d« existiert nicht", "no_database"),
        ('FATAL:  role "x" does not exist', "no_role"),
        ("FATAL:  sorry, too many clients already", "too_many"),
        ("FATAL:  tut mir leid, schon zu viele Verbindungen", "too_many"),
        ("FATAL:  remaining connection slots are reserved for roles with the SUPERUSER attribute", "too_many"),
        ("FATAL:  the database system is starting up", "starting"),
        ("FATAL:  das Datenbanksystem startet gerade", "starting"),
        ("FATAL:  the database system is shutting down", "stopping"),
        ("FATAL:  das Datenbanksystem fährt gerade herunter", "stopping"),
        ("session is read-only", "no_target"),
        ("server does not support SSL, but SSL was required", "no_tls"),
        ("FATAL:  unsupported startup parameter: options", "pooler"),
        ("FATAL:  conversion between UTF8 and MULE_INTERNAL is not supported", "encoding"),
        ('FATAL:  permission denied for database "d"\nDETAIL:  User does not have CONNECT privilege.', "not_allowed"),
        ("FATAL:  keine Berechtigung für Datenbank »d«", "not_allowed"),
        ('FATAL:  database "d" is not currently accepting connections', "not_allowed"),
        ('FATAL:  could not access file "x": No such file or directory', "setting"),
        ("FATAL:  konnte nicht auf Datei »x« zugreifen: Datei oder Verzeichnis nicht gefunden", "setting"),
        ('FATAL:  invalid value for parameter "datestyle": "x"', "setting"),
        ('FATAL:  unrecognized configuration parameter "x"', "setting"),
        ('FATAL:  permission denied to set parameter "x"', "setting"),
        ('invalid sslmode value: "nonsense"', "setting"),
        ('invalid "ssl_min_protocol_version" value: "TLSv9"', "setting"),
        ('weak sslmode "prefer" may not be used with sslnegotiation=direct', "setting"),
        ("channel binding required, but server authenticated client without channel binding", "setting"),
        ("GSSAPI encryption required but was impossible (possibly no credential cache)", "setting"),
        ('connection to server on socket "/run/.s.PGSQL.5432" failed: No such file or directory', "away"),
        ("connection timeout expired", "no_answer"),
        ("something new", "lost"),
    ],
)  # fmt: skip
def test_the_words_of_a_server_are_understood(words: str, sort: str) -> None:
    """In English and in German; what is not known is no guess."""
    assert trouble(psycopg.OperationalError(words)) == sort


@pytest.fixture(name="valkey", scope="module")
def _valkey() -> Iterator[str]:
    with EmbeddedValkey() as server:
        yield server.url


@pytest.fixture(name="client")
def _client(valkey: str) -> Iterator["redis.Redis"]:
    with redis.Redis.from_url(valkey) as client:
        yield client
        client.config_set("maxmemory", 0)
        client.config_set("maxmemory-policy", "noeviction")
        client.replicaof("NO", "ONE")
        client.acl_deluser("small")


def _found(url: str) -> list[tuple[str, str]]:
    return [(finding.level, str(finding.message)) for finding in queue.redis_carries(url)]


def test_a_message_comes_back_and_nothing_stays(client: "redis.Redis", valkey: str) -> None:
    """The probe leaves nothing in Redis."""
    assert _found(valkey) == [("ok", "Redis takes a message and gives it back.")]
    assert client.keys("*") == []


def test_a_replica_is_a_failure(client: "redis.Redis", valkey: str) -> None:
    """It answers, and takes nothing."""
    client.replicaof("127.0.0.1", "9")

    assert _found(valkey) == [("failure", "Redis is a replica, which only reads.")]


def test_a_full_redis_is_a_failure(client: "redis.Redis", valkey: str) -> None:
    """Without eviction it refuses."""
    client.config_set("maxmemory", 1)

    assert _found(valkey) == [("failure", "Redis is full (maxmemory) and takes nothing.")]


def test_a_database_that_is_not_there_is_a_failure(valkey: str) -> None:
    """The usual 16 are numbered from 0."""
    [(level, said)] = _found(re.sub(r"/\d*$", "/99", valkey))

    assert (level, said) == ("failure", "Redis has no database of the number in REDIS_URL (databases).")


def test_missing_replicas_are_a_failure(client: "redis.Redis", valkey: str) -> None:
    """It answers, and takes nothing."""
    client.config_set("min-replicas-to-write", 1)
    try:
        found = _found(valkey)
    finally:
        client.config_set("min-replicas-to-write", 0)

    assert found == [("failure", "Redis has too few replicas and therefore takes nothing (min-replicas-to-write).")]


def test_an_evicting_redis_is_told(client: "redis.Redis", valkey: str) -> None:
    """It may throw messages away."""
    client.config_set("maxmemory", 100_000_000)
    client.config_set("maxmemory-policy", "allkeys-lru")

    assert [level for level, _ in _found(valkey)] == ["ok", "warning"]


@pytest.mark.parametrize("rights", ["~other:* +@all", "~lexrelay* +@read", "~lexrelay* +@all -@scripting"])
def test_a_user_without_rights_is_a_failure(client: "redis.Redis", valkey: str, rights: str) -> None:
    """Whatever is missing."""
    client.execute_command("ACL", "SETUSER", "small", "on", ">x", *rights.split())

    assert _found(re.sub("//.*@", "//small:x@", valkey)) == [("failure", "This user lacks a right in Redis (ACL).")]


def test_the_rights_that_are_named_are_enough(client: "redis.Redis", valkey: str) -> None:
    """Those of the remedy and of the README."""
    rights = "~lexrelay* +@read +@write +@scripting +@connection +info"
    client.execute_command("ACL", "SETUSER", "small", "on", ">x", *rights.split())

    assert [level for level, _ in _found(re.sub("//.*@", "//small:x@", valkey))] == ["ok"]


def test_a_wrong_password_is_a_failure(valkey: str) -> None:
    """And stands nowhere."""
    [(level, said)] = _found(re.sub("//.*@", "//:Gehe1m@", valkey))

    assert (level, said) == ("failure", "Redis refuses the user or the password.")


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (redis.exceptions.BusyLoadingError("Redis is loading the dataset in memory"), "loading"),
        (redis.ConnectionError("DENIED Redis is running in protected mode because"), "protected"),
        (redis.ResponseError("MISCONF Redis is configured to save RDB snapshots"), "disk"),
        (redis.ResponseError("BUSY Redis is busy running a script"), "busy"),
        (redis.ResponseError("MASTERDOWN Link with MASTER is down"), "replica"),
        (redis.TimeoutError("Timeout"), "away"),
        (redis.ResponseError("unknown command 'EVALSHA', with args beginning with: '63a2' '0'"), "command"),
        (redis.ResponseError("Unknown command called from script script: on @user_script:150."), "command"),
        (redis.ResponseError("Unknown Redis command called from script script: 63a2"), "command"),
        (redis.ResponseError("DB index is out of range"), "no_database"),
        (redis.ConnectionError("max number of clients reached"), "too_many"),
        (redis.ResponseError("NOREPLICAS Not enough good replicas to write."), "few_replicas"),
        (redis.exceptions.ClusterDownError("Hash slot not served"), "cluster"),
        (redis.exceptions.ClusterCrossSlotError("Keys in request don't hash to the same slot"), "cluster"),
        (redis.ResponseError("WRONGTYPE Operation against a key"), "refuses"),
    ],
)
def test_what_redis_says_is_understood(error: Any, state: str) -> None:
    """By its own words, which are not passed on."""
    from worker.operations.checks.redis_probe import state as meant

    assert meant(error) == state


@pytest.mark.proof
def test_a_dead_database_is_one_line_of_the_poller() -> None:
    """And one a minute, not one a second."""
    environment = {"DATABASE_URL": "postgresql://u:Gehe1m@127.0.0.1:9/d", "REDIS_URL": "redis://127.0.0.1:9/0"}
    poller = subprocess.Popen(
        [sys.executable, "-m", "worker", "poller"], env=environment, stderr=subprocess.PIPE, text=True
    )
    assert poller.stderr is not None
    first = next(line for line in poller.stderr if "database.lost" in line)
    time.sleep(4)
    poller.terminate()
    said = first + poller.communicate(timeout=20)[1]

    assert said.count("database.lost") == 1
    assert len(said.splitlines()) <= 2
    assert "Gehe1m" not in said
