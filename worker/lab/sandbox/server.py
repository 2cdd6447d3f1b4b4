"""The sandbox as a server: in the foreground, or in a thread of a test or a demo."""

import asyncio
import signal
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import Future
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Self

from aiohttp import web

from worker.lab.sandbox.control import Control, Tenant
from worker.lab.sandbox.control_room import ControlRoom
from worker.lab.sandbox.faults import Faults
from worker.lab.sandbox.gateway import Gateway
from worker.lab.sandbox.switches import Switches
from worker.lab.sandbox.traffic import Traffic
from worker.lab.sandbox.world import World

Announce = Callable[[str, Sequence[Tenant]], None]
"""Told the address and the organisations once the server answers."""

_LARGEST_BODY = 8 * 1024 * 1024
_GRACE_SECONDS = 0.1
"""For calls that hang when the server stops."""


def run(
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    organisations: int = 1,
    switches: Switches | None = None,
    state: Path | None = None,
    announce: Announce | None = None,
) -> None:
    """Serve in the foreground until SIGTERM or SIGINT, then return.

    Port 0 takes a free one. Organisations are founded until there are so many, those of the state file counted.
    Raises OSError when the port is taken or the state file cannot be written.
    """
    asyncio.run(_serve(_world(organisations, switches, state), host, port, announce))


def _world(organisations: int, switches: Switches | None, state: Path | None) -> World:
    world = World(state, switches or Switches())
    world.populate(organisations)
    return world


async def _serve(world: World, host: str, port: int, announce: Announce | None) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with _started(world, host, port) as url:
        if announce:
            announce(url, _tenants(world))
        await stopped.wait()


class Sandbox:
    """A sandbox in a daemon thread, on a port of 127.0.0.1: `with Sandbox() as sandbox: … sandbox.url`.

    `control` sets it up and reads it out; `tenants` are the organisations it began with.
    """

    url: str
    control: Control

    def __init__(
        self,
        *,
        organisations: int = 1,
        port: int = 0,
        switches: Switches | None = None,
        state: Path | None = None,
    ) -> None:
        self._world = _world(organisations, switches, state)
        self._port = port
        self._ready: Future[str] = Future()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="sandbox", daemon=True)
        self.tenants = _tenants(self._world)

    def __enter__(self) -> Self:
        self._thread.start()
        try:
            self.url = self._ready.result()
        except OSError:
            self._thread.join()
            raise
        self.control = Control(self.url)
        return self

    def __exit__(self, *_: object) -> None:
        self.control.close()
        self._loop.call_soon_threadsafe(self._stopped.set)
        self._thread.join()

    async def _serve(self) -> None:
        self._loop, self._stopped = asyncio.get_running_loop(), asyncio.Event()
        try:
            async with _started(self._world, "127.0.0.1", self._port) as url:
                self._ready.set_result(url)
                await self._stopped.wait()
        except OSError as error:
            self._ready.set_exception(error)


@asynccontextmanager
async def _started(world: World, host: str, port: int) -> AsyncIterator[str]:
    """The server's address, as long as it runs."""
    traffic, faults = Traffic(), Faults()
    app = web.Application(client_max_size=_LARGEST_BODY)
    app.router.add_route("*", "/_sandbox/{command}", ControlRoom(world, traffic, faults).handle)
    app.router.add_route("*", "/{path:.*}", Gateway(world, traffic, faults).handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_GRACE_SECONDS)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port, backlog=1024).start()
        yield f"http://{host}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
        world.close()


def _tenants(world: World) -> list[Tenant]:
    return [
        Tenant(each.id, each.company_name, tuple(name for name, key in each.keys.items() if not key.revoked))
        for each in world.organisations.values()
    ]
