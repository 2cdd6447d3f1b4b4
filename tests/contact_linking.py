"""Where customers meet contacts: a connected practice, its organisation in Lexware, and the operator at the keyboard."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from commands import Commands
from practice import Practice
from psycopg.rows import dict_row

from worker.lab.sandbox.control import Tenant
from worker.lab.sandbox.server import Sandbox

ADDRESS = {"street": "Lindenweg 3", "zip": "50667", "city": "Köln", "countryCode": "DE"}


@dataclass
class ContactLinking:
    """A connected practice, its organisation in Lexware, and the operator at the keyboard."""

    db: psycopg.Connection[Any]
    sandbox: Sandbox
    tenant: Tenant
    practice: Practice
    lexrelay: Commands

    def customer(self, first_name: str = "Ada", last_name: str = "Beispiel", **columns: Any) -> int:
        """A customer at Lindenweg 3."""
        given = {"first_name": first_name, "last_name": last_name, "street": "Lindenweg 3"}
        return self.practice.customer(**given | columns)

    def contact(self, first_name: str = "Ada", last_name: str = "Beispiel", **body: Any) -> str:
        """A contact at Lindenweg 3, written by hand in Lexware."""
        person = {"roles": {"customer": {}}, "person": {"firstName": first_name, "lastName": last_name}}
        person["addresses"] = {"billing": [ADDRESS]}
        made = self.sandbox.control.act(self.tenant.id, "create_contact", body=person | body)
        return str(made["id"])

    def link(self, customer: int, value: object, *options: object, exits: int = 0) -> str:
        """What `contact link` says, on stdout or stderr."""
        words = ("contact", "link", "--practice", self.practice.practice_id, "--customer", customer, value, *options)
        result = self.lexrelay(*words, exits=exits)
        return result.stderr if exits else result.stdout

    def csv(self, file: Path, *options: object, exits: int = 0) -> Any:
        """The result of `contact link --csv`."""
        words = ("contact", "link", "--practice", self.practice.practice_id, "--csv", file, *options)
        return self.lexrelay(*words, exits=exits)

    def links(self) -> dict[int, str]:
        """The links that hold, as `contact list` gives them."""
        rows = self.lexrelay.json("contact", "list", "--practice", self.practice.practice_id)
        return {row["customer_id"]: row["contact_id"] for row in rows}

    def suggest(self) -> Any:
        """What `contact suggest --json` gives."""
        return self.lexrelay.json("contact", "suggest", "--practice", self.practice.practice_id)

    def rows(self, statement: str, *values: object) -> list[dict[str, Any]]:
        """The rows of a query."""
        with self.db.cursor(row_factory=dict_row) as cursor:
            return cursor.execute(statement, values).fetchall()

    def actions(self) -> list[dict[str, Any]]:
        """What was recorded for the practice."""
        statement = "select * from outbox.operator_action where practice_id = %s order by action_id"
        return self.rows(statement, self.practice.practice_id)

    def ended(self) -> list[str]:
        """The contacts of links that do not hold any more."""
        statement = "select contact_id from lexware.contact_link where practice_id = %s and unlinked_at is not null"
        return [str(row["contact_id"]) for row in self.rows(statement, self.practice.practice_id)]
