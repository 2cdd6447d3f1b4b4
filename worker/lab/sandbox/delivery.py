"""How an answer leaves: whole, or broken as a fault demands. The only file that touches sockets."""

import asyncio
import socket
import struct

from aiohttp import web

from worker.lab.sandbox.answers import Reply
from worker.lab.sandbox.faults import Fault

_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


async def deliver(request: web.Request, answer: Reply, fault: Fault | None) -> web.StreamResponse:
    """Send an answer the way the fault's mode says. A client that has gone is nobody's error."""
    if fault is None or fault.mode in ("status", "hang", "empty"):
        return _whole(answer)
    if fault.mode == "reset":
        return _reset(request)
    try:
        return await _in_pieces(request, answer, fault)
    except ConnectionError:
        return web.Response()


def _whole(answer: Reply) -> web.Response:
    return web.Response(
        status=answer.status,
        body=answer.payload,
        content_type=answer.content_type if answer.payload else None,
        headers=answer.headers,
    )


def _reset(request: web.Request) -> web.Response:
    """Close with RST, as a machine does that has lost its memory; the response returned goes nowhere."""
    if request.transport is not None:
        request.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        request.transport.abort()
    return web.Response()


async def _in_pieces(request: web.Request, answer: Reply, fault: Fault) -> web.StreamResponse:
    """Send the answer slowly, byte by byte, or only its first half."""
    response = web.StreamResponse(status=answer.status, headers=answer.headers)
    response.content_type = answer.content_type
    response.content_length = len(answer.payload)
    await response.prepare(request)
    if fault.mode == "trickle":
        for position in range(len(answer.payload)):
            await response.write(answer.payload[position : position + 1])
            await asyncio.sleep(fault.answer_after_seconds / len(answer.payload))
        return response
    await response.write(answer.payload[: len(answer.payload) // 2])
    if request.transport is not None:
        request.transport.close()
    return response
