"""The sandbox as a server: in the foreground, or in a thread of a test or a demo."""

import asyncio
import signal
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from aiohttp import web

from worker.sandbox.control import Control, Tenant
from worker.sandbox.control_room import ControlRoom
from worker.sandbox.faults import Faults
from worker.sandbox.gateway import Gateway
from worker.sandbox.traffic import Traffic
from worker.sandbox.world import World

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
    state: Path | None = None,
    announce: Announce | None = None,
) -> None:
    """Serve in the foreground until SIGTERM or SIGINT, then return.

    Port 0 takes a free one. Organisations are founded until there are so many, those of the state file counted.
    Raises OSError when the port is taken or the state file cannot be written.
    """
    asyncio.run(_serve(World(state), host, port, organisations, announce or (lambda _url, _tenants: None)))


async def _serve(world: World, host: str, port: int, organisations: int, announce: Announce) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    while len(world.organisations) < organisations:
        world.add_organisation(company_name=f"Praxis Beispiel {len(world.organisations) + 1}")
    runner, url = await _start(world, host, port)
    announce(url, _tenants(world))
    await stopped.wait()
    await _stop(runner, world)


class Sandbox:
    """A sandbox in a daemon thread, on a free port of 127.0.0.1: `with Sandbox() as sandbox: sandbox.url`."""

    def __init__(self, *, organisations: int = 1, port: int = 0, state: Path | None = None) -> None:
        self._world = World(state)
        while len(self._world.organisations) < organisations:
            self._world.add_organisation(company_name=f"Praxis Beispiel {len(self._world.organisations) + 1}")
        self.tenants = _tenants(self._world)
        """The organisations it began with."""
        self._port = port
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="sandbox", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        start = _start(self._world, "127.0.0.1", self._port)
        self._runner, self.url = asyncio.run_coroutine_threadsafe(start, self._loop).result()
        self.control = Control(self.url)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.control.close()
        asyncio.run_coroutine_threadsafe(_stop(self._runner, self._world), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


async def _start(world: World, host: str, port: int) -> tuple[web.AppRunner, str]:
    traffic, faults = Traffic(), Faults()
    app = web.Application(client_max_size=_LARGEST_BODY)
    app.router.add_route("*", "/_sandbox/{command}", ControlRoom(world, traffic, faults).handle)
    app.router.add_route("*", "/{path:.*}", Gateway(world, traffic, faults).handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_GRACE_SECONDS)
    await runner.setup()
    site = web.TCPSite(runner, host, port, backlog=1024)
    await site.start()
    address = runner.addresses[0]
    return runner, f"http://{host}:{address[1]}"


async def _stop(runner: web.AppRunner, world: World) -> None:
    await runner.cleanup()
    world.close()


def _tenants(world: World) -> list[Tenant]:
    return [
        Tenant(each.id, each.company_name, tuple(name for name, key in each.keys.items() if not key.revoked))
        for each in world.organisations.values()
    ]
