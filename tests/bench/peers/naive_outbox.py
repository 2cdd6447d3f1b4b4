"""(e) What a good engineer writes from a blog post: an outbox table, Dramatiq, an httpx client per thread, "done".

Run as `python -m tests.bench.peers.naive_outbox` (the relay) and `dramatiq tests.bench.peers.naive_outbox -p 2 -t 128`. No
marker, no intent, no order, no rate: Dramatiq tries again whatever failed, so what timed out is sent twice.
"""

import os
import ssl
import threading
import time

import dramatiq
import httpx
import psycopg
from dramatiq.brokers.redis import RedisBroker
from psycopg.types.json import Jsonb
from psycopg_pool import ConnectionPool

from tests.bench.peers.invoice import invoice

_TABLE = """
create table outbox (id bigint primary key, payload jsonb not null, status text not null default 'new');
create index on outbox (id) where status = 'new';
"""
_TAKE = """
update outbox set status = 'queued'
where id in (select id from outbox where status = 'new' order by id limit 100 for update skip locked)
returning id
"""

dramatiq.set_broker(RedisBroker(url=os.environ["REDIS_URL"]))
certificates = ssl.create_default_context()
pool = ConnectionPool(os.environ["DATABASE_URL"], min_size=1, max_size=8, open=False, kwargs={"autocommit": True})
mine = threading.local()


def client() -> httpx.Client:
    """The client of the thread that asks."""
    if not hasattr(mine, "client"):
        headers = {"Authorization": "Bearer key"}
        mine.client = httpx.Client(base_url=os.environ["LEXWARE_API_URL"], headers=headers, verify=certificates)
    return mine.client


@dramatiq.actor
def upload(number: int) -> None:
    """Send one invoice, and mark it as done."""
    pool.open()
    with pool.connection() as connection:
        row = connection.execute("select payload from outbox where id = %s", (number,)).fetchone()
    assert row is not None
    answer = client().post("/v1/invoices", json=row[0])
    answer.raise_for_status()
    with pool.connection() as connection:
        connection.execute("update outbox set status = 'done' where id = %s", (number,))


def fill(count: int) -> None:
    """Make a backlog."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        connection.execute(_TABLE)
        with connection.cursor() as cursor, cursor.copy("copy outbox (id, payload) from stdin") as copy:
            for number in range(count):
                copy.write_row((number, Jsonb(invoice(number))))


def main() -> None:
    """Hand new rows to the workers, for ever."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        while True:
            taken = connection.execute(_TAKE).fetchall()
            for (number,) in taken:
                upload.send(number)
            time.sleep(0 if taken else 0.1)


if __name__ == "__main__":
    main()
