"""A TCP proxy on the loopback that loses requests and answers: what a network does at the worst moment.

It knows connections and pieces, not what they mean; a piece from the client is a request, small as ours are.
"""

import asyncio
import random
import socket
import struct
import threading
from dataclasses import dataclass
from types import TracebackType
from typing import Literal, Self

How = Literal["before", "half", "after", "silent"]
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)
_PIECE = 65_536


@dataclass(frozen=True, slots=True)
class Cut:
    """`before`: the request is lost. `half`: half of it arrives. `after`: the answer is lost, with the connection.
    `silent`: the answer is lost, and nothing says so.
    """

    how: How
    share: float
    """Of all requests."""


class Proxy:
    """Listens for the length of a `with` block, in a thread of its own. `cut` may change at any time."""

    def __init__(self, upstream_port: int, seed: str) -> None:
        self._upstream_port = upstream_port
        self._random = random.Random(seed)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True)
        self._cables: set[_Cable] = set()
        self._server: asyncio.Server | None = None
        self.cut: Cut | None = None
        self.port = 0
        self.cuts = 0

    def __enter__(self) -> Self:
        self._thread.start()
        self.listen()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def listen(self) -> None:
        """Take connections, on the same port every time."""
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()

    def refuse(self) -> None:
        """Refuse connections, and cut those that stand."""
        asyncio.run_coroutine_threadsafe(self._refuse(), self._loop).result()

    def sever(self) -> None:
        """Cut every connection that stands; new ones are welcome."""
        self._loop.call_soon_threadsafe(self._sever)

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", self.port, backlog=256)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _refuse(self) -> None:
        if self._server is not None:
            self._server.close()
        self._sever()

    async def _end(self) -> None:
        await self._refuse()
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    def _sever(self) -> None:
        self.cuts += len(self._cables)
        for cable in set(self._cables):
            cable.snap()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            up_reader, up_writer = await asyncio.open_connection("127.0.0.1", self._upstream_port)
        except OSError:
            _reset(writer)
            return
        cable = _Cable(writer, up_writer)
        self._cables.add(cable)
        try:
            await asyncio.gather(self._requests(cable, reader), self._answers(cable, up_reader))
        except OSError:
            pass
        finally:
            cable.snap()
            self._cables.discard(cable)

    async def _requests(self, cable: "_Cable", reader: asyncio.StreamReader) -> None:
        while piece := await reader.read(_PIECE):
            how = self._drawn()
            if how == "half":
                await cable.upward(piece[: len(piece) // 2])
            if how in ("before", "half"):
                break
            cable.drops_answer, cable.is_mute = how == "after", how == "silent"
            await cable.upward(piece)
        cable.snap()

    async def _answers(self, cable: "_Cable", reader: asyncio.StreamReader) -> None:
        while piece := await reader.read(_PIECE):
            if cable.drops_answer:
                break
            if not cable.is_mute:
                await cable.downward(piece)
        cable.snap()

    def _drawn(self) -> How | None:
        cut = self.cut
        if cut is None or self._random.random() >= cut.share:
            return None
        self.cuts += 1
        return cut.how


class _Cable:
    """One connection through the proxy."""

    def __init__(self, client: asyncio.StreamWriter, server: asyncio.StreamWriter) -> None:
        self._client, self._server = client, server
        self.drops_answer = False
        self.is_mute = False

    async def upward(self, piece: bytes) -> None:
        self._server.write(piece)
        await self._server.drain()

    async def downward(self, piece: bytes) -> None:
        self._client.write(piece)
        await self._client.drain()

    def snap(self) -> None:
        """Break both halves at once; what is under way is lost."""
        _reset(self._client)
        self._server.transport.abort()


def _reset(writer: asyncio.StreamWriter) -> None:
    if not writer.transport.is_closing():
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
    writer.transport.abort()
