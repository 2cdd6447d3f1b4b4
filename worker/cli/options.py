"""How commands choose dead letters: `--practice`, `--reason`, `--group` and `--since`, all of which must hold."""

import functools
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast

import click

from outbox.dead_letters import Filter
from worker.lexware.translate.dates import BERLIN
from worker.messages import reasons

F = TypeVar("F", bound=Callable[..., Any])

HOST_ID = click.IntRange(0, 2**63 - 1)
"""An id as the host's database or ours can hold it."""

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def since(value: str) -> datetime | timedelta:
    """A moment (a day begins at midnight in Berlin), or how long ago; anything else is a usage error (exit code 2)."""
    if ago := re.fullmatch(r"(\d{1,6})([smhd])", value, re.ASCII):
        return timedelta(**{_UNITS[ago[2]]: int(ago[1])})
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(
            f"{value!r} is neither like 2h or 3d nor like 2026-12-31 or 2026-12-31T08:00."
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=BERLIN)


def group(value: str) -> str:
    """A group's name as `dead groups` shows it; anything else is a usage error (exit code 2)."""
    if not re.fullmatch(r"[0-9a-f]{8}", value.lower(), re.ASCII):
        raise click.BadParameter(f"{value!r} is not a group like 1f3a9c07; `lexrelay dead groups` shows them.")
    return value.lower()


def filtered(command: F) -> F:
    """Add the four options and pass them as one `chosen`."""

    @click.option("--practice", type=HOST_ID, metavar="ID", help="Only of this practice.")
    @click.option("--reason", type=click.Choice(sorted(reasons.DEAD)), metavar="REASON", help="Only of this reason.")
    @click.option("--group", type=group, metavar="GROUP", help="Only of this cause, as `dead groups` names it.")
    @click.option("--since", type=since, metavar="TIME", help="Died since: 2h, 3d, 2026-12-31, 2026-12-31T08:00.")
    @functools.wraps(command)
    def narrowed(
        *args: Any, practice: int | None, reason: str | None, group: str | None, since: Any, **more: Any
    ) -> Any:
        chosen = Filter(practice=practice, reason=reason, group=group, since=since)
        return command(*args, chosen=chosen, **more)

    return cast("F", narrowed)
