"""Debian's PgBouncer before a PostgreSQL, started as the embedded servers are."""

import signal
import socket
from typing import Literal

import psycopg
from psycopg.conninfo import conninfo_to_dict

from worker.lab.embedded.server import EmbeddedServer

from .servers import debian

_SETTINGS = """[databases]
{dbname} = host={host} port={behind}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
auth_type = trust
auth_file = {users}
pool_mode = {mode}
default_pool_size = {sessions}
unix_socket_dir =
"""


#: In session mode each of our connections has one of its own; in transaction mode a few are for all.
_SESSIONS = {"session": 40, "transaction": 4}


class PgBouncer(EmbeddedServer):
    """Every client's way to one database, in few sessions."""

    name = "PgBouncer"
    crash_signal = signal.SIGKILL

    def __init__(self, url: str, mode: Literal["session", "transaction"]) -> None:
        super().__init__()
        self._behind, self._mode = conninfo_to_dict(url), mode

    @property
    def url(self) -> str:
        """The same database, user and password by this way."""
        return "postgresql://{user}:{password}@127.0.0.1:{at}/{dbname}".format(**self._behind, at=self.port)

    def _prepare(self) -> None:
        package, program = debian("pgbouncer")
        self._binary = self._workspace.reachable(program, package)
        users = self._workspace.write("users.txt", '"{user}" "{password}"\n'.format(**self._behind))
        self._port = _free_port()  # it knows no option for it
        told = {**self._behind, "behind": self._behind["port"], "port": self._port, "users": users, "mode": self._mode}
        told["sessions"] = _SESSIONS[self._mode]
        self._settings = self._workspace.write("pgbouncer.ini", _SETTINGS.format(**told))
        self._workspace.hand_over()

    def _command(self, port: int) -> list[str]:
        return [str(self._binary), str(self._settings)]

    def _answers(self, port: int) -> bool:
        try:
            psycopg.connect(self.url, connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
    return port
