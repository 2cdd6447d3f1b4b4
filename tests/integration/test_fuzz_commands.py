"""Command lines at random: every command with its own options, on a database with a document of each fate, and without one.

Each ends with an exit code of ours, no traceback, no secret; what it writes goes to an empty folder.
"""

from collections.abc import Iterator
from typing import Any

import click
import psycopg
import pytest
import services
from click.testing import CliRunner
from commands import Commands
from fuzzing import ODD, SECRET, share
from hypothesis import given
from hypothesis import strategies as st
from stage import stage

from worker.cli import main

pytestmark = pytest.mark.proof

#: They end when somebody ends them, or write to a whole server.
ENDLESS = {"run", "poller", "demo", "sandbox", "try", "console", "migrate"}
ENDLESS_OPTION = "--watch"
WORDS = ODD.filter(lambda word: "\0" not in word and not any("\ud800" <= char <= "\udfff" for char in word))
VALUES = WORDS | st.sampled_from(
    ["1", "0", "-1", "99999999999999999999", "2026-11-01", "2026-13-45", "2026-11", "RE-2026-0001", "RE-2026-0002", "%", "'; --", "@f",
     "7f3e1b2c-0000-4000-8000-000000000001", "1,2", "1e9", "\u0661", "json", "text", "all", "-", "--", "=1+1", "me", SECRET]
)  # fmt: skip


def _commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None or (not path and name in ENDLESS):
            continue
        if isinstance(command, click.Group):
            yield from _commands(command, (*path, name))
        if not isinstance(command, click.Group) or command.invoke_without_command:
            yield (*path, name), command


COMMANDS = sorted(_commands(main), key=lambda found: found[0])


def _lines(found: tuple[tuple[str, ...], click.Command]) -> Any:
    """The command with some of its options, each with a value if it takes one, and a few words."""
    path, command = found
    options = [one for one in command.params if isinstance(one, click.Option) and ENDLESS_OPTION not in one.opts]
    said = [
        st.tuples(st.sampled_from(one.opts), *([] if one.is_flag or one.count else [VALUES] * one.nargs)).map(list)
        for one in options
    ]
    parts = st.lists(
        st.one_of(*said, VALUES.map(lambda word: [word])) if said else VALUES.map(lambda word: [word]), max_size=4
    )
    return parts.map(lambda some: [*path, *(word for part in some for word in part)])


LINES = st.sampled_from(COMMANDS).flatmap(_lines)


@pytest.fixture(scope="module", name="environment")
def _environment(_postgres: str, _template: str, _valkey: str) -> Iterator[dict[str, str]]:
    with (
        services.database(_postgres, template=_template) as url,
        psycopg.connect(url, autocommit=True) as db,
        stage(db, url) as one,
    ):
        payer = one.practice.customer(last_name=SECRET, birth_date="1985-03-12")
        one.practice.invoice(payer)
        one.practice.invoice(payer, introduction=SECRET, total=1)
        one.run()
        one.practice.invoice(payer)
        environment = Commands(url, one.sandbox).environment | {"REDIS_URL": _valkey}
        yield environment


@share(1)
@given(words=LINES, stdin=st.just("") | VALUES)
def test_command_lines(environment: dict[str, str], words: list[str], stdin: str) -> None:
    """Persons are shown only by those commands that are meant to, and by what was asked for itself."""
    _ends(
        words,
        environment,
        stdin,
        shows="--reveal" in words or words[0] == "preview" or "suggest" in words or "confirm-note" in words,
    )


@share(1)
@given(words=LINES)
def test_command_lines_without_a_database(words: list[str]) -> None:
    """Nor is its password told."""
    away = {
        "DATABASE_URL": f"postgresql://u:{SECRET}pass@127.0.0.1:9/d",
        "REDIS_URL": f"redis://:{SECRET}pass@127.0.0.1:9",
        "LEXRELAY_LANG": "en",
    }
    _ends(words, away, "", shows=False)


def _ends(words: list[str], environment: dict[str, str], stdin: str, *, shows: bool) -> None:
    runner = CliRunner()
    with runner.isolated_filesystem():
        result = runner.invoke(main, words, env=environment, input=stdin)
    assert result.exit_code in (0, 1, 2, 3, 78), (words, result.output, result.exc_info)
    assert "Traceback" not in result.output
    assert "failed unexpectedly" not in result.output, (words, result.output)
    assert f"{SECRET}pass" not in result.output
    assert shows or SECRET in " ".join([*words, stdin]) or SECRET not in result.output, (words, result.output)
