"""A standby of the embedded PostgreSQL: it streams what the primary commits, until it is promoted."""

import psycopg
from polling import until

from worker.lab.embedded import EmbeddedPostgres
from worker.lab.embedded.postgres import USER


class Standby(EmbeddedPostgres):
    """A copy of a running primary that is told of each commit before the client is: what was acknowledged, it has."""

    name = "the embedded standby"

    def __init__(self, primary: EmbeddedPostgres) -> None:
        super().__init__(settings=primary._settings)
        self._primary, self._password = primary, primary._password

    def _prepare(self) -> None:
        secrets = self._workspace.write("pgpass", f"127.0.0.1:{self._primary.port}:*:{USER}:{self._password}\n")
        secrets.chmod(0o600)
        package, program = self._installed()
        self._programs = self._workspace.reachable(program, package).parent
        self._data = self.folder / "data"
        self._workspace.hand_over()
        source = f"host=127.0.0.1 port={self._primary.port} user={USER} passfile={secrets} application_name=standby"
        self._run([str(self._programs / "pg_basebackup"), "-d", source, "-D", str(self._data), "-R", "-c", "fast"])

    def synchronous(self) -> None:
        """From here on a commit waits for this copy."""
        with psycopg.connect(self._primary.url(), autocommit=True) as primary:
            primary.execute("alter system set synchronous_standby_names = 'standby'")
            primary.execute("select pg_reload_conf()")
            state = "select from pg_stat_replication where sync_state = 'sync'"
            until(lambda: primary.execute(state).fetchone() is not None, seconds=20)

    def promote(self) -> None:
        """It becomes the primary, on a timeline of its own; returns when it takes writes."""
        with psycopg.connect(self.url(), autocommit=True) as standby:
            assert standby.execute("select pg_promote()").fetchone() == (True,)

    def both(self) -> str:
        """The address by which whoever of the two takes writes is found."""
        hosts = f"127.0.0.1:{self._primary.port},127.0.0.1:{self.port}"
        return f"postgresql://{USER}:{self._password}@{hosts}/postgres?target_session_attrs=read-write"
