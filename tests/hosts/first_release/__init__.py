"""A database as the first release (schema 12) left it."""

from pathlib import Path

import psycopg

from outbox import sql

_HERE = Path(__file__).parent
_NEWEST = "0012"
_OUTSIDE = b"-- Outside a transaction"


def migrate(db: psycopg.Connection) -> None:
    """What `lexrelay migrate --reference-practice` of the first release did, on an empty database."""
    for name in ("migration", "role"):
        db.execute(sql.text(f"migrations/{name}.sql"))
    for path in sql.files("migrations"):
        if path.name[:4] <= _NEWEST:
            body = path.read_bytes()
            for statement in body.split(b";\n") if body.startswith(_OUTSIDE) else [body]:
                db.execute(statement)
            db.execute(
                "insert into outbox.migration (name, sha256) values (%s, encode(sha256(%s), 'hex'))", (path.name, body)
            )
    db.execute(sql.text("practice/practice.sql"))
    for path in sorted(_HERE.glob("[0-9]*.sql")):
        db.execute(path.read_bytes())
