"""A copy of the server's files, started as it is: its pollers hand nothing out, and a server that only restarts is let alone."""

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
import redis
import services
from failover.standby import Standby
from polling import PATIENCE_SECONDS, until
from practice import Practice
from relay import Relay
from terminal import Terminal

from outbox import witness
from outbox.db import connect
from outbox.witness import Sighting, Verdict, look
from worker.host.apply import migrate
from worker.lab.embedded import EmbeddedPostgres, EmbeddedValkey
from worker.memory import RedisMemory

#: Positions of the log are what the disk has: no short cuts.
_SETTINGS = services.FAST | {"fsync": "on", "max_wal_senders": "4", "wal_level": "replica"}


class Copy(EmbeddedPostgres):
    """The files of a server that is stopped, under another port."""

    name = "the copy"

    def __init__(self, original: EmbeddedPostgres) -> None:
        super().__init__(settings=original._settings)
        self._original, self._password = original, original._password

    def _prepare(self) -> None:
        package, program = self._installed()
        self._programs = self._workspace.reachable(program, package).parent
        self._data = Path(shutil.copytree(self._original._data, self.folder / "data"))
        self._workspace.hand_over()


class Kept:
    """A memory that is always there."""

    def __init__(self) -> None:
        self.seen: list[Sighting] = []

    def recall(self, _home: str) -> list[Sighting]:
        """All of it."""
        return list(self.seen)

    def note(self, _home: str, sighting: Sighting) -> None:
        """One more."""
        self.seen.append(sighting)


@pytest.fixture(name="original")
def _original() -> Iterator[EmbeddedPostgres]:
    with EmbeddedPostgres(settings=_SETTINGS) as server:
        migrate(server.url(), reference_practice=True)
        with psycopg.connect(server.url(), autocommit=True) as db:
            Practice(db).switch_on(str(uuid4()), "key")
        yield server


@pytest.fixture(name="copy")
def _copy(original: EmbeddedPostgres) -> Iterator[EmbeddedPostgres]:
    original.stop()
    with Copy(original) as copy:
        original.start()
        yield copy


def _look(server: EmbeddedPostgres, memory: witness.Memory) -> Verdict:
    with connect(server.url()) as connection:
        return look(connection, memory)


def _work(server: EmbeddedPostgres) -> None:
    """Somebody writes."""
    with psycopg.connect(server.url(), autocommit=True) as db:
        Practice(db).customer()


def test_a_restart_a_crash_and_a_failover_are_no_copies(original: EmbeddedPostgres) -> None:
    """Whatever was written in between."""
    memory = Kept()
    assert _look(original, memory) == "clear"
    for immediate in (False, True, True, False):
        _work(original)
        _look(original, memory)
        original.restart(immediate=immediate)
        assert _look(original, memory) == "unsure"
        assert _look(original, memory) == "clear"

    with Standby(original) as standby:
        assert _look(standby, memory) == "clear"
        standby.promote()
        fresh = Kept()
        assert _look(standby, fresh) == "clear"
        assert _look(standby, fresh) == "clear"


def test_a_copy_that_is_behind_is_known_at_once(
    original: EmbeddedPostgres, copy: EmbeddedPostgres, redis_url: str
) -> None:
    """By the first look; the original is not disturbed."""
    memory = RedisMemory(redis_url)
    for _ in range(50):
        _work(original)
    assert _look(original, memory) == "clear"

    assert _look(copy, memory) == "copy"
    assert _look(original, memory) == "clear"


def test_a_copy_that_is_ahead_is_known_soon(original: EmbeddedPostgres, copy: EmbeddedPostgres, redis_url: str) -> None:
    """Where both write, one of them is behind the other; the one that looks first then says so."""
    memory = RedisMemory(redis_url)
    _look(original, memory)
    for _ in range(50):
        _work(copy)

    verdicts = [_look(copy, memory), _look(original, memory)]

    assert verdicts == ["unsure", "copy"]


def test_the_poller_of_a_copy_refuses(original: EmbeddedPostgres, copy: EmbeddedPostgres, redis_url: str) -> None:
    """With words and 78; after the command that they name, it goes on, and so does the original."""
    for _ in range(50):
        _work(original)
    _look(original, RedisMemory(redis_url))

    with Relay(copy.url(), redis_url, "http://127.0.0.1:9") as relay:
        process = relay.start(sys.executable, "-m", "worker", "poller")
        assert process.wait(PATIENCE_SECONDS) == 78
        assert "lexrelay migrate --after-restore" in relay.said()
    terminal = Terminal(copy.url(), REDIS_URL=redis_url)
    [found] = [line for line in terminal.answer("check")[1] if line["check"] == "copies"]
    assert (found["level"], "--after-restore" in found["remedy"]) == ("failure", True)

    terminal.run("migrate", "--after-restore")

    with Relay(copy.url(), redis_url, "http://127.0.0.1:9") as relay, connect(copy.url()) as db:
        relay.start(sys.executable, "-m", "worker", "poller")
        rounds = "select from outbox.process where kind = 'poller' and last_round_at is not null and gone_at is null"
        until(lambda: db.execute(rounds).fetchone() is not None)
    assert _look(original, RedisMemory(redis_url)) == "clear"


def test_nothing_is_handed_out_until_a_new_start_is_sure(
    original: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one would have been seen by then."""
    memory = Kept()
    _look(original, memory)
    original.restart()
    monkeypatch.setattr(witness, "_UNSURE_SECONDS", 1.5)
    with connect(original.url()) as connection:
        sure = witness.Witness(memory)

        assert not sure(connection)
        until(lambda: sure(connection))


def test_a_memory_that_is_away_or_spoilt_remembers_nothing(redis_url: str) -> None:
    """Redis may be emptied, and may be away: nobody is stopped by it."""
    away = RedisMemory("redis://127.0.0.1:9/0")
    away.note("home", Sighting(1, 1))
    assert away.recall("home") == []

    spoilt = RedisMemory(redis_url)
    spoilt.note("home", Sighting(1, 2))
    assert spoilt.recall("home") == [Sighting(1, 2)]
    spoilt._client.lpush("lexrelay:server:home", "no sighting")
    assert spoilt.recall("home") == [Sighting(1, 2)]


def test_the_rights_in_redis_that_the_readme_names_are_enough() -> None:
    """For the memory too."""
    with EmbeddedValkey() as valkey, redis.Redis.from_url(valkey.url) as client:
        rights = "~lexrelay* +@read +@write +@scripting +@connection +info"
        client.execute_command("ACL", "SETUSER", "small", "on", ">x", *rights.split())
        memory = RedisMemory(re.sub("//.*@", "//small:x@", valkey.url))

        memory.note("home", Sighting(1, 2))

        assert memory.recall("home") == [Sighting(1, 2)]
