"""Wrong descriptions of the reference host: each is found by its code before anything is sent, the right one gives no finding."""

from collections.abc import Iterator

import psycopg
import pytest
import services
from chosen import a_few_of
from hosts.books import write_books
from hosts.mistakes import MISTAKES, Mistake
from practice import Practice

from outbox.db import Connection, connect
from worker.host import folder as folders
from worker.host.folder import Folder
from worker.rehearsal.rehearse import Rehearsal, of_folder
from worker.rehearsal.scope import Scope


@pytest.fixture(scope="module", name="books")
def _books(_postgres: str, _template: str) -> Iterator[str]:
    """A database with a year of documents, for all of these tests: nothing changes it."""
    with services.database(_postgres, template=_template) as url:
        with psycopg.connect(url, autocommit=True) as db:
            practice = Practice(db)
            practice.switch_on("0b5f5f0e-9a3f-4a56-9e0d-0f6a1d1c2b3a", "key", tax_type="net")
            write_books(practice)
        yield url


@pytest.fixture(name="connection")
def _connection(books: str) -> Iterator[Connection]:
    with connect(books, as_worker=False) as connection:
        yield connection


@pytest.fixture(name="reference")
def _reference() -> Folder:
    return folders.read(folders.built_in("reference"))


def changed(connection: Connection, folder: Folder, mistake: Mistake) -> Folder:
    """The folder with the mistake in it."""
    text, columns = folder.files.get(mistake.file, ""), []
    if mistake.file.endswith(".sql") and text:
        columns = [column.name for column in connection.execute(text).description or ()]
    wrong = mistake.change(text, columns)
    files = {name: body for name, body in folder.files.items() if name != mistake.file}
    return folders.parse(files if wrong is None else files | {mistake.file: wrong})


def levels(rehearsal: Rehearsal) -> dict[str, str]:
    """What was found, and how bad it is; the worse when it was found twice."""
    return {
        finding.code: finding.level for finding in sorted(rehearsal.findings, key=lambda one: one.level, reverse=True)
    }


def test_the_right_description_gives_no_finding(connection: Connection, reference: Folder) -> None:
    """What is described rightly is said to be right, and all of its documents would go."""
    rehearsal = of_folder(connection, reference, Scope())

    assert rehearsal.findings == []
    assert {mode: outcome.would_go for mode, outcome in rehearsal.translation.modes.items()} == {
        "neutral": 60, "itemised": 60
    }  # fmt: skip


@pytest.mark.parametrize("mistake", a_few_of(MISTAKES))
def test_a_wrong_description_is_found_by_its_code(connection: Connection, reference: Folder, mistake: Mistake) -> None:
    """Found, and bad enough to be refused where it is certain."""
    rehearsal = of_folder(connection, changed(connection, reference, mistake), Scope())

    assert levels(rehearsal).get(mistake.code) == mistake.level, rehearsal.findings
