"""Wrong descriptions of Tryton: each is found by its code on the live database, and the right one gives no finding."""

from collections.abc import Iterator

import psycopg
import pytest
from hosts.mistakes import MISTAKES, Mistake
from hosts.tryton.databases import owned_database, owner
from hosts.tryton.installation import MASS, Installation

from outbox.db import Connection, connect
from worker.host import folder as folders
from worker.host.apply import migrate
from worker.host.folder import Folder
from worker.host.names import as_the_host_means
from worker.rehearsal.rehearse import of_folder
from worker.rehearsal.scope import Scope

pytestmark = pytest.mark.proof

FOLDER = folders.read(folders.built_in("tryton"))
DOCUMENTS = 400
#: What is wrong elsewhere and right here: parties are companies, documents have an address of their own, prices are net
#: (so that what a gross price would do is said of the sums).
NOT_WRONG_HERE = {"payers without a name", "payers without a country", "countries in words", "gross prices called net"}
_SWITCHED_ON = """
insert into outbox.lane (practice_id, enabled, booked_from, connected) values (1, true, now() - interval '1 day', true);
insert into outbox.lane_period (practice_id, enabled_at) values (1, now() - interval '1 day');
"""


@pytest.fixture(name="books", scope="module")
def _books(_postgres: str) -> Iterator[str]:
    """A Tryton with documents of every sort, the practice switched on before them: nothing changes it."""
    with owner(_postgres) as login, owned_database(_postgres, login) as url:
        Installation().prepare(url)
        migrate(url, host=FOLDER)
        with psycopg.connect(url, cursor_factory=psycopg.ClientCursor) as db:
            db.execute(_SWITCHED_ON)
            db.commit()
            db.execute(MASS.read_bytes(), {"many": DOCUMENTS, "apart": 0})
        yield url


@pytest.fixture(name="connection")
def _connection(books: str) -> Iterator[Connection]:
    with connect(books, as_worker=False) as connection:
        yield connection


def _changed(connection: Connection, mistake: Mistake) -> Folder:
    text, columns = FOLDER.files.get(mistake.file, ""), []
    if mistake.file.endswith(".sql") and text:
        with connection.transaction(), as_the_host_means(connection):
            columns = [column.name for column in connection.execute(text.encode()).description or ()]
    wrong = mistake.change(text, columns)
    files = {name: body for name, body in FOLDER.files.items() if name != mistake.file}
    return folders.parse(files if wrong is None else files | {mistake.file: wrong})


def test_the_right_description_gives_no_finding(connection: Connection) -> None:
    """What is described rightly is said to be right, and all of its documents would go."""
    rehearsal = of_folder(connection, FOLDER, Scope())

    assert rehearsal.findings == []
    assert rehearsal.translation.modes["neutral"].reasons == {}


@pytest.mark.parametrize(
    "mistake", [one for one in MISTAKES if one.name not in NOT_WRONG_HERE], ids=lambda one: one.name
)
def test_a_wrong_description_is_found_by_its_code(connection: Connection, mistake: Mistake) -> None:
    """Found before anything is sent."""
    rehearsal = of_folder(connection, _changed(connection, mistake), Scope())

    assert mistake.code in {finding.code for finding in rehearsal.findings}, rehearsal.findings
