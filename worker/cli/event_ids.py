"""The argument EVENT_ID... of the commands that change dead letters."""

from collections.abc import Sequence

from outbox.db import Connection
from outbox.dead_letters import DeadLetter
from worker.cli.language import Voice
from worker.cli.output import Failure, show_json
from worker.operations import dead_letters
from worker.operations.dead_letters import NotDead


def letters_of(
    connection: Connection, event_ids: Sequence[int], app_url: str, say: Voice, *, as_json: bool
) -> list[DeadLetter]:
    """The letters of these events. Failure when one is not dead, or not there: then nothing is done for any of them."""
    try:
        return dead_letters.named(connection, event_ids, app_url)
    except NotDead as wrong:
        if as_json:
            show_json(wrong.to_json())
        raise Failure("\n".join(map(say.words, wrong.refused.values()))) from None
