"""Options and arguments that commands share: `--json`, `--by`, `--practice`, how dead letters are chosen, days, numbers.

Reading commands take `--json` (one document on stdout); changing commands take `--by` and `--why` and are recorded.
What cannot be understood is a usage error (exit code 2).
"""

import functools
import getpass
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, TypeVar, cast

import click

from outbox.db import Connection
from outbox.dead_letters import Filter
from worker.cli.database import database
from worker.cli.help_page import lang, usage
from worker.cli.output import Failure
from worker.host import keys
from worker.lexware.translate.dates import BERLIN
from worker.messages import reasons
from worker.messages import usage as words
from worker.messages.host import NO_SUCH_KEY

F = TypeVar("F", bound=Callable[..., Any])

HOST_ID = click.IntRange(0, 2**63 - 1)
"""An id as the host's database or ours can hold it."""

_FIRST_YEAR, _LAST_YEAR = 2000, 2199
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def as_json(command: F) -> F:
    """Add `--json` (parameter `as_json`)."""
    return click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")(command)


def recorded(command: F) -> F:
    """Add `--by` and `--why` (parameters `by`, `why`), which are kept in the history."""
    command = click.option("--why", help="The reason, kept in the history.")(command)
    return click.option(
        "--by", default=_os_user, show_default="the OS user", help="Who does this, kept in the history."
    )(command)


def for_practice(command: F) -> F:
    """Add `--practice ID` (parameter `practice`), required: the host's number or key."""
    return click.option(
        "--practice", callback=practice_id, required=True, metavar="ID", help="The host's id of the practice."
    )(command)


def for_customer(*, required: bool) -> Callable[[F], F]:
    """Add `--customer ID` (parameter `customer`): the host's number or key."""
    return click.option(
        "--customer", callback=_customer_id, required=required, metavar="ID", help="The host's id of the customer."
    )


def limited(command: F) -> F:
    """Add `--limit N` (parameter `limit`)."""
    return click.option("--limit", type=click.IntRange(min=1), metavar="N", help="The newest N only.")(command)


def practice_id(context: click.Context, _: click.Parameter, typed: str | None) -> int | None:
    """The number of the practice that was typed. Raises Failure when the host knows no such key."""
    return _number(context, typed, keys.practice_of)


def _customer_id(context: click.Context, _: click.Parameter, typed: str | None) -> int | None:
    return _number(context, typed, keys.customer_of)


def _number(context: click.Context, typed: str | None, of_key: Callable[[Connection, str], int | None]) -> int | None:
    """What was typed as the host's own key, which may be made of digits as well, or else as its number."""
    if typed is None or context.resilient_parsing:  # a shell that completes the line asks no database
        return None
    with database() as connection:
        found = of_key(connection, _readable(typed))
    number = keys.as_number(typed) if found is None else found
    if number is None:
        raise Failure(NO_SUCH_KEY(key=typed).said_in(lang()))
    return number


def document_number(command: F) -> F:
    """Add the argument NUMBER (parameter `number`)."""
    return click.argument("number", type=_readable)(command)


def day(value: str) -> date:
    """A calendar day like 2026-12-31."""
    try:
        found = date.fromisoformat(value) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII) else None
    except ValueError:
        found = None
    if found is None or not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise click.BadParameter(usage(words.NO_DAY(value=repr(value))))
    return found


def month(value: str) -> date:
    """The first day of a calendar month like 2026-12."""
    try:
        return day(f"{value}-01")
    except click.BadParameter:
        raise click.BadParameter(usage(words.NO_MONTH(value=repr(value)))) from None


def since(value: str) -> datetime | timedelta:
    """A moment (a day begins at midnight in Berlin), or how long ago."""
    if ago := re.fullmatch(r"(\d{1,6})([smhd])", value, re.ASCII):
        return timedelta(**{_UNITS[ago[2]]: int(ago[1])})
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(usage(words.NO_MOMENT(value=repr(value)))) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=BERLIN)


def group(value: str) -> str:
    """A group's name as `dead groups` shows it."""
    if not re.fullmatch(r"[0-9a-f]{8}", value.lower(), re.ASCII):
        raise click.BadParameter(usage(words.NO_GROUP(value=repr(value))))
    return value.lower()


def filtered(command: F) -> F:
    """Add `--practice`, `--reason`, `--group` and `--since`, all of which must hold, and pass them as one `chosen`."""

    @click.option("--practice", callback=practice_id, metavar="ID", help="Only of this practice.")
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


def _readable(typed: str) -> str:
    """Bytes that are no text become `?`: the database could not even be asked for them."""
    return typed.encode(errors="replace").decode()


def _os_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
