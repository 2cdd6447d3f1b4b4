"""An API call as the endpoints see it: authorised, parsed, and of the documented shape."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from worker.lab.sandbox.answers import RefusedError, Reply, service_error
from worker.lab.sandbox.records import Contact, Document, Organisation
from worker.lab.sandbox.rules.shapes import Shape, departures
from worker.lab.sandbox.rules.views import action_result
from worker.lab.sandbox.wire import Json, dumps
from worker.lab.sandbox.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of an organisation; `record_id` is the id in its path, `unknown_fields` is where the request log wants them."""

    world: World
    organisation: Organisation
    path: str
    record_id: str
    query: Mapping[str, str]
    sent: Any
    content_type: str
    accept: str
    host_url: str
    at: datetime
    unknown_fields: list[str]

    def body(self, shape: Shape) -> Json:
        """The JSON object sent, of the documented shape.

        Raises RefusedError: 415 for another content type, 400 for what is no such object (lexware-api 3.5).
        """
        if self.content_type != "application/json":
            raise RefusedError(service_error(415, self.path, "Content-Type must be application/json"))
        if not isinstance(self.sent, dict):
            raise RefusedError(service_error(400, self.path, "JSON parse error"))
        self._compare(self.sent, shape)
        return self.sent

    @property
    def accepted_types(self) -> set[str]:
        """The media types of `Accept`, without their weights."""
        return {part.partition(";")[0].strip() for part in self.accept.split(",")}

    def created(self, record: Contact | Document, status: int) -> Reply:
        """The answer to a create: the action result, and where the record is (lexware-api 1.2)."""
        url = f"{self.host_url}{self.path}/{record.id}"
        payload = dumps(action_result(record, url))
        return Reply(status=status, payload=payload, headers={"Location": url}, committed_id=record.id)

    def updated(self, record: Contact) -> Reply:
        """The answer to an update."""
        payload = dumps(action_result(record, f"{self.host_url}{self.path}"))
        return Reply(status=200, payload=payload, committed_id=record.id)

    def _compare(self, body: Json, shape: Shape) -> None:
        found = list(departures(body, shape))
        unknown = [departure.path for departure in found if departure.unknown]
        mistyped = [departure.path for departure in found if not departure.unknown]
        if self.organisation.switches.strict:
            self.unknown_fields.extend(unknown)
        if mistyped:
            raise RefusedError(service_error(400, self.path, f"JSON parse error: {', '.join(mistyped)}"))
        if unknown and self.organisation.switches.reject_unknown:
            raise RefusedError(service_error(400, self.path, f"Unknown fields: {', '.join(unknown)}"))
