"""The command replay: the plan first, then the deed, then what came of it."""

from collections.abc import Sequence

import click

from outbox import canary
from outbox.db import Connection
from outbox.dead_letters import Filter
from worker.cli import main
from worker.cli.database import database, settings
from worker.cli.event_ids import letters_of
from worker.cli.language import Voice, in_language
from worker.cli.options import HOST_ID, as_json, filtered, recorded
from worker.cli.output import Failure, show_json
from worker.cli.replay_page import show_plan, show_results
from worker.config import Config
from worker.messages import dead_letters as words
from worker.messages.times import in_words
from worker.operations import dead_letters
from worker.operations import replay as replaying
from worker.operations.replay import Order
from worker.operations.replay_plan import Item, plan


@main.command()
@click.argument("event_ids", nargs=-1, type=HOST_ID, metavar="[EVENT_ID]...")
@filtered
@click.option("--all", "everything", is_flag=True, help="All dead letters.")
@click.option("--dry-run", is_flag=True, help="Show the plan and stop.")
@click.option("--look", "ask", is_flag=True, help="Ask Lexware now what is there; slow, it keeps the rate.")
@click.option("--canary", "canaries", type=click.IntRange(min=1), metavar="N", help="The first N must arrive first.")
@click.option("--unlinked", is_flag=True, help="A cancellation may go without its original.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@recorded
@as_json
@in_language
def replay(
    *, event_ids: tuple[int, ...], chosen: Filter, everything: bool, dry_run: bool, ask: bool, canaries: int | None,
    unlinked: bool, yes: bool, by: str, why: str | None, as_json: bool, say: Voice,
) -> None:  # fmt: skip
    """Give dead letters a fresh start, after showing what it will do. Nothing is sent blind or twice."""
    _choose_one_way(event_ids, chosen, everything=everything, say=say)
    config = settings("database", *(("secrets",) if ask else ()))
    order = Order(by=by, why=why, unlinked=unlinked, canaries=canaries, named=bool(event_ids))
    with database() as connection:
        found = (
            letters_of(connection, event_ids, config.app_url, say, as_json=as_json)
            if event_ids
            else dead_letters.chosen_ones(connection, chosen)
        )
        items = plan(connection, found, unlinked=unlinked)
        if ask:
            replaying.look_at(
                connection, config, items,
                waiting=say.waiting, tell=lambda done, count: say.aside(words.LOOKING(done=done, count=count)),
            )  # fmt: skip
        if not as_json:
            show_plan(items, say)
        went = dry_run or _go(connection, items, order, config, say, yes=yes)
    if as_json:
        show_json([item.to_json() for item in items])
    elif not dry_run:
        show_results(items, say)
    if not went:
        raise Failure(say.words(words.STOPPED(count=sum(item.is_dead for item in items))))


def _choose_one_way(event_ids: tuple[int, ...], chosen: Filter, *, everything: bool, say: Voice) -> None:
    ways = sum((bool(event_ids), chosen != Filter(), everything))
    if ways != 1:
        raise click.UsageError(say.words(words.EITHER_OR() if ways else words.CHOOSE()))


def _go(connection: Connection, items: Sequence[Item], order: Order, config: Config, say: Voice, *, yes: bool) -> bool:
    """Do it, after a question when it is about several, or one that would die again. False: a letter that was named is
    refused, or canaries failed.
    """
    going = order.going(items)
    if len(going) > 1:
        say.agree(words.AGREE_REPLAY(count=len(going)), yes=yes)
    elif any(item.plan == "human" for item in going):
        say.agree(words.AGREE_HUMAN(number=going[0].letter.number or going[0].letter.event_id), yes=yes)

    def tell(settled: int, count: int) -> None:
        if settled == 0:
            say.aside(words.CANARIES(count=count, wait=in_words(canary.patience_seconds(config.pace))))
        else:
            say.aside(words.CANARY(settled=settled, count=count))

    return replaying.carry_out(connection, items, order, config.pace, tell)
