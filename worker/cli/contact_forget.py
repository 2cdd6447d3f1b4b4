"""The command `lexrelay contact forget`: a customer of a practice asks to be erased."""

import click

from worker.cli.contact import contact
from worker.cli.database import database, settings
from worker.cli.language import Voice, in_language
from worker.cli.options import for_customer, for_practice, recorded
from worker.messages import contact_forget as words
from worker.practice import contact_forget as forgetting


@contact.command()
@for_practice
@for_customer(required=True)
@click.option("--yes", is_flag=True, help="Do not ask.")
@recorded
@in_language
def forget(*, practice: int, customer: int, yes: bool, by: str, why: str | None, say: Voice) -> None:
    """Forget what is kept of a customer's name; ids stay. Lists what a human must do in Lexware."""
    config = settings("database")
    say.agree(words.AGREE(customer=customer), yes=yes)
    with database() as connection:
        say(*forgetting.forget(connection, practice, customer, config.app_url, by=by, why=why))
