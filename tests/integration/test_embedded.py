"""Room: worker/embedded. Real servers, real processes, real signals; needs nothing but the wheels."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest
import redis
from polling import PATIENCE_SECONDS, until
from psycopg.conninfo import make_conninfo
from redis.backoff import NoBackoff
from redis.retry import Retry

from worker.lab.embedded import EmbeddedError, EmbeddedPostgres, EmbeddedValkey, child
from worker.lab.embedded.unix_user import UnixUser
from worker.lab.embedded.workspace import Workspace

OWNER = """
import json, signal
from worker.lab.embedded import EmbeddedPostgres, EmbeddedValkey

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job is born deaf to it
with EmbeddedPostgres() as postgres, EmbeddedValkey() as valkey:
    servers = (postgres, valkey)
    print(json.dumps({"pids": [s.pid for s in servers], "folders": [str(s.folder) for s in servers]}), flush=True)
    signal.pause()
"""


@pytest.fixture(scope="module")
def postgres() -> Iterator[EmbeddedPostgres]:
    """A server that the tests of this file share: each leaves it running."""
    with EmbeddedPostgres(settings={"fsync": "off"}) as running:
        yield running


@pytest.fixture(scope="module")
def valkey() -> Iterator[EmbeddedValkey]:
    """A server that the tests of this file share: each leaves it running."""
    with EmbeddedValkey() as running:
        yield running


def is_gone(pid: int) -> bool:
    """Whether a process has ended, be it reaped or not."""
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def ask(postgres: EmbeddedPostgres, query: str) -> Any:
    """The one value that a query gives."""
    with psycopg.connect(postgres.url()) as connection:
        row = connection.execute(query.encode()).fetchone()
    return row and row[0]


def test_servers_answer_at_their_urls(postgres: EmbeddedPostgres, valkey: EmbeddedValkey) -> None:
    """The URLs are ready for psycopg and redis-py as soon as the block is entered."""
    with redis.Redis.from_url(valkey.url) as client:
        assert client.ping()

    assert ask(postgres, "select 1") == 1


def test_servers_never_run_as_root(postgres: EmbeddedPostgres, valkey: EmbeddedValkey) -> None:
    """Root lends them an unprivileged account, groups included; everybody else their own."""
    processes = [psutil.Process(running.pid) for running in (postgres, valkey)]

    expected = os.geteuid() or UnixUser.unprivileged().uid
    assert [set(process.uids()) for process in processes] == [{expected}] * 2
    assert all(process.gids().effective != 0 for process in processes)


def test_servers_listen_on_loopback_only(postgres: EmbeddedPostgres, valkey: EmbeddedValkey) -> None:
    """Nobody on the network can reach them."""
    sockets = [each for running in (postgres, valkey) for each in psutil.Process(running.pid).net_connections()]

    assert {each.laddr.ip for each in sockets if each.status == psutil.CONN_LISTEN} == {"127.0.0.1"}


def test_another_user_of_the_machine_is_refused(postgres: EmbeddedPostgres, valkey: EmbeddedValkey) -> None:
    """Loopback is shared by all users of a machine, so both servers want a password."""
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(make_conninfo(postgres.url(), password="wrong"))
    with (
        pytest.raises(redis.AuthenticationError),
        redis.Redis("127.0.0.1", valkey.port, retry=Retry(NoBackoff(), 0)) as client,
    ):
        client.ping()


@pytest.mark.proof
def test_nothing_is_left_at_the_end() -> None:
    """After the block the processes and the folders are gone."""
    with EmbeddedPostgres() as postgres, EmbeddedValkey() as valkey:
        pids, folders = [postgres.pid, valkey.pid], [postgres.folder, valkey.folder]

    assert all(is_gone(pid) for pid in pids)
    assert not any(folder.exists() for folder in folders)


def test_nothing_is_left_after_an_exception() -> None:
    """An exception in the block passes through and leaves as little behind."""
    with pytest.raises(ZeroDivisionError), EmbeddedValkey() as valkey:  # noqa: PT012  # the pid is known only inside
        pid, folder = valkey.pid, valkey.folder
        _ = 1 / 0

    assert is_gone(pid)
    assert not folder.exists()


@pytest.mark.proof
def test_two_at_once_do_not_meet(postgres: EmbeddedPostgres) -> None:
    """Each has its own port and data, and one may end before the other."""
    with EmbeddedPostgres() as other:
        assert other.port != postgres.port
        assert other.folder != postgres.folder
        assert ask(other, "select 1") == 1

    assert ask(postgres, "select 1") == 1


@pytest.mark.proof
@pytest.mark.parametrize("immediate", [False, True], ids=["orderly", "like a crash"])
def test_postgres_comes_back_with_its_data_on_its_port(postgres: EmbeddedPostgres, immediate: bool) -> None:
    """A restart changes the process, neither the address nor what was committed."""
    port, pid = postgres.port, postgres.pid
    with psycopg.connect(postgres.url(), autocommit=True) as connection:
        connection.execute("create table if not exists kept (value int)")
        connection.execute("truncate kept")
        connection.execute("insert into kept values (42)")

    postgres.restart(immediate=immediate)

    assert ask(postgres, "select value from kept") == 42
    assert postgres.port == port
    assert postgres.pid != pid


@pytest.mark.parametrize("immediate", [False, True], ids=["orderly", "like a crash"])
def test_valkey_comes_back_empty_on_its_port(valkey: EmbeddedValkey, immediate: bool) -> None:
    """Redis is disposable: a restart keeps the address and forgets the rest."""
    url = valkey.url
    with redis.Redis.from_url(url) as client:
        client.set("name", "Ada Beispiel")

        valkey.restart(immediate=immediate)

        assert client.dbsize() == 0
    assert valkey.url == url


@pytest.mark.proof
def test_a_killed_server_can_be_started_again(postgres: EmbeddedPostgres) -> None:
    """A fault test may kill the process itself and start the server anew."""
    os.kill(postgres.pid, signal.SIGKILL)
    until(lambda: is_gone(postgres.pid))

    postgres.stop()
    postgres.start()

    assert ask(postgres, "select 1") == 1


def test_stop_and_start_may_be_said_twice(valkey: EmbeddedValkey) -> None:
    """Stopping what is stopped and starting what runs changes nothing."""
    valkey.stop()
    valkey.stop()
    valkey.start()
    pid = valkey.pid
    valkey.start()

    assert valkey.pid == pid


def test_a_frozen_server_is_ended_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that does not react to a polite signal is killed."""
    monkeypatch.setattr(child, "FAREWELL_SECONDS", 0.2)

    with EmbeddedValkey() as valkey:
        pid = valkey.pid
        os.kill(pid, signal.SIGSTOP)

    assert is_gone(pid)


@pytest.mark.proof
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT], ids=lambda how: how.name)
def test_servers_end_with_their_owner(how: signal.Signals) -> None:
    """However the owner ends, its servers end with it and their folders go."""
    with subprocess.Popen([sys.executable, "-c", OWNER], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as owner:
        assert owner.stdout is not None
        left = json.loads(owner.stdout.readline())

        owner.send_signal(how)
        try:
            owner.wait(PATIENCE_SECONDS)
        finally:
            owner.kill()

    until(lambda: all(is_gone(pid) for pid in left["pids"]))
    until(lambda: not any(Path(folder).exists() for folder in left["folders"]))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can tie a process to its parent's death")
def test_a_server_ends_with_its_keeper() -> None:
    """Even a keeper that is killed leaves no server behind."""
    with EmbeddedValkey() as valkey:
        pid = valkey.pid
        psutil.Process(pid).parent().kill()  # type: ignore[union-attr]  # it has a parent: its keeper

        until(lambda: is_gone(pid))


@pytest.mark.proof
def test_the_reason_of_a_failed_start_is_told() -> None:
    """What the server printed stands in the error."""
    with (
        pytest.raises(EmbeddedError, match='"fsync" requires a Boolean'),
        EmbeddedPostgres(settings={"fsync": "maybe"}),
    ):
        pass


def test_folders_of_dead_owners_are_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Making a folder removes those that nobody holds any more, and only those."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    account = UnixUser(os.geteuid(), os.getegid())
    alive, dead = Workspace(account), Workspace(account)
    os.close(dead._lock)

    fresh = Workspace(account)

    assert {path for path in tmp_path.iterdir() if path.name.startswith("lexrelay-")} == {alive.path, fresh.path}


def test_a_folder_that_another_start_sweeps_at_once_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between its making and its lock it looks like one of a dead owner."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    make = tempfile.mkdtemp
    swept: list[str] = []

    def made(*arguments: Any, **named: Any) -> str:
        path = make(*arguments, **named)
        if not swept:
            swept.append(path)
            Path(path).rmdir()
        return path

    monkeypatch.setattr(tempfile, "mkdtemp", made)

    assert Workspace(UnixUser(os.geteuid(), os.getegid())).path.is_dir()


def test_programs_out_of_reach_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No folder on the way is opened for the account; it gets a copy of the package instead."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    package = tmp_path / "home" / "package"
    (package / "bin").mkdir(parents=True)
    (package / "bin" / "program").write_text("it")
    (package / "bin" / "program").chmod(0o755)
    package.parent.chmod(0o700)
    workspace = Workspace(UnixUser(os.geteuid(), os.getegid()))
    workspace._account = UnixUser(os.geteuid() + 1, os.getegid() + 1)

    program = workspace.reachable(package / "bin" / "program", package)

    assert program.is_relative_to(workspace.path)
    assert program.read_text() == "it"
    assert package.parent.stat().st_mode & 0o777 == 0o700
