"""A copy of the files of a server, not of a database: a snapshot of a disk, a base backup."""

import shutil
from uuid import uuid4

import psycopg
from practice import Practice

from outbox.errors import SchemaMismatch
from outbox.migrate import migrate
from outbox.restore import may_work
from worker.embedded import EmbeddedPostgres


def test_a_copy_of_the_files_is_known_as_one() -> None:
    """Same system identifier, same name, same oid; only a human, or a witness outside of the database, can know."""
    with EmbeddedPostgres() as original:
        migrate(original.url(), reference_practice=True)
        with psycopg.connect(original.url(), autocommit=True) as db:
            Practice(db).switch_on(str(uuid4()), "key")
        original.stop()
        with EmbeddedPostgres() as copy:
            copy.stop()
            shutil.rmtree(copy._data)
            shutil.copytree(original._data, copy._data)
            shutil.copystat(original._data, copy._data)
            copy._password = original._password
            copy._workspace.hand_over()
            copy.start()
            try:
                may_work(copy.url())
            except SchemaMismatch:
                return
    raise AssertionError("the copy works as if it were the original")
