"""Which role a session works in: the first of ours that its login may take on, whatever else the login may do.

`lexrelay_worker` is for daemon and commands by one login. Two logins are narrower: one that is a member of
`lexrelay_daemon` only delivers and gives no operator's orders, one of `lexrelay_operator` only orders and delivers nothing
(`sql/migrations/grants.sql`).
"""

from typing import LiteralString

WORKER, DAEMON, OPERATOR = "lexrelay_worker", "lexrelay_daemon", "lexrelay_operator"
#: In the order in which they are taken on.
ROLES = (WORKER, DAEMON, OPERATOR)
_TAKE: LiteralString = (
    "select pg_catalog.set_config('role', chosen.name, {local}) from ("
    "select ours.name from pg_catalog.unnest(array['lexrelay_worker', 'lexrelay_daemon', 'lexrelay_operator']) "
    "with ordinality as ours (name, place) join pg_catalog.pg_roles r on r.rolname operator(pg_catalog.=) ours.name "
    "where pg_catalog.pg_has_role(session_user, r.oid, '{right}') order by ours.place limit 1) chosen"
)


def take(version: int, *, local: bool = False) -> LiteralString:
    """The statement by which a session takes its role on, on a server of this version; no row: it may take none."""
    right: LiteralString = "set" if version >= 160000 else "member"
    of_transaction: LiteralString = "true" if local else "false"
    return _TAKE.format(local=of_transaction, right=right)
