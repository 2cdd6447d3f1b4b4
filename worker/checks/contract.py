"""Does the practice software show what the contract promises: views with all their columns, and the trigger."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from outbox import sql
from outbox.db import Connection
from outbox.sql import query
from worker.checks.finding import Finding, failure, ok, warning

_COMMENT = re.compile(r"^comment on column contract\.(\w+)\.(\w+) is", re.MULTILINE)
_MIGRATE = "Adapt sql/contract to the practice software, then run `lexrelay migrate`."


@cache
def promised() -> dict[str, frozenset[str]]:
    """The columns of each view: those that sql/contract comments on, which is every one."""
    views = defaultdict(set)
    for view, column in _COMMENT.findall(sql.text("contract/10_views.sql").decode()):
        views[view].add(column)
    return {view: frozenset(columns) for view, columns in views.items()}


def views(connection: Connection) -> Iterator[Finding]:
    """Every promised column is there and explained, and nothing is shown beyond them."""
    rows = connection.execute(query("check.contract")).fetchall()
    shown = {(row["view"], row["column"]) for row in rows}
    wanted = {(view, column) for view, columns in promised().items() for column in columns}
    if missing := _names(wanted - shown):
        yield failure("contract", f"The contract lacks {missing}.", _MIGRATE)
    if beyond := _names({(view, column) for view, column in shown - wanted if view in promised()}):
        yield warning(
            "contract", f"The contract shows more than lexrelay reads: {beyond}.", "Take it out of the views."
        )
    if silent := _names({(row["view"], row["column"]) for row in rows if not row["has_comment"]} & wanted):
        yield warning("contract", f"Without a comment: {silent}.", "Say in `comment on column` what they hold.")
    if not missing and not beyond and not silent:
        yield ok("contract", f"The views {', '.join(promised())} have all their columns.")


def leaks(connection: Connection) -> Iterator[Finding]:
    """The worker may ask whether a text holds a birth date or an insurance number."""
    row = connection.execute(query("check.leaks")).fetchone()
    if row and row["allowed"]:
        yield ok("privacy", "contract.leaks can be asked.")
    else:
        yield failure("privacy", "contract.leaks is missing, or the worker may not ask it.", "Run `lexrelay migrate`.")


def trigger(connection: Connection) -> Iterator[Finding]:
    """Completed documents write their events themselves."""
    rows = connection.execute(query("check.trigger")).fetchall()
    if not rows:
        yield failure("trigger", "The trigger lexrelay_document_completed is missing.", "Run `lexrelay migrate`.")
    for row in rows:
        if not row["enabled"]:
            yield failure(
                "trigger",
                f"The trigger on {row['table']} is disabled: only the safety net finds what is completed, a minute late.",
                f"alter table {row['table']} enable trigger lexrelay_document_completed;",
            )
        elif not row["deferred"]:
            yield failure(
                "trigger", f"The trigger on {row['table']} is not deferred.", "Drop it, then run `lexrelay migrate`."
            )
        else:
            yield ok("trigger", f"The trigger on {row['table']} is enabled.")


def _names(columns: set[tuple[str, str]]) -> str:
    return ", ".join(sorted(f"contract.{view}.{column}" for view, column in columns))
