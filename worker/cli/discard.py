"""The command discard: dead letters closed for good."""

from uuid import UUID

import click

from worker.cli import main
from worker.cli.database import database, settings
from worker.cli.event_ids import letters_of
from worker.cli.language import Voice, in_language
from worker.cli.options import HOST_ID, as_json, recorded
from worker.cli.output import show_json
from worker.messages import Sentence
from worker.messages import dead_letters as words
from worker.operations import discard as operations
from worker.operations.discard import Discarded
from worker.operations.named import Named

#: So many documents the question names.
_NAMED = 10


@main.command()
@click.argument("event_ids", nargs=-1, type=HOST_ID, required=True, metavar="EVENT_ID...")
@click.option("--remote-id", type=click.UUID, help="What the one document is in Lexware; it was settled by hand.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@recorded
@as_json
@in_language
def discard(
    *,
    event_ids: tuple[int, ...],
    remote_id: UUID | None,
    yes: bool,
    by: str,
    why: str | None,
    as_json: bool,
    say: Voice,
) -> None:
    """Close dead letters for good, with a reason (--why)."""
    if not (why or "").strip():
        raise click.UsageError(say.words(words.WHY_NEEDED()))
    if remote_id is not None and len(set(event_ids)) > 1:
        raise click.UsageError(say.words(words.ONE_EVENT()))
    config = settings("database") if remote_id is None else settings("database", "secrets")
    with database() as connection:
        found = letters_of(connection, event_ids, config.app_url, say, as_json=as_json)
        numbers = [letter.number or letter.event_id for letter in found[:_NAMED]]
        say.agree(words.AGREE_DISCARD(count=len(found), numbers=numbers), yes=yes)
        named = Named(lexware_id=remote_id, config=config, waiting=say.waiting) if remote_id else None
        done = operations.discard(connection, found, named, by=by, why=str(why))
    if as_json:
        return show_json([one.to_json() for one in done])
    return say(*(_said(one, config.app_url) for one in done))


def _said(one: Discarded, app_url: str) -> Sentence:
    of = {"event_id": one.letter.event_id, "number": one.letter.number}
    if not one.is_closed:
        return words.DISCARD_LATE(**of)
    url = one.url(app_url)
    return words.DISCARDED_AS(url=url, **of) if url else words.DISCARDED(**of)
