"""One practice, its Lexware, and the operator before them: what every cause is played on."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from commands import Commands
from letters import event_of
from polling import until
from practice import Practice
from stage import Stage, stage

from worker.lab.sandbox.control import Control
from worker.lab.sandbox.faults import Fault

HOME = {"street": "Lindenweg 1", "zip": "50667", "city": "Köln", "countryCode": "DE"}


@dataclass(frozen=True)
class Scene:
    """The real chain step by step, and the real commands."""

    stage: Stage
    commands: Commands
    at_the_end: ExitStack
    """What was begun here and ends with the scene, unless it is ended before."""

    @property
    def practice(self) -> Practice:
        """The practice in its software."""
        return self.stage.practice

    @property
    def lexware(self) -> Control:
        """The sandbox's control side."""
        return self.stage.control

    def host(self, statement: str, *values: object) -> None:
        """The practice, or time, changes rows."""
        self.stage.db.execute(statement, values or None)

    def user(self, action: Any, **arguments: Any) -> dict[str, Any]:
        """Somebody does something in Lexware by hand."""
        return self.lexware.act(self.stage.tenant.id, action, **arguments)

    def person(self, last_name: str = "Beispiela", **body: Any) -> str:
        """A contact that somebody enters in Lexware by hand; equal to the practice's first customer, unless told."""
        person = {"roles": {"customer": {}}, "person": {"firstName": "Ada", "lastName": last_name}}
        made = self.user("create_contact", body=person | {"addresses": {"billing": [HOME]}} | body)
        return str(made["id"])

    def known_payer(self, **columns: Any) -> int:
        """A customer who is linked with a contact: the next POST is a document's."""
        payer = self.practice.customer(**columns)
        self.practice.link(payer, self.person(), self.stage.tenant.id)
        return payer

    def fault(self, path: str = "/v1/invoices", method: str = "POST", **more: Any) -> None:
        """The next call there goes wrong."""
        self.lexware.add_fault(Fault(method=method, path=path, **more))

    def send(self, payer: int | None = None, items: list[dict[str, Any]] | None = None, **columns: Any) -> int:
        """A completed invoice, and what becomes of it by itself; for a new customer unless told."""
        document = self.practice.invoice(self.practice.customer() if payer is None else payer, items, **columns)
        self.stage.run()
        return document

    def until(self, condition: Any) -> None:
        """The chain works on, until this holds."""
        until(lambda: self.stage.turn() == 0 and condition())

    def say(self, *words: object, stdin: str = "", exits: int = 0) -> str:
        """What a command says, on stdout or else on stderr."""
        result = self.commands(*words, stdin=stdin, exits=exits)
        return result.stdout if exits == 0 else result.stdout + result.stderr

    def of_practice(self, *words: object, stdin: str = "", exits: int = 0) -> str:
        """The same, with the practice's id."""
        return self.say(*words, "--practice", self.practice.practice_id, stdin=stdin, exits=exits)

    def event_id(self, document: int) -> int:
        """The event of a document."""
        return event_of(self.practice, document)

    def number(self, document: int) -> str | None:
        """The number of a document, as its event keeps it."""
        number: str | None = self.stage.event(document)["number"]
        return number

    def copies(self, document: int) -> list[str]:
        """Everything in Lexware, in any company, that is not another document of the practice."""
        rows = self.stage.db.execute(
            "select lexware_id from lexware.document_link where document_id <> %s", (document,)
        ).fetchall()
        others = {str(row[0]) for row in rows}
        return [one["id"] for one in self.lexware.documents() if not one["deleted_at"] and one["id"] not in others]


@contextmanager
def scene(db: psycopg.Connection, database_url: str, **settings: Any) -> Iterator[Scene]:
    """A practice of its own with these settings of Lexware and of the transfer."""
    with stage(db, database_url, **settings) as one, ExitStack() as at_the_end:
        yield Scene(one, Commands(database_url, one.sandbox), at_the_end)
