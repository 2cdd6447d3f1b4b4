"""Commands replay and discard: the plan first, then the deed, then what came of it."""

from collections.abc import Collection, Sequence
from uuid import UUID

import click

from outbox import canary
from outbox import dead_letters as letters
from outbox.db import Connection
from outbox.dead_letters import DeadLetter, Filter
from outbox.replay import discard as close
from worker.cli import main
from worker.cli.language import Voice, in_language
from worker.cli.options import HOST_ID, filtered
from worker.cli.output import Failure, agree, as_json, database, recorded, settings, show_json
from worker.cli.replay_page import refusals, show_plan, show_results
from worker.config import Config
from worker.lexware.api.answers import VoucherKind
from worker.lexware.api.links import voucher_url
from worker.messages import letters as words
from worker.messages.times import in_words
from worker.operations import replay as replaying
from worker.operations.discard import close_as
from worker.operations.remote_look import look
from worker.operations.replay import Item, Order


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
    order = Order(by=by, why=why, unlinked=unlinked, canaries=canaries)
    with database() as connection:
        found = (
            _named(connection, event_ids, config, say, as_json=as_json)
            if event_ids
            else letters.letters(connection, chosen)
        )
        items = replaying.plan(connection, found, unlinked=unlinked)
        if ask:
            _look(connection, config, items, say)
        if not as_json:
            show_plan(items, say)
        went = dry_run or _go(connection, items, order, config, say, named=bool(event_ids), yes=yes)
    if as_json:
        show_json([item.contract() for item in items])
    elif not dry_run:
        show_results(items, say)
    if not went:
        raise Failure(say.words(words.STOPPED(count=sum(item.is_dead for item in items))))


def _choose_one_way(event_ids: tuple[int, ...], chosen: Filter, *, everything: bool, say: Voice) -> None:
    ways = sum((bool(event_ids), chosen != Filter(), everything))
    if ways != 1:
        raise click.UsageError(say.words(words.EITHER_OR() if ways else words.CHOOSE()))


def _named(
    connection: Connection, event_ids: Sequence[int], config: Config, say: Voice, *, as_json: bool
) -> list[DeadLetter]:
    """The letters of these events. Nothing is done for any of them when one is not there or not dead: Failure."""
    found = letters.named(connection, event_ids)
    wrong = refusals(connection, sorted(set(event_ids) - {letter.event_id for letter in found}), config, say)
    if wrong and as_json:
        show_json([{"event_id": event_id, "number": None, "plan": "human", "result": "refused"} for event_id in wrong])
    if wrong:
        raise Failure("\n".join(wrong.values()))
    return found


def _look(connection: Connection, config: Config, items: Sequence[Item], say: Voice) -> None:
    for done, item in enumerate(items, 1):
        item.seen = look(connection, config, item.letter, waiting=say.waiting)
        say.aside(words.LOOKING(done=done, count=len(items)))


def _go(
    connection: Connection, items: Sequence[Item], order: Order, config: Config, say: Voice, *, named: bool, yes: bool
) -> bool:
    """Do it. False: a letter that was named is refused, or the canaries did not all arrive."""
    if named and any(item.refused for item in items):
        replaying.hold(items)
        return False
    if sum(not item.refused for item in items) > 1:
        agree(say.words(words.AGREE_REPLAY(count=sum(not item.refused for item in items))), yes=yes)

    def tell(settled: int, count: int) -> None:
        if settled == 0:
            say.aside(words.CANARIES(count=count, wait=in_words(canary.patience_seconds(config.pace))))
        else:
            say.aside(words.CANARY(settled=settled, count=count))

    return replaying.carry_out(connection, items, order, config.pace, tell)


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
    config = settings("database")
    with database() as connection:
        found = _named(connection, event_ids, config, say, as_json=as_json)
        if len(found) > 1:
            agree(say.words(words.AGREE_DISCARD(count=len(found))), yes=yes)
        if remote_id is None:
            closed = set(close(connection, found, by=by, why=str(why)))
        else:
            closed = {one.event_id for one in found if close_as(connection, one, remote_id, by=by, why=str(why))}
    if as_json:
        show_json([_closed(one, closed) for one in found])
        return
    for one in found:
        of = {"event_id": one.event_id, "number": one.number}
        if one.event_id not in closed:
            say(words.DISCARD_LATE(**of))
        elif remote_id is None:
            say(words.DISCARDED(**of))
        else:
            kind: VoucherKind = "invoice" if one.kind == "invoice" else "credit_note"
            say(words.DISCARDED_AS(url=voucher_url(config.app_url, kind, remote_id), **of))


def _closed(letter: DeadLetter, closed: Collection[int]) -> dict[str, object]:
    result = "discarded" if letter.event_id in closed else "unchanged"
    return {"event_id": letter.event_id, "number": letter.number, "result": result}
