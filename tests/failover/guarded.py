"""A Valkey with a replica and three Sentinels, which make it the master when the other is gone."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import redis
from polling import until

from worker.lab.embedded import EmbeddedValkey

SERVICE = "lexrelay"
#: How long a master must be silent until a Sentinel believes that it is gone. Their default is 30 s.
DOWN_AFTER_MS = 2000


class Replica(EmbeddedValkey):
    """A copy of a Valkey, and itself one that can be copied."""

    def __init__(self, master: EmbeddedValkey | None, password: str) -> None:
        super().__init__()
        self._password, self._master = password, master

    def _command(self, port: int) -> list[str]:
        copies = () if self._master is None else ("--replicaof", f"127.0.0.1 {self._master.port}")
        return [*super()._command(port), "--masterauth", self._password, *copies]


class Sentinel(EmbeddedValkey):
    """One of those that watch a master and agree by two."""

    name = "the embedded Sentinel"

    def __init__(self, master: EmbeddedValkey, password: str) -> None:
        super().__init__()
        self._watched, self._password_of_it = master, password

    def _prepare(self) -> None:
        super()._prepare()
        self._config.write_text(
            f"bind 127.0.0.1\nrequirepass {self._password}\nsentinel sentinel-pass {self._password}\n"
            f"sentinel monitor {SERVICE} 127.0.0.1 {self._watched.port} 2\n"
            f"sentinel auth-pass {SERVICE} {self._password_of_it}\n"
            f"sentinel down-after-milliseconds {SERVICE} {DOWN_AFTER_MS}\nsentinel failover-timeout {SERVICE} 10000\n"
        )

    def _command(self, port: int) -> list[str]:
        return [*super()._command(port), "--sentinel"]

    def ask(self, *command: str) -> object:
        """What it answers to a command."""
        with redis.Redis.from_url(f"redis://:{self._password}@127.0.0.1:{self.port}", decode_responses=True) as client:
            return client.execute_command(*command)


@dataclass
class Guarded:
    """The two servers, and the address that names their Sentinels."""

    master: EmbeddedValkey
    replica: EmbeddedValkey
    url: str


@contextmanager
def guarded() -> Iterator[Guarded]:
    """Start all five, and wait until the Sentinels know each other and the replica."""
    with ExitStack() as stack:
        password, sentinels_own = "b2JlZGllbmNl", "d2F0Y2hmdWw"
        master = stack.enter_context(Replica(None, password))
        replica = stack.enter_context(Replica(master, password))
        watchers = [Sentinel(master, password) for _ in range(3)]
        for watcher in watchers:
            watcher._password = sentinels_own
            stack.enter_context(watcher)
        until(lambda: all(_knows_all(watcher) for watcher in watchers), seconds=30, every=0.2)
        hosts = ",".join(f"127.0.0.1:{watcher.port}" for watcher in watchers)
        yield Guarded(
            master, replica, f"redis+sentinel://:{password}@{hosts}/{SERVICE}/0?sentinel_password={sentinels_own}"
        )


def _knows_all(watcher: Sentinel) -> bool:
    about = watcher.ask("SENTINEL", "MASTER", SERVICE)
    assert isinstance(about, dict)
    return int(about["num-slaves"]) == 1 and int(about["num-other-sentinels"]) == 2
