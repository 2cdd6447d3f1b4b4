"""The views of a folder that is not applied, made for the rehearsal in a schema of its own.

In a database that was never migrated, or not by this release, our own tables are brought up to date for the rehearsal as
well. What is made is gone when the transaction is rolled back.
"""

from collections.abc import Iterator

import psycopg

from outbox import sql
from worker.host import roles
from worker.host.columns import VIEWS
from worker.host.errors import HostError
from worker.host.folder import PREPARE, Folder
from worker.host.names import as_the_host_means
from worker.host.views import definition
from worker.messages import host_findings as words
from worker.rehearsal.description import fails
from worker.rehearsal.findings import Finding, of_description
from worker.rehearsal.stage import CONTRACT, Stage, sqlstate

_OUTSIDE = b"concurrently "
#: What of ours the views and the reading of a document ask, and what asks no view itself.
_ASKED = ("10_id.sql", "15_covering.sql")
#: What a host that knows nothing private says about it.
_NOBODY = "select null::bigint as document_id where false"


def make_tables(stage: Stage) -> None:
    """What the numbered migrations would make that are missing, if any. Raises HostError when only an administrator can."""
    applied = (
        [] if stage.one("host_check.schema")["is_new"] else [row["name"] for row in stage.rows("host_check.applied")]
    )
    missing = [path for path in sql.files("migrations") if path.name not in applied]
    if not missing:
        return
    roles.require(stage.connection)
    roles.create(stage.connection)
    stage.connection.execute(sql.text("migrations/migration.sql"))
    for path in missing:
        stage.connection.execute(path.read_bytes().replace(_OUTSIDE, b""))
    for name in _ASKED:
        stage.connection.execute(sql.text(f"contract/{name}"))


def prepare(stage: Stage, folder: Folder) -> Iterator[Finding]:
    """What the host's own statements say."""
    try:
        with stage.trying(), as_the_host_means(stage.connection):
            stage.connection.execute((folder.select(PREPARE) or "").encode())
    except psycopg.Error as error:
        told = {"view": "prepare", "sqlstate": sqlstate(error), "error": error.diag.message_primary}
        yield of_description("select_fails", "prepare", 1, what=words.FAILS_AT_ALL(**told))


def make_views(stage: Stage, folder: Folder) -> Iterator[Finding]:
    """The views, and the leak check that looks at them; what is wrong is told, and then there are none."""
    stage.connection.execute(f"create schema {stage.schema}".encode())
    for view in VIEWS:
        select = folder.select(view.file) or _NOBODY
        try:
            body = definition(stage.connection, view, select)
        except HostError as error:
            yield fails(view.name, error)
        else:
            with as_the_host_means(stage.connection):
                stage.connection.execute(f"create view {stage.schema}.{view.name} as {body}".encode())
    leaks = sql.text("contract/20_leaks.sql").replace(CONTRACT.encode() + b".", stage.schema.encode() + b".")
    stage.connection.execute(leaks)
