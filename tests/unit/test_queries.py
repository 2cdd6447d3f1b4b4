"""The queries below `sql/queries/`: whose they are, what they may read of others, and that each is asked for."""

import re
from collections import Counter
from pathlib import Path

import pytest

from outbox import sql

ROOT = Path(__file__).parents[2]
FILES = sorted((sql.ROOT / "queries").glob("*/*.sql"))
#: `-- Reads contract: why.` in the head of a query, or of its file for all of them. One line may name several.
_DECLARED = re.compile(r"(?<=[-.] )Reads (\w+): \w")
_SCHEMAS = ("outbox", "lexware", "contract", "practice", "console")
_MENTIONED = re.compile(rf"(?<![\w.])({'|'.join(_SCHEMAS)})\.(?=\w)")
_WRITTEN = re.compile(rf"(?:insert into|update|delete from) ({'|'.join(_SCHEMAS)})\.")


def _code(text: str) -> str:
    return re.sub(r"--.*", "", text)


def _pieces(path: Path) -> tuple[str, dict[str, str]]:
    """The head of a file, and its queries by their full names."""
    head, *pieces = re.split(r"^-- name: (\w+)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    named = zip(pieces[::2], pieces[1::2], strict=True)
    return head, {f"{path.stem}.{name}": body for name, body in named}


OWNERS = {name: path.parent.name for path in FILES for name in _pieces(path)[1]}


def _asked(*folders: str) -> set[str]:
    """What may be the name of a query in Python: `"subject.name"`, or a prefix that is made one."""
    texts = [path.read_text(encoding="utf-8") for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return {name for text in texts for name in re.findall(r'"([a-z_]+\.(?:[a-z_]+|\{))', text)}


def test_owners_are_schemas() -> None:
    """A folder for each, and no file beside them."""
    assert {path.name for path in (sql.ROOT / "queries").iterdir()} <= set(_SCHEMAS)
    assert {path.parent.name for path in FILES} == set(_SCHEMAS)


def test_no_two_files_bear_one_name() -> None:
    """A query is asked for without its owner."""
    assert [name for name, count in Counter(path.stem for path in FILES).items() if count > 1] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_whoever_reads_another_owners_schema_says_why(path: Path) -> None:
    """In the head of the query or of the file; and nobody says so who does not."""
    head, queries = _pieces(path)
    told = set(_DECLARED.findall(head))
    needed = {name: set(_MENTIONED.findall(_code(body))) - {path.parent.name} for name, body in queries.items()}

    for name, body in queries.items():
        assert needed[name] - told == set(_DECLARED.findall(body)) - told, name
    assert told <= set().union(*needed.values())


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_nobody_writes_another_owners_schema(path: Path) -> None:
    """Reading has reasons; writing is the owner's."""
    written = {name: set(_WRITTEN.findall(_code(body))) for name, body in _pieces(path)[1].items()}

    assert {name for name, schemas in written.items() if schemas - {path.parent.name}} == set()


def test_each_query_is_asked_for() -> None:
    """By the product itself; what only a test asks for is dead."""
    asked = _asked("worker", "outbox")

    assert [name for name in OWNERS if not {name, f"{name.partition('.')[0]}.{{"} & asked] == []
    assert [name for name in OWNERS if not sql.query(name)] == []


def test_each_query_that_is_asked_for_is_there() -> None:
    """In the very words of the call."""
    call = re.compile(r'(?:query|rows|run|_row|_rows|_one|_run)\((?:\w+, )?"([a-z_]+\.[a-z_]+)"')
    texts = [
        path.read_text(encoding="utf-8")
        for folder in ("worker", "outbox", "tests")
        for path in (ROOT / folder).rglob("*.py")
    ]
    asked = {name for text in texts for name in call.findall(text)}

    assert len(asked) > len(OWNERS) / 2
    assert asked - OWNERS.keys() == set()


def test_outbox_asks_for_nothing_of_the_other_side() -> None:
    """The package `outbox` knows nothing of Lexware, nor of who the practices are."""
    asked = {name: OWNERS[name] for name in _asked("outbox") & OWNERS.keys()}

    assert set(asked.values()) == {"outbox"}
