"""A month of a hundred thousand documents: the report takes less than half a minute and 200 MiB."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import practice
import psutil
import psycopg
import pytest
import services
from practice import Practice

from worker.host.apply import migrate
from worker.lab.embedded import EmbeddedPostgres

DOCUMENTS, DAYS = 100_000, 25
ORGANISATION = "aaaaaaaa-0000-4000-8000-000000000000"
CONTACT = "bbbbbbbb-0000-4000-8000-000000000000"


FILL = """
insert into practice.invoices (practice_id, customer_id, number, status, invoice_date, exemption_note, total, completed_at)
select %(p)s, %(c)s, 'RE-2026-' || lpad(n::text, 6, '0'), 'completed', date '2026-11-01' + ((n - 1) * %(days)s / %(n)s)::int,
       'frei nach § 4 Nr. 14 UStG', 85, now()
from generate_series(1, %(n)s) n;

insert into practice.invoice_items (invoice_id, position, description, quantity, unit_price)
select id, place, 'Behandlung', 1, 42.5 from practice.invoices, generate_series(1, 2) place;

insert into outbox.event (practice_id, document_id, payer_id, kind, number, marker_code, origin, state, due_at, closed_at)
select practice_id, id, customer_id, 'invoice', number, 'AAAA-BBBB-' || lpad(id::text, 6, '0'), 'trigger', 'delivered', null, now()
from practice.invoices;

insert into lexware.document_link (practice_id, document_id, organisation_id, kind, lexware_id, contact_id, origin)
select practice_id, id, %(o)s, 'invoice', lpad(to_hex(id), 32, '0')::uuid, %(k)s, 'created' from practice.invoices;

insert into lexware.document_states (practice_id, document_id, organisation_id, remote_id, kind, state, remote_status, number,
                                     voucher_date, total, contact_id, taxes, source)
select practice_id, id, %(o)s, lpad(to_hex(id), 32, '0')::uuid, 'invoice', 'draft', 'draft', 'RE' || id, invoice_date, total, %(k)s,
       '[{"rate": "0.00", "net": "85.00", "tax": "0.00", "gross": "85.00"}]', 'deep'
from practice.invoices;

insert into lexware.document_latest (practice_id, document_id, remote_id, state_id, first_id, state, is_draft, finalised_once,
                                     noteworthy)
select practice_id, document_id, remote_id, id, id, state, true, false, false from lexware.document_states
"""


class Lists(BaseHTTPRequestHandler):
    """As much of Lexware as a month needs, as fast as it can be: pages of a list by days."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """The profile, or a page."""
        asked = urlsplit(self.path)
        body = {"organizationId": ORGANISATION, "taxType": "vatfree"}
        if asked.path == "/v1/voucherlist":
            body = _page({name: values[0] for name, values in parse_qs(asked.query).items()})
        content = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nothing."""


def _page(asked: dict[str, str]) -> dict[str, object]:
    first, last = (int(asked[f"voucherDate{end}"][-2:]) for end in ("From", "To"))
    wanted = range((first - 1) * DOCUMENTS // DAYS, min(last, DAYS) * DOCUMENTS // DAYS)
    start = int(asked["page"]) * 250
    rows = [_row(place) for place in wanted[start : start + 250]]
    return {"content": rows, "totalElements": min(len(wanted), 10_000), "last": start + 250 >= len(wanted)}


def _row(place: int) -> dict[str, object]:
    day = f"2026-11-{place * DAYS // DOCUMENTS + 1:02d}T00:00:00.000+01:00"
    return {
        "id": str(UUID(int=place + 1)), "voucherType": "invoice", "voucherStatus": "draft", "voucherNumber": f"RE{place + 1}",
        "voucherDate": day, "createdDate": day, "updatedDate": day, "contactId": CONTACT, "totalAmount": 85.0,
    }  # fmt: skip


@pytest.fixture(name="url")
def _url() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Lists) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(name="database_url")
def _database_url() -> Iterator[str]:
    """On a server of its own, whose CPU nobody else uses."""
    with EmbeddedPostgres(settings=services.FAST) as server, services.database(server.url()) as url:
        migrate(url, reference_practice=True)
        yield url


def _fill(db: psycopg.Connection, practice_id: int, customer_id: int) -> None:
    """A hundred thousand documents that were delivered, and read as a whole once."""
    of = {"p": practice_id, "c": customer_id, "n": DOCUMENTS, "days": DAYS, "o": ORGANISATION, "k": CONTACT}
    with db.transaction():
        db.execute("set local session_replication_role = replica")
        for statement in FILL.split(";"):
            db.execute(statement, of)  # type: ignore[arg-type]
    db.execute("analyze")


#: A process begins with the memory of the one that starts it: so a small one does, which tells what the command took.
_MEASURED = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(code, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, file=sys.stderr)
"""


def _postgres_seconds(db: psycopg.Connection) -> float:
    """The CPU that the server's processes have used, those that have ended included."""
    server = psutil.Process(int((db.execute("select pg_backend_pid()").fetchone() or [0])[0])).parent()
    assert server is not None
    times = server.cpu_times()
    living = (each.cpu_times() for each in server.children())
    return sum((one.user + one.system for one in living), times.children_user + times.children_system)


@pytest.mark.proof
@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_hundred_thousand_documents(
    db: psycopg.Connection, database_url: str, url: str, tmp_path: Path, record_property, form: str
) -> None:
    """The whole month is proven, in a process of its own."""
    praxis = Practice(db)
    praxis.switch_on(ORGANISATION, "key")
    _fill(db, praxis.practice_id, praxis.customer())
    environment = os.environ | {
        "DATABASE_URL": database_url, "LEXRELAY_SECRET_KEYS": practice.SECRET_KEY, "LEXWARE_API_URL": url,
        "LEXRELAY_RATE_PER_SECOND": "1000",
    }  # fmt: skip
    command = [sys.executable, "-m", "worker", "report", "--practice", str(praxis.practice_id), "--month", "2026-11"]
    before, began = _postgres_seconds(db), time.monotonic()

    with (tmp_path / "report").open("wb") as out:
        measured = [sys.executable, "-c", _MEASURED, *command, "--format", form]
        process = subprocess.run(measured, stdout=out, stderr=subprocess.PIPE, text=True, env=environment, check=False)
    code, seconds, mebibytes = map(float, process.stderr.splitlines()[-1].split())
    in_all, of_postgres = time.monotonic() - began, _postgres_seconds(db) - before

    told = f"{seconds:.1f} s of CPU, PostgreSQL {of_postgres:.1f}, {in_all:.1f} s in all, {mebibytes:.0f} MiB"
    record_property(f"report as {form}", told)
    assert code == 0
    assert (tmp_path / "report").stat().st_size > DOCUMENTS * 50
    assert seconds + of_postgres < 30  # one after the other, so on a machine of its own it takes no longer
    assert mebibytes < 200
