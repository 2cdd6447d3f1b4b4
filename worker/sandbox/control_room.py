"""Everything under `/_sandbox/`: what tests, demo and curious users ask of the sandbox itself.

`/_sandbox/{command}` takes its arguments as a JSON object (POST) or as a query (GET) and answers JSON: 200, 400 for
arguments that make no sense, 404 for an unknown command, 409 for what the web app would not do. No key, no limit, no log.
"""

from collections.abc import Callable
from typing import Any

from aiohttp import web

from worker.sandbox.faults import Fault, Faults
from worker.sandbox.records import Organisation, tax_type_named
from worker.sandbox.rules.berlin import now
from worker.sandbox.rules.views import contact_seen_by_tests, document_seen_by_tests
from worker.sandbox.switches import changed
from worker.sandbox.traffic import Traffic
from worker.sandbox.typed import checked
from worker.sandbox.web_app import ACTIONS
from worker.sandbox.web_app.desk import Desk, NotPossibleError
from worker.sandbox.wire import Json, dumps, loads
from worker.sandbox.world import World


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
            return _json(404, {"error": "no such command", "commands": sorted(self._commands)})
        try:
            raw = await request.read()
            arguments = loads(raw) if raw else dict(request.query)
            return _json(200, command(**arguments))
        except NotPossibleError as error:
            return _json(409, {"error": str(error)})
        except (TypeError, ValueError, KeyError) as error:
            return _json(400, {"error": f"{type(error).__name__}: {error}"})

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
        return ACTIONS[action](Desk(self._world, self._world.organisations[organisation], now()), **arguments)

    def _documents(self, organisation: str | None = None) -> list[Json]:
        return [
            document_seen_by_tests(document, chosen)
            for chosen in self._chosen(organisation)
            for document in chosen.documents.values()
        ]

    def _contacts(self, organisation: str | None = None) -> list[Json]:
        return [
            contact_seen_by_tests(contact, chosen)
            for chosen in self._chosen(organisation)
            for contact in chosen.contacts.values()
        ]

    def _requests(self, organisation: str | None = None, since: int = 0) -> list[Json]:
        return list(self._traffic.calls(organisation, int(since)))

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


def _json(status: int, body: Any) -> web.Response:
    return web.Response(status=status, body=dumps(body), content_type="application/json")
