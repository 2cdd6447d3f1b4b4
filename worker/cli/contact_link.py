"""The command `lexrelay contact link`: one customer, or many from a file. Ids and numbers only."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from worker.cli.contact import contact
from worker.cli.database import database, settings
from worker.cli.fields import show_fields
from worker.cli.language import Voice, in_language
from worker.cli.options import for_customer, for_practice, recorded
from worker.cli.output import Failure
from worker.lexware.command_client import CommandClient
from worker.lexware.explain import explained
from worker.messages import Sentence, usage
from worker.messages import contact_file as words
from worker.practice import practices
from worker.practice.contact_file import Done, read, work_off
from worker.practice.contact_link import ContactLinker


@contact.command()
@for_practice
@click.argument("value", required=False)
@for_customer(required=False)
@click.option("--csv", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Many at once.")
@click.option("--force", is_flag=True, help="Link although the name differs or another customer has the contact.")
@click.option("--dry-run", is_flag=True, help="Check everything, store nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@recorded
@in_language
def link(
    *,
    practice: int,
    value: str | None,
    customer: int | None,
    file: Path | None,
    force: bool,
    dry_run: bool,
    yes: bool,
    by: str,
    why: str | None,
    say: Voice,
) -> None:
    """Link a customer with a contact: VALUE is its id, the address of its page, or its Lexware customer number.

    With --csv every line of a file, with the columns customer (or customer_number) and value.
    """
    if (file is None) in (customer is None, value is None):
        raise click.UsageError(say.words(usage.EITHER_CUSTOMER_OR_FILE()))
    config = settings("database", "secrets")
    with database() as connection:
        practices.find(connection, practice)
        lexware = CommandClient(connection, config, practice, waiting=say.waiting).lexware()
        linker = ContactLinker(
            connection, lexware, config.app_url, practice, force=force, dry_run=dry_run, by=by, why=why
        )
        if file is not None:
            _link_file(linker, file, say, yes=yes)
        elif customer is not None and value is not None:
            with explained():
                linked = linker.store(linker.check(customer, value))
            say(*linked.said)


def _link_file(linker: ContactLinker, file: Path, say: Voice, *, yes: bool) -> None:
    entries = read(file.read_bytes())
    if len(entries) > 1 and not linker.dry_run:
        say.agree(words.MANY(count=len(entries)), yes=yes)
    done = list(work_off(linker, say.progress(entries, words.LINKING())))
    show_fields(words.DONE, ({name: getattr(each, name) for name in words.DONE} for each in done), say)
    say(*(words.IN_LINE(line=each.line, said=sentence) for each in done for sentence in each.said))
    say(_summary(done))
    if failed := [each.line for each in done if each.result == "failed"]:
        raise Failure(say.words(words.SOME_FAILED(lines=failed)))


def _summary(done: Sequence[Done]) -> Sentence:
    count = Counter(each.result for each in done)
    text = words.SUMMARY_OF_DRY_RUN if count["would_link"] else words.SUMMARY
    return text(
        linked=count["linked"] + count["would_link"],
        unchanged=count["unchanged"],
        skipped=count["skipped"],
        failed=count["failed"],
    )
