"""Every call to the API from its arrival to its answer: log, rate limit, latency, faults, rights, and then the call.

A call once read is carried through even if the client has gone, as behind a real gateway.
"""

import asyncio
import random
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from aiohttp import web

from worker.lab.sandbox.answers import RefusedError, Reply, gateway_error, regular_error
from worker.lab.sandbox.call import Call
from worker.lab.sandbox.delivery import deliver
from worker.lab.sandbox.faults import Fault, Faults, faulty_answer
from worker.lab.sandbox.records import Organisation, fingerprint
from worker.lab.sandbox.routes import Route, route_of
from worker.lab.sandbox.rules.berlin import now
from worker.lab.sandbox.switches import Switches
from worker.lab.sandbox.throttle import Hammering, Throttle
from worker.lab.sandbox.traffic import Arrival, Traffic
from worker.lab.sandbox.wire import loads
from worker.lab.sandbox.world import World


class Gateway:
    """The API's front door, one for all organisations."""

    def __init__(self, world: World, traffic: Traffic, faults: Faults) -> None:
        self._world = world
        self._traffic = traffic
        self._faults = faults
        self._throttle = Throttle()
        self._hammering = Hammering()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one call, or break it as a fault demands."""
        moment = time.monotonic()
        key = _key_of(request)
        organisation = self._world.owner(key)
        arrival = self._traffic.arrived(
            moment,
            organisation=organisation.id if organisation else None,
            key=fingerprint(key) if key else None,
            method=request.method,
            path=request.path,
            query={name: request.query[name] for name in request.query},
        )
        arrival.body = _readable(await request.read())
        fault, answer = None, self._too_much(request, arrival, organisation)
        if answer is None:
            fault = self._faults.strike(request.method, request.path, arrival.organisation)
            pause_seconds = _latency_seconds(organisation.switches if organisation else self._world.switches) / 2
            await _pause(pause_seconds)
            perform = partial(self._perform, request, arrival, key)
            answer = await _struck(fault, arrival, perform) if fault else perform()
            await _pause(pause_seconds)
        arrival.answered = time.monotonic()
        arrival.status = None if fault and fault.mode == "reset" else answer.status
        return await deliver(request, answer, fault)

    def _too_much(self, request: web.Request, arrival: Arrival, organisation: Organisation | None) -> Reply | None:
        """The 429, if this call is one too many; it is not performed (lexware-api 2)."""
        switches = organisation.switches if organisation else self._world.switches
        owner = {"key": arrival.key, "organisation": arrival.organisation, "address": request.remote}[
            switches.rate_scope
        ]
        admitted = self._throttle.admits(
            f"{switches.rate_scope} {owner}", switches.rate_per_second, switches.rate_capacity, arrival.arrived
        )
        if admitted and not self._hammering.blocks(arrival.key, arrival.arrived):
            return None
        wait = switches.retry_after_seconds
        return gateway_error(429, switches.rate_message, {"Retry-After": str(wait)} if wait else None)

    def _perform(self, request: web.Request, arrival: Arrival, key: str | None) -> Reply:
        """Do what the call asks for, if it may. This is the moment of the commit."""
        route, record_id = route_of(request.method, request.path)
        try:
            organisation = self._authorised(request, route, arrival, key)
            if route is None or route.handler is None:
                status = organisation.switches.missing_method_status
                return regular_error(status, request.path, "Method is not supported")
            call = Call(
                world=self._world,
                organisation=organisation,
                path=request.path,
                record_id=record_id,
                query=arrival.query,
                sent=arrival.body,
                content_type=request.content_type,
                accept=request.headers.get("Accept", "*/*"),
                host_url=f"{request.scheme}://{request.host}",
                at=now(),
                unknown_fields=arrival.unknown_fields,
            )
            answer = route.handler(call)
        except RefusedError as refused:
            return refused.answer
        arrival.committed_id = answer.committed_id
        return answer

    def _authorised(self, request: web.Request, route: Route | None, arrival: Arrival, key: str | None) -> Organisation:
        """Whose call it is. Raises RefusedError for unknown routes and missing rights (3.2, 14.1)."""
        if route is None:
            raise RefusedError(gateway_error(403, _echo(request)))
        organisation = self._world.owner(key)
        if organisation is None or key is None or organisation.keys[key].revoked:
            self._hammering.struck(arrival.key, arrival.arrived)
            raise RefusedError(gateway_error(401, "Unauthorized"))
        if not organisation.contract_ok:
            raise RefusedError(gateway_error(402, organisation.switches.no_contract_message))
        if route.scope and route.scope not in organisation.keys[key].scopes:
            raise RefusedError(gateway_error(403, organisation.switches.no_scope_message))
        return organisation


async def _struck(fault: Fault, arrival: Arrival, perform: Callable[[], Reply]) -> Reply:
    """Let a call have its effect when the fault says, if at all, and see what the fault shows."""
    arrival.fault = str(fault)
    own = perform() if fault.when == "after" else None
    if fault.when == "later":
        asyncio.get_running_loop().call_later(fault.commit_after_seconds, perform)
    if fault.mode != "trickle":
        await _pause(fault.answer_after_seconds)
    return faulty_answer(fault, arrival.method, arrival.path, own)


async def _pause(seconds: float) -> None:
    if seconds:
        await asyncio.sleep(seconds)


def _latency_seconds(switches: Switches) -> float:
    is_in_tail = random.random() < switches.latency_tail_share  # noqa: S311 - a delay, no secret
    return switches.latency_seconds + (switches.latency_tail_seconds if is_in_tail else 0.0)


def _key_of(request: web.Request) -> str | None:
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    return key if scheme == "Bearer" and key else None


def _echo(request: web.Request) -> str:
    """The real gateway's answer to an unknown URL: it repeats the key (3.2), so that redaction is tried out."""
    sent = request.headers.get("Authorization", "")
    token = sent.removeprefix("Bearer ")
    return f"'{token}' not a valid key=value pair (missing equal-sign) in Authorization header: '{sent}'."


def _readable(raw: bytes) -> Any:
    try:
        return loads(raw) if raw else None
    except ValueError:
        return None
