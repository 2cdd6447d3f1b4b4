"""A later release of lexrelay: this one with two migrations more, a nullable column and an index on `outbox.event`."""

import shutil
from pathlib import Path

from outbox import sql
from outbox.migrate import SCHEMA

#: The schema of the later release, and what it applies.
LATER = SCHEMA + 2
COLUMN, INDEX = f"{SCHEMA + 1:04d}_later_column.sql", f"{LATER:04d}_later_index.sql"
_BODIES = {
    COLUMN: """-- What a later release keeps of an event.

alter table outbox.event add column later text;
comment on column outbox.event.later is 'Only of a later release.';
""",
    INDEX: """-- Outside a transaction: outbox.event is written to all the time.

drop index concurrently if exists outbox.event_later;
create index concurrently event_later on outbox.event (later, created_at);
""",
}


def copy_sql(folder: Path) -> Path:
    """The folder `sql/` of the later release, made below this folder."""
    copy = shutil.copytree(sql.ROOT, folder / "sql")
    for name, body in _BODIES.items():
        (copy / "migrations" / name).write_text(body, encoding="utf-8")
    return copy
