"""What a session of ours depends on, said to it in spite of what database, role and environment would have it be.

A date in German order, a search path that begins with somebody's schema or a statement that ends after ten milliseconds
would each lose a guarantee, so every connection is told before its first query. What cannot be set is refused by name.
The statements are plain `set`s: nothing that a search path could redirect runs before it is pinned.
"""

import os
from collections.abc import Mapping
from typing import LiteralString

import psycopg
from psycopg.conninfo import conninfo_to_dict

from outbox.errors import UnsuitableDatabase

#: Everything the text of a value, the meaning of a statement or the length of its life hangs on. The time zone is the
#: host's to choose: its views may rest on it, ours never do.
PINNED: Mapping[LiteralString, LiteralString] = {
    "search_path": "pg_catalog, pg_temp",
    "standard_conforming_strings": "on",
    "datestyle": "'ISO, YMD'",
    "intervalstyle": "'postgres'",
    "extra_float_digits": "1",
    "bytea_output": "'hex'",
    "xmlbinary": "'base64'",
    "array_nulls": "on",
    "transform_null_equals": "off",
    "row_security": "on",
    "plpgsql.extra_errors": "'none'",
    "default_transaction_isolation": "'read committed'",
    "default_transaction_deferrable": "off",
    "statement_timeout": "0",
    "lock_timeout": "0",
    "idle_in_transaction_session_timeout": "0",
    "idle_session_timeout": "0",
}
_SINCE_17: Mapping[LiteralString, LiteralString] = {"transaction_timeout": "0"}
#: Views are relations of others, too; the setting came with these minor releases, and is in all later major ones.
_ALL_RELATIONS: Mapping[LiteralString, LiteralString] = {"restrict_nonsystem_relation_kind": "''"}
_ALL_RELATIONS_SINCE = {14: 13, 15: 8, 16: 4}
#: Those that could end a session before it is told anything, as an address says it.
_LASTING = " ".join(f"-c {name}=0" for name in PINNED if name.endswith("_timeout"))
#: Variables by which libpq would change what a session does, or the server that DATABASE_URL names. Those that only fill
#: in what an address leaves out (PGPASSFILE, PGSSLROOTCERT, …) keep their meaning.
_MEDDLING = (
    "PGOPTIONS", "PGCLIENTENCODING", "PGDATESTYLE", "PGTZ", "PGGEQO", "PGSERVICE", "PGSERVICEFILE", "PGHOSTADDR",
    "PGTARGETSESSIONATTRS", "PGAPPNAME", "PGCONNECT_TIMEOUT",
)  # fmt: skip
#: In these a text has no known letters, or none that UTF-8 could be made of.
_UNUSABLE = ("SQL_ASCII", "MULE_INTERNAL")
#: What we commit survives a crash of the server, however careless the host is: a lost intent is a second POST.
DURABLE: LiteralString = (
    "select pg_catalog.set_config('synchronous_commit', 'on', {}) "
    "where pg_catalog.current_setting('synchronous_commit') = 'off'"
)
_TRIGGERS_FIRE: LiteralString = "select pg_catalog.current_setting('session_replication_role') as role"


def forget_environment() -> None:
    """Take the variables away that would meddle with every session of this process. Safe to repeat."""
    for name in _MEDDLING:
        os.environ.pop(name, None)


def statements(version: int, scope: LiteralString = "") -> LiteralString:
    """The `set`s for a server of this version; `scope` may be `local`."""
    major, minor = divmod(version, 10_000)
    pinned = {**PINNED, **(_SINCE_17 if major >= 17 else {})}
    if minor >= _ALL_RELATIONS_SINCE.get(major, 0):
        pinned |= _ALL_RELATIONS
    return "; ".join(f"set {scope} {name} = {value}" for name, value in pinned.items())


def lasting(url: str, version: int) -> str:
    """The options with which a server of this version gives a session that lasts, those of the address among them."""
    since_17 = " ".join(f"-c {name}=0" for name in _SINCE_17) if version >= 170_000 else ""
    return f"{conninfo_to_dict(url).get('options') or ''} {_LASTING} {since_17}".strip()


def pin(connection: "psycopg.Connection[dict[str, object]]") -> None:
    """Tell this session what it is to be, in one round trip. Raises UnsuitableDatabase for what cannot be."""
    encoding = connection.info.parameter_status("server_encoding")
    if encoding in _UNUSABLE:
        raise UnsuitableDatabase(
            f"The database's encoding is {encoding}, in which nobody knows what a letter is. Make it anew in UTF8."
        )
    try:
        told = connection.execute(
            f"{statements(connection.info.server_version)}; {DURABLE.format('false')}; {_TRIGGERS_FIRE}", prepare=False
        )
        while told.nextset():
            pass
        row = told.fetchone()
        if row is not None and row["role"] != "origin":
            connection.execute("set session_replication_role = origin")
    except (psycopg.errors.InsufficientPrivilege, psycopg.errors.InvalidParameterValue) as error:
        raise UnsuitableDatabase(
            f"A setting that lexrelay depends on is fixed to something else ({error.diag.message_primary}). "
            "Take it from the database or the role with `alter … reset`."
        ) from error
