"""A lean stand-in for Lexware: every call is answered after the latency, nothing is checked and nothing is kept.

The real simulation (worker/sandbox) checks and remembers every call, which costs more than all that is measured here.
Run it as a process of its own: `python -m tests.bench.remote`; it prints its address. An API key is the id of its
organisation. `GET /counts` tells how many documents and calls there were.
"""

import asyncio
import itertools
import json
import logging
import uuid
from collections import Counter

import click
from aiohttp import web

_SINCE = "2026-11-02T08:00:00.000+01:00"


class Remote:
    """Answers like Lexware, after a while."""

    def __init__(self, latency_seconds: float) -> None:
        self._latency_seconds = latency_seconds
        self._numbers = itertools.count(1)
        self._counts: Counter[str] = Counter(documents=0, calls=0)

    def app(self) -> web.Application:
        """The routes that are called in a bench."""
        app = web.Application()
        app.router.add_post("/v1/invoices", self._create)
        app.router.add_get("/v1/profile", self._profile)
        app.router.add_get("/counts", self._tell)
        return app

    async def _create(self, request: web.Request) -> web.Response:
        await request.read()
        await self._take_time()
        self._counts["documents"] += 1
        made = uuid.UUID(int=next(self._numbers), version=4)
        body = f'{{"id":"{made}","resourceUri":"{request.path}/{made}","createdDate":"{_SINCE}","updatedDate":"{_SINCE}","version":1}}'
        return web.Response(status=201, text=body, content_type="application/json")

    async def _profile(self, request: web.Request) -> web.Response:
        await self._take_time()
        organisation = request.headers["Authorization"].removeprefix("Bearer ")
        profile = {
            "organizationId": organisation,
            "companyName": "Praxis",
            "taxType": "vatfree",
            "smallBusiness": False,
        }
        return web.json_response(profile)

    async def _tell(self, _request: web.Request) -> web.Response:
        return web.json_response(self._counts)

    async def _take_time(self) -> None:
        self._counts["calls"] += 1
        await asyncio.sleep(self._latency_seconds)


async def _serve(latency_seconds: float) -> None:
    runner = web.AppRunner(Remote(latency_seconds).app(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
    click.echo(json.dumps({"url": f"http://127.0.0.1:{runner.addresses[0][1]}"}))
    await asyncio.Event().wait()


@click.command()
@click.option("--latency", default=0.2, show_default=True, help="Seconds until an answer.")
def main(latency: float) -> None:
    """Serve until killed."""
    logging.getLogger("aiohttp").setLevel(logging.CRITICAL)  # contestants are killed in the middle of their calls
    asyncio.run(_serve(latency))


if __name__ == "__main__":
    main()
