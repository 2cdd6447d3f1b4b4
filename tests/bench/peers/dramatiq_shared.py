"""(a) Plain Dramatiq as its guide has it, with one httpx client for the module: no outbox, no rate.

Run as `dramatiq tests.bench.peers.dramatiq_shared -p 2 -t 128`.
"""

import os

import dramatiq
import httpx
from dramatiq.brokers.redis import RedisBroker

from tests.bench.peers.invoice import invoice

dramatiq.set_broker(RedisBroker(url=os.environ["REDIS_URL"]))
client = httpx.Client(base_url=os.environ["LEXWARE_API_URL"], headers={"Authorization": "Bearer key"})


@dramatiq.actor
def upload(number: int) -> None:
    """Send one invoice."""
    client.post("/v1/invoices", json=invoice(number)).raise_for_status()


def fill(count: int) -> None:
    """Make a backlog."""
    for number in range(count):
        upload.send(number)
