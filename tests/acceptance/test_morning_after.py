"""An operator who knows only the README: its transcript is typed as it stands there, and says what stands there."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest
from polling import until
from practice import Practice
from relay import ROOT, Relay

from worker.lab.sandbox.control import Tenant
from worker.lab.sandbox.server import Sandbox

pytestmark = pytest.mark.proof

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
#: What is another each time: moments and Lexware's trace ids.
_VOLATILE = {
    r"\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)? [A-Z]+": "(a moment)",
    r"Trace id: \w+": "Trace id: (some)",
}


@dataclass
class Night:
    """What an operator finds: a document of a customer whose contact is gone; and the contact that is used now."""

    sandbox: Sandbox
    tenant: Tenant
    relay: Relay
    gone: str
    used_now: str

    def type(self, command: str) -> str:
        """What a command says, on both channels in the order in which it says it."""
        words = shlex.split(command)
        assert words[0] == "lexrelay"
        done = subprocess.run(
            [sys.executable, "-m", "worker", *words[1:]], env=self.relay.environment | {"LEXRELAY_LANG": "en"}, cwd=ROOT, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, check=True,
        )  # fmt: skip
        return done.stdout


@pytest.fixture(name="night")
def _night(db: psycopg.Connection, database_url: str, redis_url: str) -> Iterator[Night]:
    """Ids and numbers are those of the README."""
    with Sandbox() as sandbox, Relay(database_url, redis_url, sandbox.url) as relay:
        tenant, praxis = sandbox.tenants[0], Practice(db)
        db.execute("alter table practice.customers alter column id restart with 7")
        db.execute("alter table outbox.event alter column event_id restart with 57")
        praxis.switch_on(tenant.id, tenant.key)
        payer = praxis.customer(last_name="Beispiel")
        gone, used_now = (_contact(sandbox, tenant) for _ in range(2))
        praxis.link(payer, gone, tenant.id)
        sandbox.control.act(tenant.id, "delete_contact", contact=gone)
        relay.start(sys.executable, "-m", "worker", "run")
        praxis.invoice(payer, number="RE-2026-0042")
        until(lambda: db.execute("select 1 from outbox.event where state = 'dead'").fetchone())
        yield Night(sandbox, tenant, relay, gone, used_now)


def _contact(sandbox: Sandbox, tenant: Tenant) -> str:
    person = {"firstName": "Ada", "lastName": "Beispiel"}
    body = {"roles": {"customer": {}}, "person": person}
    return str(sandbox.control.act(tenant.id, "create_contact", body=body)["id"])


def _transcript(night: Night) -> list[tuple[str, str]]:
    """The README's commands and what they say, with the ids of this night's contacts."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```console\n(.*?)```", readme, re.DOTALL)
    gone, used_now = dict.fromkeys(_UUID.findall(block))
    block = block.replace(gone, night.gone).replace(used_now, night.used_now)
    _, *steps = re.split(r"^\$ ", block, flags=re.MULTILINE)
    return [step.partition("\n")[::2] for step in steps]


def _plain(said: str) -> str:
    """Without what is another each time; lines may be broken anywhere."""
    for volatile, word in _VOLATILE.items():
        said = re.sub(volatile, word, said)
    return " ".join(said.split())


def test_a_dead_letter_is_found_explained_and_repaired_in_four_commands(night: Night) -> None:
    """The last one waits until the document has arrived: once, at the contact that is used now."""
    transcript = _transcript(night)

    said = [night.type(command) for command, _ in transcript]

    assert len(transcript) <= 4
    assert [_plain(one) for one in said] == [_plain(written) for _, written in transcript]
    (document,) = night.sandbox.control.documents(night.tenant.id)
    assert document["body"]["address"]["contactId"] == night.used_now
    assert "RE-2026-0042" in document["body"]["remark"]
