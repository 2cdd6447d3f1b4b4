"""The look at the database before a process begins its work."""

import structlog

from outbox.restore import may_work

log = structlog.get_logger()


def look_at_database(url: str) -> None:
    """Refuse one that this program does not fit, or that was restored or cloned; one that is away is waited for.

    Raises SchemaMismatch.
    """
    if why := may_work(url):
        log.warning("run.database_away", reason=why)
