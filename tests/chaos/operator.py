"""The one human lexrelay asks, with lexrelay's own commands: lifts a pause when its cause is gone, settles dead letters
that hold up others by looking into Lexware, and now and then replays every dead letter, as impatient people do.

A command that fails, because something is broken just now, is given again at the next look. Every act is counted.
"""

import subprocess
import sys
import threading
import time
from collections import Counter
from typing import Any

import psycopg

from tests.chaos.fleet import ROOT
from tests.chaos.town import Site, Town

_REPLAY_EVERY_SECONDS = 30.0
_PATIENCE_SECONDS = 60.0
_PAUSED = b"select practice_id, pause_reason from outbox.lane where pause_reason is not null"
_HOLDS_UP = b"""
select e.event_id, e.practice_id, e.payer_id, e.marker_code, c.first_name, c.last_name,
       outbox.marker_code(e.practice_id, 'customer:' || e.payer_id) as contact_code,
       exists (select from outbox.intent i
               where i.event_id = e.event_id and i.effect = 'contact' and i.closed_at is null)
           and not exists (select from lexware.contact_link l
                           where l.practice_id = e.practice_id and l.customer_id = e.payer_id and l.unlinked_at is null)
           as contact_is_in_doubt
from outbox.event e join practice.customers c on c.id = e.payer_id
where e.state = 'dead'
  and (exists (select from outbox.event b
               where b.practice_id = e.practice_id and b.original_id = e.document_id and b.state = 'pending')
       or exists (select from outbox.intent i
                  where i.event_id = e.event_id and i.effect = 'contact' and i.closed_at is null))
order by e.event_id limit 3
"""


class Operator(threading.Thread):
    """Looks every second until stopped."""

    def __init__(self, town: Town) -> None:
        super().__init__(name="operator", daemon=True)
        self._town = town
        self._off_duty = threading.Event()
        self._replayed_at = time.monotonic()
        self.acts: Counter[str] = Counter()

    def stop(self) -> None:
        """End after the look it is at."""
        self._off_duty.set()
        self.join()

    def calm_down(self) -> None:
        """Replay no more: dead letters shall stay what they are."""
        self._replayed_at = float("inf")

    def run(self) -> None:
        """Look and act, whenever the database is there."""
        while not self._off_duty.wait(1.0):
            try:
                with self._town.database() as db:
                    paused, holding = db.execute(_PAUSED).fetchall(), db.execute(_HOLDS_UP).fetchall()
            except psycopg.Error:
                continue
            for lane in paused:
                self._lift(self._site(lane["practice_id"]), lane["pause_reason"])
            for letter in holding:
                self._settle(letter)
            if time.monotonic() - self._replayed_at > _REPLAY_EVERY_SECONDS:
                self._replayed_at = time.monotonic()
                self._give("replay", "--all", "--yes")

    def _lift(self, site: Site, reason: str) -> None:
        mine = ("--practice", str(site.practice_id))
        if reason != "key_invalid":
            self._give("practice", "resume", *mine)
        elif keys := next(each.keys for each in self._town.control.organisations() if each.id == site.tenant.id):
            self._give("practice", "connect", *mine, told=keys[0])

    def _settle(self, letter: dict[str, Any]) -> None:
        """Look into Lexware as a human would, tell lexrelay what is there, and let the others go on."""
        site, event = self._site(letter["practice_id"]), str(letter["event_id"])
        if letter["contact_is_in_doubt"]:
            whose = ("--practice", str(site.practice_id), "--customer", str(letter["payer_id"]))
            if self._give("contact", "link", *whose, self._contact(site, letter), "--force", "--yes"):
                self._give("replay", event, "--yes")
            return
        there = self._documents(site, letter["marker_code"])
        known = ("--remote-id", there[0]) if there else ()
        self._give("discard", event, *known, "--why", "holds up others", "--yes")

    def _contact(self, site: Site, letter: dict[str, Any]) -> str:
        """The payer's contact by its marker, or one made by hand."""
        there = self._town.control.contacts(site.tenant.id)
        ours = [one["id"] for one in there if letter["contact_code"] in (one["body"].get("note") or "")]
        if ours:
            return str(ours[0])
        person = {"firstName": letter["first_name"], "lastName": letter["last_name"]}
        body = {"version": 0, "roles": {"customer": {}}, "person": person}
        return str(self._town.control.act(site.tenant.id, "create_contact", body=body)["id"])

    def _documents(self, site: Site, code: str) -> list[str]:
        there = self._town.control.documents(site.tenant.id)
        return [one["id"] for one in there if not one["deleted_at"] and code in (one["source"].get("remark") or "")]

    def _site(self, practice_id: int) -> Site:
        return next(site for site in self._town.sites if site.practice_id == practice_id)

    def _give(self, *command: str, told: str = "") -> bool:
        """Give one command; whether it did what it was asked for."""
        environment = dict(self._town.fleet.roles[0].environment)
        with (self._town.folder / "operator.log").open("a") as log:
            log.write(f"{' '.join(command)}\n")
            log.flush()
            try:
                given = subprocess.run(
                    [sys.executable, "-m", "worker", *command], input=told, env=environment, cwd=ROOT, stdout=log,
                    stderr=log, text=True, timeout=_PATIENCE_SECONDS, check=True,
                )  # fmt: skip
            except subprocess.SubprocessError:
                given = None
        words = " ".join(word for word in command[:2] if word.isalpha())
        self.acts[words if given else f"{words} failed"] += 1
        return given is not None
