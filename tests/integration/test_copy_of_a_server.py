"""A copy of the server's files, started as it is: its pollers refuse, and a server that only restarts is let alone."""

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
from outbox.errors import SchemaMismatch
from outbox.restore import follow_timeline, may_work
from outbox.witness import is_behind
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
        self.seen = 0

    def recall(self, _home: str) -> int:
        """The last position."""
        return self.seen

    def note(self, _home: str, position: int) -> None:
        """A new one."""
        self.seen = position


@pytest.fixture(name="original")
def _original() -> Iterator[EmbeddedPostgres]:
    with EmbeddedPostgres(settings=_SETTINGS) as server:
        migrate(server.url(), reference_practice=True)
        with psycopg.connect(server.url(), autocommit=True) as db:
            Practice(db).switch_on(str(uuid4()), "key")
        with connect(server.url()) as connection:
            follow_timeline(connection)
        yield server


@pytest.fixture(name="copy")
def _copy(original: EmbeddedPostgres) -> Iterator[EmbeddedPostgres]:
    original.stop()
    with Copy(original) as copy:
        original.start()
        yield copy


def _behind(server: EmbeddedPostgres, memory: witness.Memory) -> bool:
    with connect(server.url()) as connection:
        return is_behind(connection, memory)


def _work(server: EmbeddedPostgres) -> None:
    """Somebody writes."""
    with psycopg.connect(server.url(), autocommit=True) as db:
        Practice(db).customer()


def test_a_restart_a_crash_and_a_failover_are_no_copies(original: EmbeddedPostgres) -> None:
    """Whatever was written in between."""
    memory = Kept()
    for immediate in (False, True, True, False):
        _work(original)
        assert not _behind(original, memory)
        original.restart(immediate=immediate)
        assert not _behind(original, memory)
        may_work(original.url())

    with Standby(original) as standby:
        assert not _behind(standby, memory)
        standby.promote()
        may_work(standby.url())
        with connect(standby.url()) as connection:
            follow_timeline(connection)
        may_work(standby.url())
        assert not _behind(standby, memory)


def test_a_copy_that_is_behind_is_known_at_once(
    original: EmbeddedPostgres, copy: EmbeddedPostgres, redis_url: str
) -> None:
    """By the first look; the original is not disturbed."""
    memory = RedisMemory(redis_url)
    for _ in range(50):
        _work(original)
    assert not _behind(original, memory)

    assert _behind(copy, memory)
    assert not _behind(original, memory)


def test_of_two_that_go_on_the_one_behind_is_known(
    original: EmbeddedPostgres, copy: EmbeddedPostgres, redis_url: str
) -> None:
    """Where both write, one of them has written less."""
    memory = RedisMemory(redis_url)
    _behind(original, memory)
    for _ in range(50):
        _work(copy)

    assert [_behind(copy, memory), _behind(original, memory)] == [False, True]


def test_the_poller_of_a_copy_refuses(original: EmbeddedPostgres, copy: EmbeddedPostgres, redis_url: str) -> None:
    """In a folder of the same name: with words and 78; after the command that they name, it goes on, and so does the original."""
    with psycopg.connect(copy.url(), autocommit=True) as db:
        db.execute("update outbox.installation set place = outbox.place()")
    for _ in range(50):
        _work(original)
    _behind(original, RedisMemory(redis_url))

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
    assert not _behind(original, RedisMemory(redis_url))


def test_a_copy_in_another_folder_is_known(original: EmbeddedPostgres, copy: EmbeddedPostgres) -> None:
    """Without any memory, until it is made the home."""
    with pytest.raises(SchemaMismatch, match="restored or cloned"):
        may_work(copy.url())
    may_work(original.url())

    Terminal(copy.url()).run("migrate", "--after-restore")

    may_work(copy.url())


def test_a_memory_that_is_away_or_spoilt_remembers_nothing(redis_url: str) -> None:
    """Redis may be emptied, and may be away: nobody is stopped by it."""
    away = RedisMemory("redis://127.0.0.1:9/0")
    away.note("home", 1)
    assert away.recall("home") == 0

    spoilt = RedisMemory(redis_url)
    spoilt.note("home", 2)
    assert spoilt.recall("home") == 2
    spoilt._client.set("lexrelay:server:home", "no position")
    assert spoilt.recall("home") == 0


def test_the_rights_in_redis_that_the_readme_names_are_enough() -> None:
    """For the memory too."""
    with EmbeddedValkey() as valkey, redis.Redis.from_url(valkey.url) as client:
        rights = "~lexrelay* +@read +@write +@scripting +@connection +info"
        client.execute_command("ACL", "SETUSER", "small", "on", ">x", *rights.split())
        memory = RedisMemory(re.sub("//.*@", "//small:x@", valkey.url))

        memory.note("home", 2)

        assert memory.recall("home") == 2
