"""Where a practice stands, in words: what its transfer still lacks, the daemon and a key that Lexware refuses included.

Asks Lexware for the profile, once; a command that has just asked says so.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from outbox import figures
from outbox.db import Connection
from outbox.figures import Figures
from outbox.sql import query
from worker.config import Config
from worker.delivery.errors import CallError, Refused
from worker.lexware.command_client import CommandClient
from worker.lexware.explain import explain
from worker.messages import Declined, Sentence
from worker.messages import lexware as lexware_words
from worker.messages import practice as words
from worker.messages import status as daemon_words
from worker.messages.reasons import why_held
from worker.practice import practices
from worker.practice.practices import Practice

#: A lane that cools down for longer is not waited for.
_PATIENCE_SECONDS = 5.0
#: A poller that is well makes a round every few seconds, and shows it every ten.
_STUCK = timedelta(seconds=60)


def standing(connection: Connection, config: Config, practice_id: int, *, key_works: bool = False) -> list[Sentence]:
    """What is still missing, why it is paused, or that it runs. `key_works`: Lexware was asked just now."""
    practice = practices.find(connection, practice_id)
    said = []
    if steps := practice.missing():
        said.append(words.MISSING(steps=[words.MISSING_STEPS[step]() for step in steps]))
    if practice.pause_reason:
        said.append(words.PAUSED_BECAUSE(reason=practice.pause_reason, why=why_held(practice.pause_reason)))
    if practice.connected and not key_works and practice.pause_reason in (None, "operator"):
        said += _refused(connection, config, practice)
    said += [clause for _, clause in lacking(figures.read(connection))]
    return said or [words.RUNS()]


def lacking(now: Figures) -> Iterator[tuple[daemon_words.Code, Sentence]]:
    """What the daemon lacks: a poller, its rounds, a worker."""
    if not now.pollers:
        yield "no_poller", daemon_words.NO_POLLER()
    elif now.last_round_at and now.last_round_at < datetime.now(UTC) - _STUCK:
        yield "poller_stuck", daemon_words.NO_ROUND(since=now.last_round_at)
    if not now.workers:
        yield "no_worker", daemon_words.NO_WORKER()


def _refused(connection: Connection, config: Config, practice: Practice) -> Iterator[Sentence]:
    """That the stored key does not work (any more), or that this could not be asked."""
    if not config.secret_keys:
        return
    of = {"practice_id": practice.practice_id}
    cooling = connection.execute(query("lane.cooling"), of).fetchone()
    if cooling and cooling["seconds"] > _PATIENCE_SECONDS:
        yield words.KEY_NOT_ASKED(why=lexware_words.WAITING(seconds=round(cooling["seconds"])))
        return
    try:
        profile = CommandClient(connection, config, practice.practice_id).lexware().profile()
    except Refused as error:
        yield words.KEY_REFUSED(why=explain(error))
    except CallError as error:
        yield words.KEY_NOT_ASKED(why=explain(error))
    except Declined as refusal:
        yield refusal.sentence
    else:
        if profile.organisation_id != practice.organisation_id:
            yield words.KEY_REFUSED(why=words.STRANGER())
