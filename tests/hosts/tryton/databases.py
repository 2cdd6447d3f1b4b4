"""Databases for Tryton that belong to a login which may make neither roles nor databases, as is usual."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
import services
from psycopg import sql

_OURS = ("lexrelay_worker", "lexrelay_daemon", "lexrelay_operator", "lexrelay_host")


@contextmanager
def owner(server_url: str) -> Iterator[str]:
    """The server's URL for such a login. An administrator has made the roles of lexrelay, as `migrate` asks for."""
    name, password = f"lexrelay_test_owner_{secrets.token_hex(4)}", secrets.token_hex(16)
    role = sql.Identifier(name)
    with psycopg.connect(server_url, autocommit=True) as admin:
        admin.execute(sql.SQL("create role {} login nosuperuser nocreaterole password {}").format(role, password))
        for ours in _OURS:
            if admin.execute("select from pg_roles where rolname = %s", (ours,)).fetchone() is None:
                admin.execute(sql.SQL("create role {} nologin").format(sql.Identifier(ours)))
            admin.execute(sql.SQL("grant {} to {} with admin option").format(sql.Identifier(ours), role))
        try:
            parts = urlsplit(server_url)
            yield urlunsplit(parts._replace(netloc=f"{name}:{password}@{parts.hostname}:{parts.port}"))
        finally:
            admin.execute(sql.SQL("drop role {}").format(role))


@contextmanager
def owned_database(server_url: str, owner_url: str) -> Iterator[str]:
    """An empty database of the owner's, by the owner's URL."""
    login = sql.Identifier(urlsplit(owner_url).username or "")
    with services.database(server_url) as url:
        name = urlsplit(url).path.removeprefix("/")
        with psycopg.connect(url, autocommit=True) as admin:
            admin.execute(sql.SQL("alter database {} owner to {}").format(sql.Identifier(name), login))
            admin.execute(sql.SQL("alter schema public owner to {}").format(login))
        yield urlunsplit(urlsplit(owner_url)._replace(path=f"/{name}"))
