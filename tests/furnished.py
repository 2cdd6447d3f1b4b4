"""A practice in which everything has happened that a page of the console can show, and two beside it.

For tests that look at all pages, and for `python -m tests.gallery`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import practice
import psycopg
from addresses import every_page, places
from browser import Pages, pages
from commands import Commands
from stage import Stage, stage
from watching import Watcher

NEW_NOTE = "Befreit nach Bescheid unseres Finanzamts"
_IN_DOUBT = """
with event as (update outbox.event set step = 'document' where document_id = %s returning *)
insert into outbox.intent (practice_id, organisation_id, event_id, effect, subject_id, fence, worker, send_by, sent_with)
select practice_id, %s, event_id, 'invoice', document_id, 1, 1, now(), '{}' from event
"""


@dataclass(frozen=True)
class Furnished:
    """The chain, its console, and the commands beside it. `paused` and `fresh` are the other practices."""

    stage: Stage
    pages: Pages
    run: Commands
    paused: int
    fresh: int
    month: str

    @property
    def own(self) -> int:
        """The practice in which everything has happened."""
        return self.stage.practice.practice_id

    def addresses(self, role: str) -> list[str]:
        """What there is to look at as an operator, a viewer or the practice: every page, and what some of them can show else."""
        of = places(self.stage.db, self.own)
        own = [*every_page(of, own=True).values(), f"/practices/{self.own}/reports?month={self.month}"]
        if role == "practice":
            return own
        letters = [f"/letters?group={one['group']}" for one in self.run.json("dead", "groups")]
        events = self.stage.db.execute(
            "select max(event_id) from outbox.event group by state, reason, practice_id"
        ).fetchall()
        documents = [f"/documents/{event}" for (event,) in events]
        standing = [
            "/documents?state=held",
            f"/documents?practice={self.own}",
            f"/practices/{self.fresh}",
            f"/practices/{self.paused}",
        ]
        return list(dict.fromkeys([*every_page(of).values(), *own, *letters, *documents, *standing, "/system?check=1"]))


@contextmanager
def furnished(db: psycopg.Connection[Any], database_url: str) -> Iterator[Furnished]:
    """All of it, with the chain at rest."""
    with stage(db, database_url) as one, pages(database_url, one.sandbox.url) as console:
        run = Commands(database_url, one.sandbox)
        day = datetime.now(UTC).date()
        run(
            "practice",
            "book",
            "--practice",
            1,
            "--trial-until",
            day + timedelta(30),
            "--decline-by",
            day + timedelta(20),
        )
        _sent(one)
        _dead(one)
        _in_doubt(one)
        paused = practice.Practice(db, name="Praxis Nebenan")
        paused.switch_on(str(uuid4()), "key")
        paused.invoice(paused.customer())
        run("practice", "pause", "--practice", paused.practice_id, "--by", "Kim Beispiel", "--why", "Umzug")
        fresh = practice.Practice(db, name="Privatpraxis Am Hafen", plan="team")
        fresh.customer()
        run("report", "--practice", 1, "--month", f"{day:%Y-%m}", exits=1)  # not all of it went over
        yield Furnished(one, console, run, paused.practice_id, fresh.practice_id, f"{day:%Y-%m}")


def _sent(one: Stage) -> None:
    """Paid, a pair of drafts, a plain draft, and one whose sum somebody has changed."""
    house = one.practice
    linked = house.customer()
    person = {"version": 0, "roles": {"customer": {}}, "person": {"firstName": "Ada", "lastName": "Beispiela"}}
    house.link(linked, one.control.act(one.tenant.id, "create_contact", body=person)["id"], one.tenant.id)
    paid, cancelled, _draft, altered = (house.invoice(linked) for _ in range(4))
    one.run()
    house.cancel(cancelled)
    one.run()
    for document in (paid, altered):
        one.control.act(one.tenant.id, "finalise", document=one.lexware_id(document))
    one.control.act(one.tenant.id, "pay", document=one.lexware_id(paid))
    watcher = Watcher(one)
    watcher.run("sweep")
    one.control.act(one.tenant.id, "reopen", document=one.lexware_id(altered))
    one.control.act(one.tenant.id, "set_total", document=one.lexware_id(altered), total=90)
    watcher.run("delta")
    watcher.close()


def _dead(one: Stage) -> None:
    """Letters of five causes."""
    house, gone = one.practice, one.practice.customer()
    house.link(gone, str(uuid4()), one.tenant.id)
    for _ in range(3):
        house.invoice(house.customer(), exemption_note=None)
    for _ in range(2):
        house.invoice(house.customer(), exemption_note=NEW_NOTE)
    house.invoice(house.customer(), exemption_note="Befreit wegen F32.1")
    house.invoice(house.customer(), [], total=0)
    house.invoice(gone)
    one.run()


def _in_doubt(one: Stage) -> None:
    """One whose answer is missing; nobody looks for it while the pages are."""
    one.db.execute(_IN_DOUBT, (one.practice.invoice(one.practice.customer()), one.tenant.id))
