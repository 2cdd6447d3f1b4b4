"""What a terminal is given: no traceback, nothing that it would obey, and no complaint when nobody reads on."""

import json
import os
import subprocess
import sys
import unicodedata
from itertools import product
from pathlib import Path

import practice
import psycopg
import pytest
from chosen import a_few_of
from practice import Practice
from terminal import Terminal

from outbox import actions
from worker.cli import output
from worker.cli.failures import told
from worker.messages.visible import escaped, visible

EVIL = ("\x1b]52;c;QQ==\x07\x1b[2J\x9b31m\x85\u202egnp\u2066\u200b\ufeff\x00\r\u2028\U000e0041").replace("\x00", "")


def _run(
    database_url: str, *words: str, stdout: object = subprocess.PIPE, **environment: str
) -> "subprocess.CompletedProcess[bytes]":
    given = {
        "DATABASE_URL": database_url, "LEXRELAY_SECRET_KEYS": practice.SECRET_KEY, "LEXRELAY_LANG": "de", "PATH": os.environ["PATH"],
        "REDIS_URL": "redis://127.0.0.1:9/0",
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "-m", "worker", *words], env=given | environment, stdout=stdout, stderr=subprocess.PIPE, timeout=60, check=False
    )  # fmt: skip


def _is_harmless(text: str) -> bool:
    return all(
        character == "\n" or unicodedata.category(character) not in {"Cc", "Cf", "Zl", "Zp"} for character in text
    )


@pytest.fixture(name="named")
def _named(db: psycopg.Connection, database_url: str) -> str:
    """A database in which a practice, a number and a reason hold everything that a terminal obeys."""
    owner = Practice(db)
    owner.switch_on("0b4c3c5a-0000-4000-8000-000000000001", "key")
    db.execute("update practice.practices set name = %s", (f"Praxis {EVIL}",))
    actions.record(db, "pause", by=f"somebody {EVIL}", why=f"because {EVIL}", practice_id=owner.practice_id)  # type: ignore[arg-type]
    return database_url


@pytest.mark.parametrize(
    "words", [("practice", "list"), ("history",), ("status",), ("practice", "charges", "--month", "2026-11")]
)
@pytest.mark.parametrize("form", ["", "--json"])
def test_nothing_raw_reaches_a_terminal(named: str, words: tuple[str, ...], form: str) -> None:
    """In tables and sentences a sign stands for it; JSON has it escaped and means the same."""
    said = Terminal(named).run(*words, *filter(None, [form]))

    assert _is_harmless(said)
    if form and words == ("history",):
        assert json.loads(said)[0]["why"] == f"because {EVIL}"


def test_why_is_made_harmless(database_url: str, db: psycopg.Connection) -> None:
    """What an operator pastes comes back as an echo."""
    Practice(db).switch_on("0b4c3c5a-0000-4000-8000-000000000002", "key")

    said = Terminal(database_url).run("practice", "pause", "--practice", "1", "--by", f"x{EVIL}", "--why", f"y{EVIL}")

    assert _is_harmless(said)
    assert _is_harmless(Terminal(database_url).run("preview", f"RE{EVIL}", "--practice", "1", code=1))


@pytest.mark.parametrize(
    ("words", "encoding"), a_few_of(product(["practice list", "history", "check"], ["ascii", "latin-1"]))
)
def test_letters_that_the_terminal_lacks_are_replaced(named: str, words: str, encoding: str) -> None:
    """Exit code and everything else stay what they are."""
    ended = _run(named, *words.split(), PYTHONIOENCODING=encoding)

    assert ended.returncode == (1 if words == "check" else 0)
    assert ended.stderr == b""
    assert ended.stdout


@pytest.mark.proof
def test_json_in_another_encoding_means_the_same(named: str) -> None:
    """Whoever parses it loses nothing."""
    ended = _run(named, "practice", "list", "--json", PYTHONIOENCODING="latin-1")

    assert json.loads(ended.stdout.decode("ascii"))[0]["name"] == f"Praxis {EVIL}"


@pytest.mark.parametrize("words", a_few_of(["history --json", "check", "--help", "practice --help", "practice list"]))
def test_nobody_reads_on(named: str, words: str) -> None:
    """A closed pipe is no failure."""
    reading, writing = os.pipe()
    os.close(reading)

    ended = _run(named, *words.split(), stdout=writing)

    os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.mark.parametrize("words", a_few_of(["history --json", "status", "--help"]))
def test_a_full_disk_is_said(named: str, words: str) -> None:
    """A sentence, and exit code 1."""
    with Path("/dev/full").open("w") as full:
        ended = _run(named, *words.split(), stdout=full)

    said = ended.stderr.decode()
    assert ended.returncode == 1
    assert "Ausgabe" in said
    assert said.count("\n") == 1


def test_an_unexpected_error_is_a_line(database_url: str, db: psycopg.Connection) -> None:
    """Its class and its place; not the value that the host's view could not cast."""
    Practice(db).switch_on("0b4c3c5a-0000-4000-8000-000000000003", "key")
    columns = db.execute(
        "select attname, format_type(atttypid, atttypmod) from pg_attribute "
        "where attrelid = 'contract.practice'::regclass and attnum > 0 order by attnum"
    ).fetchall()
    shown = {name: f"null::{kind} as {name}" for name, kind in columns}
    shown |= {"practice_id": "id as practice_id", "name": "('SECRET' || name)::int::text as name", "plan": "plan"}
    db.execute(
        f"create or replace view contract.practice as select {', '.join(shown.values())} from practice.practices"
    )

    said = Terminal(database_url, LEXRELAY_LANG="en").run("practice", "list", code=1)

    assert "InvalidTextRepresentation (22P02)" in said
    assert not any(word in said for word in ("SECRET", "Traceback", "Praxis"))


def test_an_error_of_any_kind_keeps_its_words() -> None:
    """A library's words may hold a value: its class and its place are told."""
    try:
        int("SECRET")
    except ValueError as error:
        sentence, code = told(error)

    assert "ValueError" in sentence
    assert ("SECRET" in sentence, code) == (False, 1)


def test_colours_are_off_when_asked(monkeypatch: pytest.MonkeyPatch, database_url: str) -> None:
    """https://no-color.org."""
    coloured = {color: _in_colour(database_url, color, monkeypatch) for color in ("", "1")}

    assert "\x1b[" in coloured[""]
    assert "\x1b[3" not in coloured["1"]


def _in_colour(database_url: str, no_color: str, monkeypatch: pytest.MonkeyPatch) -> str:
    from click.testing import CliRunner

    from worker.cli import main

    given = {
        "DATABASE_URL": database_url,
        "REDIS_URL": "redis://127.0.0.1:9/0",
        "LEXRELAY_SECRET_KEYS": practice.SECRET_KEY,
    }
    return CliRunner().invoke(main, ["check"], env=given | {"NO_COLOR": no_color}, color=True).stdout


def test_tables_and_documents_are_made_harmless(capsys: pytest.CaptureFixture[str]) -> None:
    """The ways in which commands show what others wrote."""
    output.put(EVIL)
    output.show_table([f"Name{EVIL}"], [[EVIL]])
    output.show_json({"name": EVIL})
    output.complain(EVIL)

    shown = capsys.readouterr()
    assert _is_harmless(shown.out)
    assert _is_harmless(shown.err)


def test_every_character_that_a_terminal_obeys() -> None:
    """Replaced for people; in JSON escaped, and read back as it was."""
    characters = [*map(chr, range(0x300)), *EVIL, "\ud800", "\U000e0001"]
    documents = {character: escaped(json.dumps([character], ensure_ascii=False)) for character in characters}

    assert [each for each in characters if not _is_harmless(visible(each).replace("\xad", ""))] == []
    assert [
        each for each in characters if not _is_harmless(documents[each].replace("\xad", "").replace("\n", ""))
    ] == []
    assert [each for each in characters if json.loads(documents[each]) != [each]] == []
