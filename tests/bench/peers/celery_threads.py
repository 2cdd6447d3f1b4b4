"""(c) Celery with its thread pool and one httpx client for the module, as its first steps have it.

Run as `celery -A tests.bench.peers.celery_threads worker --pool threads --concurrency 128`.
"""

import os

import httpx
from celery import Celery

from tests.bench.peers.invoice import invoice

app = Celery("bench", broker=os.environ["REDIS_URL"])
client = httpx.Client(base_url=os.environ["LEXWARE_API_URL"], headers={"Authorization": "Bearer key"})


@app.task(ignore_result=True)
def upload(number: int) -> None:
    """Send one invoice."""
    client.post("/v1/invoices", json=invoice(number)).raise_for_status()


def fill(count: int) -> None:
    """Make a backlog."""
    for number in range(count):
        upload.delay(number)
