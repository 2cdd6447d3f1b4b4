"""What must hold in every world and at every commit, whatever happened before."""

from collections.abc import Iterator

from model.ledger import Rows
from model.tables import Tables
from model.talk import Commit, Statement
from model.world import Process, World

ENDLESS = "an endless circle"
UNTOLD = "a duplicate that nobody is told of"
#: More hand-outs than any way to an end takes.
_MANY = 40
_FAIR_DEATHS = {"refused_by_lexware", "retries_exhausted", "sender_frozen", "duplicate_found"}


def wrongs(world: World) -> list[str]:
    """Which invariants do not hold in a world."""
    tables, made = world.tables, [(one.path, one.text) for one in world.lexware.made]
    paths = [path for path, _ in made]
    open_subjects = [(intent.effect, intent.subject_id) for intent in tables.intents if intent.open]
    found = {
        "twice in Lexware": len(set(made)) < len(made),
        "delivered, but not there": any(
            e.state == "delivered" and not _is_there(world, e.event_id) for e in tables.events
        ),
        UNTOLD: world.settled and any(not _told(tables, twin) for twin in _twins(made)),
        "two open intents": len(set(open_subjects)) < len(open_subjects),
        "two in flight in a lane": sum(event.lease_left is not None for event in tables.events) > 1,
        "the cancellation before its original": "/v1/credit-notes" in paths and "/v1/invoices" not in paths,
        "moved while its contact was in doubt": _moves_in_doubt(tables),
        "a healthy delivery lost its claim": any(_robbed(tables, process) for process in world.processes),
        ENDLESS: any(event.epoch > _MANY for event in tables.events),
        "a dead letter without need": any(e.state == "dead" and e.reason not in _FAIR_DEATHS for e in tables.events),
        world.wrong or "": world.wrong is not None,
    }
    return [name for name, is_so in found.items() if is_so]


def _twins(made: list[tuple[str, str]]) -> set[str]:
    """The paths of what is there twice."""
    return {path for path, text in made if made.count((path, text)) > 1}


def _told(tables: Tables, path: str) -> bool:
    """A contact is also told of later: a document that died after it is looked at once more when it is delivered."""
    return any(
        event.reason == "duplicate_found" or (path == "/v1/contacts" and event.state == "dead")
        for event in tables.events
    )


def _is_there(world: World, event_id: int) -> bool:
    known = world.tables.document_id(event_id)
    return any(made.id == known for made in world.lexware.made)


def _moves_in_doubt(tables: Tables) -> bool:
    doubtful = {intent.event_id for intent in tables.intents if intent.open and intent.effect == "contact"}
    return any(event.lease_left is not None and doubtful - {event.event_id} for event in tables.events)


def _robbed(tables: Tables, process: Process) -> bool:
    if process.story is None or process.fence is None or not process.healthy:  # without a fence it has begun nothing
        return False
    event = tables.event(process.story.event_id)
    only_looks = event.state == "delivered"
    return not (only_looks or (event.begun and event.fence == process.fence))


def broken_rule(before: Tables, after: Tables, request: Commit, rows: tuple[Rows, ...]) -> str | None:
    """The rule that a commit broke: R2 of claims, R3 of intents, R5 of answers."""
    broken = (_broken(before, after, *pair) for pair in zip(request.statements, rows, strict=True))
    return next((rule for rules in broken for rule in rules), None)


def _broken(before: Tables, after: Tables, statement: Statement, rows: Rows) -> Iterator[str]:
    given = dict(statement.values)
    if statement.name == "ledger.begin" and rows and rows[0]["epoch"] != given["epoch"]:
        yield "an old message began a claim"
    if statement.name == "ledger.intend" and rows:
        event = before.event(given["event_id"])
        if not (event.begun and event.fence == given["fence"]):
            yield "a licence without a claim"
    if statement.name == "ledger.answer" and after.intent(given["intent_id"]).open:
        yield "an answer was thrown away"
