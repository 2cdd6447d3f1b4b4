"""The client of `/_sandbox/`: how tests and the demo set the sandbox up, break it, act as users and read it out.

Calls raise httpx.HTTPStatusError when the sandbox refuses: 400 for nonsense, 409 for what the web app would not do.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Literal, Self

import httpx

from worker.lab.sandbox.faults import Fault
from worker.lab.sandbox.wire import dumps

Action = Literal[
    "finalise",
    "reopen",
    "void",
    "pay",
    "pay_with_discount",
    "write_off",
    "unpay",
    "set_due",
    "become_overdue",
    "set_status_word",
    "delete_draft",
    "edit_draft",
    "set_total",
    "create_document",
    "copy_document",
    "archive_document",
    "create_contact",
    "edit_contact",
    "archive_contact",
    "delete_contact",
    "merge_contacts",
    "add_email",
    "add_address",
    "set_default_discount",
    "new_key",
    "revoke_key",
    "set_tax",
    "set_contract",
    "set_company_data",
]


@dataclass(frozen=True, slots=True)
class Tenant:
    """An organisation as the control side names it, with its working API keys."""

    id: str
    company_name: str
    keys: tuple[str, ...]

    @property
    def key(self) -> str:
        """Its first key."""
        return self.keys[0]


class Control:
    """The control side of a running sandbox. Threads may share one."""

    def __init__(self, url: str, *, timeout_seconds: float = 30.0) -> None:
        # Plain http: not to load the authorities' certificates spares 30 ms.
        transport = httpx.HTTPTransport(verify=False)
        self._http = httpx.Client(base_url=f"{url}/_sandbox/", timeout=timeout_seconds, transport=transport)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def add_organisation(
        self,
        company_name: str = "Praxis Beispiel",
        *,
        tax_type: Literal["net", "gross", "vatfree"] = "vatfree",
        small_business: bool = False,
        keys: int = 1,
        switches: Mapping[str, Any] | None = None,
    ) -> Tenant:
        """Found an organisation with API keys of its own."""
        return _tenant(
            self._ask(
                "add_organisation",
                company_name=company_name,
                tax_type=tax_type,
                small_business=small_business,
                keys=keys,
                switches=switches,
            )
        )

    def organisations(self) -> list[Tenant]:
        """All organisations, oldest first."""
        return [_tenant(each) for each in self._ask("organisations")]

    def set_switches(self, organisation: str | None = None, **values: Any) -> None:
        """Set switches by name (see `switches.py`); without an organisation those of all, also of later ones."""
        self._ask("set_switches", organisation=organisation, values=values)

    def add_fault(self, fault: Fault) -> None:
        """Arm a fault."""
        self._ask("add_fault", **asdict(fault))

    def faults(self) -> list[dict[str, Any]]:
        """The faults and how often each has struck."""
        faults: list[dict[str, Any]] = self._ask("faults")
        return faults

    def clear_faults(self) -> None:
        """Disarm all faults and end an outage."""
        self._ask("clear_faults")

    def start_outage(self, fault: Fault) -> None:
        """Let every API call suffer this fault, whatever its pattern and count, until `end_outage`."""
        self._ask("start_outage", **asdict(fault))

    def end_outage(self) -> None:
        """End the outage; other faults stay armed."""
        self._ask("end_outage")

    def act(self, organisation: str, action: Action, **arguments: Any) -> dict[str, Any]:
        """Do something by hand, as a user of the web app: see `web_app/` for the arguments. Answers `{"id"}` or `{"key"}`."""
        done: dict[str, Any] = self._ask("act", organisation=organisation, action=action, arguments=arguments)
        return done

    def documents(self, organisation: str | None = None) -> list[dict[str, Any]]:
        """All documents ever committed, oldest first: id, kind, number, status, origin, created_at, deleted_at, body…"""
        documents: list[dict[str, Any]] = self._ask("documents", organisation=organisation)
        return documents

    def contacts(self, organisation: str | None = None) -> list[dict[str, Any]]:
        """All contacts ever committed, oldest first."""
        contacts: list[dict[str, Any]] = self._ask("contacts", organisation=organisation)
        return contacts

    def requests(self, organisation: str | None = None, *, since: int = 0) -> list[dict[str, Any]]:
        """The API calls in the order they arrived, after call number `since` (see `traffic.Arrival`)."""
        requests: list[dict[str, Any]] = self._ask("requests", organisation=organisation, since=since)
        return requests

    def max_calls_in_sliding_second(self, organisation: str) -> int:
        """The most API calls of the organisation that arrived within any one second."""
        return int(self._ask("densest_second", organisation=organisation))

    def counts(self, organisation: str | None = None) -> dict[str, int]:
        """How many organisations, documents, contacts and requests there are."""
        counts: dict[str, int] = self._ask("counts", organisation=organisation)
        return counts

    def _ask(self, command: str, **arguments: Any) -> Any:
        headers = {"Content-Type": "application/json"}
        response = self._http.post(command, content=dumps(arguments), headers=headers)
        if response.status_code in (400, 409):
            message = f"{command}: {response.json()['error']}"
            raise httpx.HTTPStatusError(message, request=response.request, response=response)
        response.raise_for_status()
        return response.json(parse_float=Decimal)


def _tenant(body: Mapping[str, Any]) -> Tenant:
    return Tenant(body["id"], body["company_name"], tuple(body["keys"]))
