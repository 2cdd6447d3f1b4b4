"""Commands `lexrelay practice …`: how practices stand. What changes them stands in the modules of that name beside this."""

from worker.cli import main
from worker.cli.database import database
from worker.cli.fields import field, id_of
from worker.cli.language import Voice, in_language
from worker.cli.options import as_json, for_practice
from worker.cli.output import show_json, show_table
from worker.messages import practice as words
from worker.practice import practices
from worker.practice.practices import Practice

_LISTED = ("name", "plan", "connection", "pause_reason", "company_name", "ends_on", "key_expires_on")


@main.group()
def practice() -> None:
    """Order, connect, switch on and pause the transfer of a practice."""


@practice.command("list")
@as_json
@in_language
def list_(*, as_json: bool, say: Voice) -> None:
    """All practices of the practice software, and how each stands."""
    with database() as connection:
        everyone = practices.everyone(connection)
    if as_json:
        return show_json([each.to_json() for each in everyone])
    columns = ["ID", *(say.words(words.FACTS[name]()) for name in _LISTED)]
    show_table(
        columns,
        [
            [id_of(each.practice_id, each.host_key), *(_fields(each, say)[name] for name in _LISTED)]
            for each in everyone
        ],
    )
    for each in everyone:
        say.aside(*practices.expiring(each))
    return None


@practice.command()
@for_practice
@as_json
@in_language
def show(*, practice: int, as_json: bool, say: Voice) -> None:
    """One practice: settings, booking, key, and what is missing for the transfer to run."""
    with database() as connection:
        found = practices.find(connection, practice)
    if as_json:
        return show_json(found.to_json())
    fields = _fields(found, say)
    show_table(
        ["ID", id_of(practice, found.host_key)],
        [[say.words(words.FACTS[name]()), value] for name, value in fields.items() if value],
    )
    say(*practices.standing(found))
    say.aside(*practices.expiring(found))
    return None


def _fields(practice: Practice, say: Voice) -> dict[str, str]:
    """What is known of a practice, by the names of `words.FACTS`."""
    row = practice.to_json()
    row |= row["booking"] or {}
    return {name: field(name, row.get(name), say) for name in words.FACTS}
