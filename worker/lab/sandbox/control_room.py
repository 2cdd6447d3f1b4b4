"""Everything under `/_sandbox/`: what tests, demo and curious users ask of the sandbox itself.

`/_sandbox/{command}` takes its arguments as a JSON object (POST) or as a query (GET) and answers JSON: 200, 400 for
arguments that make no sense, 404 for an unknown command, 409 for what the web app would not do. No key, no limit, no log.
"""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

from aiohttp import web

from worker.lab.sandbox.faults import Fault, Faults
from worker.lab.sandbox.records import Organisation, tax_type_named
from worker.lab.sandbox.rules.berlin import now
from worker.lab.sandbox.rules.views import contact_seen_by_tests, document_seen_by_tests
from worker.lab.sandbox.switches import changed
from worker.lab.sandbox.traffic import Traffic, arrival_json
from worker.lab.sandbox.typed import checked
from worker.lab.sandbox.web_app import ACTIONS
from worker.lab.sandbox.web_app.session import NotPossibleError, UserSession
from worker.lab.sandbox.wire import Json, dumps, loads
from worker.lab.sandbox.world import World

_BREATH = 50
"""List entries written in one go: a few milliseconds."""


class ControlRoom:
    """The commands by name."""

    def __init__(self, world: World, traffic: Traffic, faults: Faults) -> None:
        self._world = world
        self._traffic = traffic
        self._faults = faults
        self._commands: dict[str, Callable[..., Any]] = {
            "add_organisation": self._add_organisation,
            "organisations": self._organisations,
            "set_switches": self._set_switches,
            "add_fault": self._add_fault,
            "faults": self._faults.left,
            "clear_faults": self._faults.clear,
            "start_outage": self._start_outage,
            "end_outage": self._end_outage,
            "act": self._act,
            "documents": self._documents,
            "contacts": self._contacts,
            "requests": self._requests,
            "densest_second": self._traffic.densest_second,
            "counts": self._counts,
        }

    async def handle(self, request: web.Request) -> web.Response:
        """Carry out one command."""
        command = self._commands.get(request.match_info["command"])
        if command is None:
            return _json(404, dumps({"error": "no such command", "commands": sorted(self._commands)}))
        try:
            raw = await request.read()
            arguments = loads(raw) if raw else dict(request.query)
            return _json(200, await _in_breaths(command(**arguments)))
        except NotPossibleError as error:
            return _json(409, dumps({"error": str(error)}))
        except (TypeError, ValueError, KeyError) as error:
            return _json(400, dumps({"error": f"{type(error).__name__}: {error}"}))

    def _add_organisation(
        self,
        company_name: str = "Praxis Beispiel",
        tax_type: str = "vatfree",
        small_business: bool = False,
        keys: int = 1,
        switches: Json | None = None,
    ) -> Json:
        organisation = self._world.add_organisation(
            company_name=company_name,
            tax_type=tax_type_named(tax_type),
            small_business=small_business,
            keys=keys,
            switches=changed(self._world.switches, switches or {}),
        )
        return _tenant(organisation)

    def _organisations(self) -> list[Json]:
        return [_tenant(organisation) for organisation in self._world.organisations.values()]

    def _set_switches(self, values: Json, organisation: str | None = None) -> None:
        """Of one organisation; or of all, those to come included."""
        if organisation is None:
            self._world.switches = changed(self._world.switches, values)
        for chosen in self._chosen(organisation):
            chosen.switches = changed(chosen.switches, values)
            self._world.settle(chosen)

    def _add_fault(self, **fields: Any) -> None:
        self._faults.add(Fault(**checked(Fault, fields)))

    def _start_outage(self, **fields: Any) -> None:
        self._faults.outage = Fault(**checked(Fault, fields))

    def _end_outage(self) -> None:
        self._faults.outage = None

    def _act(self, organisation: str, action: str, arguments: Json) -> Json:
        return ACTIONS[action](UserSession(self._world, self._world.organisations[organisation], now()), **arguments)

    def _documents(self, organisation: str | None = None) -> Iterator[Json]:
        chosen = self._chosen(organisation)
        found = [(document, owner) for owner in chosen for document in owner.documents.values()]
        return (document_seen_by_tests(document, owner) for document, owner in found)

    def _contacts(self, organisation: str | None = None) -> Iterator[Json]:
        chosen = self._chosen(organisation)
        found = [(contact, owner) for owner in chosen for contact in owner.contacts.values()]
        return (contact_seen_by_tests(contact, owner) for contact, owner in found)

    def _requests(self, organisation: str | None = None, since: int = 0) -> Iterator[Json]:
        return map(arrival_json, self._traffic.calls(organisation, int(since)))

    def _counts(self, organisation: str | None = None) -> Json:
        chosen = self._chosen(organisation)
        return {
            "organisations": len(chosen),
            "documents": sum(len(each.documents) for each in chosen),
            "contacts": sum(len(each.contacts) for each in chosen),
            "requests": self._traffic.count,
        }

    def _chosen(self, organisation: str | None) -> list[Organisation]:
        if organisation is None:
            return list(self._world.organisations.values())
        return [self._world.organisations[organisation]]


def _tenant(organisation: Organisation) -> Json:
    working = [name for name, key in organisation.keys.items() if not key.revoked]
    return {"id": organisation.id, "company_name": organisation.company_name, "keys": working}


async def _in_breaths(result: Any) -> bytes:
    """The JSON of a result. Long lists are written bit by bit, so that no API call waits and arrives late in the log."""
    if not isinstance(result, Iterator):
        return dumps(result)
    entries = []
    for entry in result:
        entries.append(dumps(entry))
        if len(entries) % _BREATH == 0:
            await asyncio.sleep(0)
    return b"[" + b",".join(entries) + b"]"


def _json(status: int, body: bytes) -> web.Response:
    return web.Response(status=status, body=body, content_type="application/json")
