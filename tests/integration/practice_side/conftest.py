"""What the tests of the practice's side share: one database and one sandbox for all, a practice and an organisation each."""

from collections.abc import Iterator

import psycopg
import pytest
import services
from commands import Commands
from contact_linking import ContactLinking
from practice import Practice

from worker.lab.sandbox.control import Tenant
from worker.lab.sandbox.server import Sandbox


@pytest.fixture(scope="session")
def database_url(_postgres: str, _template: str) -> Iterator[str]:
    """One database for all tests here; each looks at its own practices only."""
    with services.database(_postgres, template=_template) as url:
        yield url


@pytest.fixture(scope="session", name="_shared_sandbox")
def _one_sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        sandbox.control.set_switches(rate_per_second=0)
        yield sandbox


@pytest.fixture(name="sandbox")
def _sandbox(_shared_sandbox: Sandbox) -> Iterator[Sandbox]:
    """The simulated Lexware, without faults at the beginning."""
    yield _shared_sandbox
    _shared_sandbox.control.clear_faults()


@pytest.fixture(name="tenant")
def _tenant(sandbox: Sandbox) -> Tenant:
    """The Lexware organisation of the practice."""
    return sandbox.control.add_organisation("Praxis am Lindenweg GbR", tax_type="net")


@pytest.fixture(name="lexrelay")
def _lexrelay(database_url: str, sandbox: Sandbox) -> Commands:
    return Commands(database_url, sandbox)


@pytest.fixture(name="practice_id")
def _practice_id(db: psycopg.Connection) -> int:
    """A SOLO practice that has ordered nothing yet."""
    return Practice(db).practice_id


@pytest.fixture(name="linker")
def _desk(db: psycopg.Connection, sandbox: Sandbox, lexrelay: Commands) -> ContactLinking:
    """A connected practice with its contacts."""
    tenant = sandbox.control.add_organisation("Praxis am Lindenweg")
    practice = Practice(db)
    practice.switch_on(tenant.id, tenant.key)
    return ContactLinking(db, sandbox, tenant, practice, lexrelay)
