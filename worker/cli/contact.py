"""Commands `lexrelay contact …`: which customer is which contact in Lexware ("Lex Office Kontakt ID").

Ids and numbers only; the one command that shows persons is `suggest`, which is recorded.
"""

from collections.abc import Sequence

import click

from outbox.db import Connection, Row
from worker.cli import main
from worker.cli.database import database, settings
from worker.cli.fields import id_of, show_fields
from worker.cli.language import Voice, in_language
from worker.cli.options import as_json, for_customer, for_practice, recorded
from worker.cli.output import Failure, show_json, show_table
from worker.lexware.command_client import CommandClient
from worker.lexware.explain import explained
from worker.messages import contact_list, contact_suggest
from worker.practice import contact_link as linking
from worker.practice import contact_list as listing
from worker.practice import contact_suggest as suggesting
from worker.practice import practices
from worker.practice.contact_suggest import Search, Suggestion


@main.group()
def contact() -> None:
    """Link customers of a practice with their contacts in Lexware."""


@contact.command()
@for_practice
@for_customer(required=True)
@recorded
@in_language
def unlink(*, practice: int, customer: int, by: str, why: str | None, say: Voice) -> None:
    """End a customer's link; the next document looks for a contact anew."""
    with database() as connection:
        say(*linking.unlink(connection, practice, customer, by=by, why=why))


@contact.command("list")
@for_practice
@click.option(
    "--check", is_flag=True, help="Ask Lexware for each contact: is it still there, a customer, not archived?"
)
@as_json
@in_language
def list_(*, practice: int, check: bool, as_json: bool, say: Voice) -> None:
    """All links that hold, by ids and numbers. With --check exit code 1 when a contact cannot be used any more."""
    with database() as connection:
        practices.find(connection, practice)
        rows = listing.links(connection, practice)
        if check:
            rows = _check(connection, practice, rows, say)
    if as_json:
        show_json([listing.to_json(row) for row in rows])
    elif rows:
        labels = contact_list.LINKS | contact_list.CHECKED if check else contact_list.LINKS
        show_fields(labels, [row | {"linked_at": say.value(row["linked_at"])} for row in rows], say)
    else:
        say(contact_list.NO_LINKS())
    if check and (unusable := [row["customer_id"] for row in rows if listing.is_unusable(row)]):
        raise Failure(say.words(contact_list.UNUSABLE(customers=unusable)))


@contact.command()
@for_practice
@recorded
@as_json
@in_language
def suggest(*, practice: int, by: str, why: str | None, as_json: bool, say: Voice) -> None:
    """Show, with names, whom in Lexware the customers without a link may be."""
    config = settings("database", "secrets")
    with database() as connection:
        found = practices.find(connection, practice)
        lexware = CommandClient(connection, config, practice, waiting=say.waiting).lexware()
        customers = suggesting.unlinked(connection, practice, by=by, why=why)
        search = Search(connection, lexware, practice, found.lines)
        with explained():
            suggestions = [search.suggest(each) for each in say.progress(customers, contact_suggest.SEARCHING())]
    if as_json:
        return show_json([each.to_json(config.app_url) for each in suggestions])
    return _show_suggestions(practice, suggestions, say)


def _check(connection: Connection, practice: int, rows: list[Row], say: Voice) -> list[Row]:
    lexware = CommandClient(connection, settings("database", "secrets"), practice, waiting=say.waiting).lexware()
    with explained():
        return [listing.checked(lexware, row) for row in say.progress(rows, contact_list.CHECKING())]


def _show_suggestions(practice: int, suggestions: Sequence[Suggestion], say: Voice) -> None:
    """A line for each candidate; customers without any are counted."""
    if not suggestions:
        return say(contact_suggest.NOBODY_TO_SUGGEST())
    lines: list[list[object]] = [
        [
            id_of(each.payer.customer_id, each.host_key),
            suggesting.person(each.payer),
            one.contact.id,
            suggesting.person(one.contact),
            say.words(contact_suggest.MATCHES[one.match]()),
            ", ".join(say.words(contact_suggest.HINTS[hint]()) for hint in one.hints),
        ]
        for each in suggestions
        for one in each.candidates
    ]
    if lines:
        show_table([say.words(column()) for column in contact_suggest.SUGGESTED.values()], lines)
        say(contact_suggest.HOW_TO_LINK(practice=practice))
    if alone := sum(not each.candidates for each in suggestions):
        say(contact_suggest.NO_CANDIDATES(count=alone))
    return None
