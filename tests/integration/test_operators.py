"""Operators at real keyboards: two at once, and one who changes his mind."""

import json
import os
import pty
import signal
from collections import Counter
from collections.abc import Iterable

import psycopg
import pytest
from chosen import a_few_of
from commands import Commands
from letters import kill, switched_on
from polling import PATIENCE_SECONDS, until
from practice import Practice
from rows import waiting_sessions

from worker.lab.sandbox.server import Sandbox

_LETTERS = 20
#: What somebody else does with the same letters.
_ANOTHER = {"replay": ("replay", "--all"), "discard": ("discard", *range(1, _LETTERS + 1), "--why", "tidy up")}


@pytest.fixture(name="lexrelay")
def _lexrelay(database_url: str) -> Commands:
    with Sandbox() as sandbox:
        return Commands(database_url, sandbox)


@pytest.fixture(name="house")
def _house(db: psycopg.Connection) -> Practice:
    """A practice with twenty dead letters."""
    house = switched_on(db)
    for _ in range(_LETTERS):
        kill(house, "retries_exhausted")
    return house


def _states(house: Practice) -> Counter[str]:
    return Counter(row[0] for row in house.db.execute("select state from outbox.event").fetchall())


def _replays(house: Practice) -> list[str]:
    """Who replayed, once per letter."""
    return [row[0] for row in house.db.execute("select by from outbox.operator_action").fetchall()]


def _results(said: str) -> Counter[str]:
    return Counter(row["result"] for row in json.loads(said))


@pytest.mark.parametrize("second", a_few_of(_ANOTHER))
def test_of_two_at_once_one_changes_each_letter(
    lexrelay: Commands, house: Practice, database_url: str, second: str
) -> None:
    """Both press at the same moment: every letter is changed once, recorded once, and the other one reads that it was late."""
    with house.db.transaction():
        house.db.execute("select from outbox.event for update")
        ada = lexrelay.start("replay", "--all", "--by", "ada", "--yes", "--json")
        bob = lexrelay.start(*_ANOTHER[second], "--by", "bob", "--yes", "--json")
        until(lambda: waiting_sessions(database_url) == 2)
    said = [_results(one.communicate(timeout=PATIENCE_SECONDS)[0]) for one in (ada, bob)]

    assert said[0] + said[1] in [{"unchanged": _LETTERS, done: _LETTERS} for done in ("replayed", "discarded")]
    assert len(_replays(house)) == _LETTERS
    assert len(set(_replays(house))) == 1


@pytest.mark.proof
def test_ctrl_c_while_the_canaries_fly_leaves_the_rest_dead(lexrelay: Commands, house: Practice) -> None:
    """Nobody works, so they fly on: told how long it may take, interrupted, exit code 1; two are on their way, the rest is dead."""
    command = lexrelay.start("replay", "--all", "--canary", 2, "--yes", "--by", "ada")
    assert command.stderr is not None
    first = command.stderr.readline()
    until(lambda: _states(house)["pending"] == 2)

    command.send_signal(signal.SIGINT)
    stdout, stderr = command.communicate(timeout=PATIENCE_SECONDS)

    assert "Ctrl-C leaves all others dead" in first
    assert (command.returncode, "Stopped. 18 stay dead." in stderr) == (1, True)
    assert "On the way again: 2.\nStopped, still dead: 18." in stdout
    assert _states(house) == {"pending": 2, "dead": 18}
    assert _replays(house) == ["ada", "ada"]


def test_a_command_that_is_not_answered_at_a_terminal_changes_nothing(lexrelay: Commands, house: Practice) -> None:
    """On a terminal many are asked about first; no is no."""
    screen, keyboard = pty.openpty()
    command = lexrelay.start("replay", "--all", stdin=keyboard)
    os.write(screen, b"n\n")
    stdout, _ = command.communicate(timeout=PATIENCE_SECONDS)
    os.close(keyboard)
    os.close(screen)

    assert command.returncode == 1
    assert "Replay 20 events?" in stdout
    assert _states(house) == {"dead": _LETTERS}


@pytest.mark.proof
def test_a_watched_status_follows_until_ctrl_c(lexrelay: Commands, house: Practice) -> None:
    """Page after page with the figures of now; Ctrl-C ends it well."""
    command = lexrelay.start("status", "--watch")
    assert command.stdout is not None
    first = _line_with(command.stdout, "dead:")
    house.db.execute("update outbox.event set state = 'discarded' where event_id <= 5")

    second = _line_with(command.stdout, "dead:")
    command.send_signal(signal.SIGINT)
    _, stderr = command.communicate(timeout=PATIENCE_SECONDS)

    assert (first.split()[0], second.split()[0]) == ("20", "15")
    assert (command.returncode, stderr) == (0, "")


def _line_with(lines: Iterable[str], piece: str) -> str:
    return next(line for line in lines if piece in line)
