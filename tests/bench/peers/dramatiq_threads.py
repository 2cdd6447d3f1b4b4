"""(b) The same with one httpx client per thread: `dramatiq tests.bench.peers.dramatiq_threads -p 2 -t 256`."""

import os
import ssl
import threading

import dramatiq
import httpx
from dramatiq.brokers.redis import RedisBroker

from tests.bench.peers.invoice import invoice

dramatiq.set_broker(RedisBroker(url=os.environ["REDIS_URL"]))
certificates = ssl.create_default_context()
mine = threading.local()


def client() -> httpx.Client:
    """The client of the thread that asks."""
    if not hasattr(mine, "client"):
        headers = {"Authorization": "Bearer key"}
        mine.client = httpx.Client(base_url=os.environ["LEXWARE_API_URL"], headers=headers, verify=certificates)
    return mine.client


@dramatiq.actor
def upload(number: int) -> None:
    """Send one invoice."""
    client().post("/v1/invoices", json=invoice(number)).raise_for_status()


def fill(count: int) -> None:
    """Make a backlog."""
    for number in range(count):
        upload.send(number)
