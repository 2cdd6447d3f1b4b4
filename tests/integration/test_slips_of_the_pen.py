"""An id that is mistyped is told, by every command alike; nothing is found to be well, or done, that is not there."""

import shlex

import psycopg
import pytest
from click.shell_completion import BashComplete
from practice import Practice
from terminal import Terminal

from worker.cli import main, options
from worker.messages.help import EXAMPLES

#: The example of each command that names a practice, with one that is not there.
_OF_A_PRACTICE = {
    path: line.replace("--practice 1", "--practice 77") for path, line in EXAMPLES.items() if "--practice 1" in line
}


@pytest.fixture(name="terminal")
def _terminal(db: psycopg.Connection, database_url: str) -> Terminal:
    Practice(db)
    return Terminal(database_url)


@pytest.mark.parametrize("path", sorted(_OF_A_PRACTICE))
def test_a_practice_that_is_not_there_is_told(
    terminal: Terminal, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """Whatever the command, with exit code 1 and the one that lists them."""
    home = tmp_path_factory.mktemp("home")
    (home / "key.txt").write_text("key")
    monkeypatch.chdir(home)

    said = terminal.run(*shlex.split(_OF_A_PRACTICE[path]), code=1)

    assert "has no practice 77" in " ".join(said.split())


def test_a_customer_whom_nobody_knows_is_not_said_to_be_forgotten(terminal: Terminal, db: psycopg.Connection) -> None:
    """Whoever mistypes an id would else believe that the right one is erased. One whom the host has is forgotten."""
    customer = Practice(db).customer()
    of = ("contact", "forget", "--yes", "--practice", 2, "--customer")

    assert "knows a customer 4711" in " ".join(terminal.run(*of, 4711, code=1).split())
    assert db.execute("select count(*) from outbox.operator_action").fetchone() == (0,)
    assert "only ids are left" in " ".join(terminal.run(*of, customer).split())


def test_what_is_no_number_is_called_so(terminal: Terminal) -> None:
    """In both languages; not by the class that reads it."""
    assert "'abc' is no number." in terminal.run("dead", "show", "abc", code=2)


def test_a_shell_that_completes_a_line_asks_no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key would have to be looked up, and the database may be away."""
    asked: list[str] = []
    monkeypatch.setattr(options, "database", lambda: asked.append("database"))

    found = BashComplete(main, {}, "lexrelay", "_LEXRELAY_COMPLETE").get_completions(
        ["practice", "show", "--practice", "1"], "--"
    )

    assert "--json" in {item.value for item in found}
    assert asked == []
