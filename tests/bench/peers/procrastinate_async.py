"""(d) procrastinate, jobs in PostgreSQL, with an asynchronous task and one httpx client for the module.

Run as `procrastinate --app tests.bench.peers.procrastinate_async.app worker --concurrency 128`.
"""

import os

import httpx
from procrastinate import App, PsycopgConnector

from tests.bench.peers.invoice import invoice

app = App(connector=PsycopgConnector(conninfo=os.environ["DATABASE_URL"]))
client = httpx.AsyncClient(base_url=os.environ["LEXWARE_API_URL"], headers={"Authorization": "Bearer key"})


@app.task
async def upload(number: int) -> None:
    """Send one invoice."""
    (await client.post("/v1/invoices", json=invoice(number))).raise_for_status()


def fill(count: int) -> None:
    """Make a backlog."""
    with app.open():
        app.schema_manager.apply_schema()
        upload.batch_defer(*({"number": number} for number in range(count)))
