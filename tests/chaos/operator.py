"""The one human lexrelay asks: lifts a pause when its cause is gone, and closes dead letters that hold up others.

Acts only where design section 6 demands a human, as `connect`, `practice resume` and `discard` would; every act is counted.
"""

import threading
from collections import Counter

import psycopg

from tests.chaos.town import Database, Town
from tests.practice import SECRET_KEY
from worker.secrets import Safe

_PAUSED = "select practice_id, pause_reason from outbox.lane where pause_reason is not null"
_RESUME = """
with connection as (
    update lexware.connection set profile_read_at = null where practice_id = %(practice_id)s
)
update outbox.lane
set pause_reason = null, paused_at = null, suspect = false, cool_until = '-infinity', cool_count = 0, cool_reason = null
where practice_id = %(practice_id)s and pause_reason = %(pause_reason)s
"""
_CONNECT = "update lexware.connection set key_encrypted = %s, key_stored_at = now() where practice_id = %s"
_DISCARD = """
with closed as (
    update outbox.event e set state = 'discarded', closed_at = clock_timestamp()
    where e.state = 'dead'
      and (exists (select from outbox.event b where b.state = 'pending' and b.practice_id = e.practice_id
                   and b.original_id = e.document_id)
           or exists (select from outbox.intent i where i.event_id = e.event_id and i.closed_at is null and i.effect = 'contact'))
    returning e.event_id, e.practice_id
),
resolved as (
    update outbox.intent i set outcome = 'resolved', closed_at = clock_timestamp()
    from closed where i.event_id = closed.event_id and i.closed_at is null
)
insert into outbox.operator_action (action, by, why, practice_id, event_id)
select 'discard', 'soak', 'holds up others', practice_id, event_id from closed
returning event_id
"""


class Operator(threading.Thread):
    """Looks every second until stopped."""

    def __init__(self, town: Town) -> None:
        super().__init__(name="operator", daemon=True)
        self._town = town
        self._off_duty = threading.Event()
        self._safe = Safe((SECRET_KEY,))
        self.acts: Counter[str] = Counter()
        self.discarded: set[int] = set()

    def stop(self) -> None:
        """End after the look it is at."""
        self._off_duty.set()
        self.join()

    def run(self) -> None:
        """Look and act, whenever the database is there."""
        while not self._off_duty.wait(1.0):
            try:
                with self._town.database(options="-c lock_timeout=3s") as db:
                    self._lift(db)
                    self._discard(db)
            except psycopg.Error:
                continue

    def _lift(self, db: Database) -> None:
        paused = db.execute(_PAUSED).fetchall()
        working = {tenant.id: tenant.keys for tenant in self._town.control.organisations()} if paused else {}
        for lane in paused:
            site = next(site for site in self._town.sites if site.practice_id == lane["practice_id"])
            if lane["pause_reason"] == "key_invalid" and working[site.tenant.id]:
                db.execute(_CONNECT, (self._safe.lock(working[site.tenant.id][0]), site.practice_id))
            if working[site.tenant.id]:
                db.execute(_RESUME, lane)
                self.acts[f"lifted {lane['pause_reason']}"] += 1

    def _discard(self, db: Database) -> None:
        for row in db.execute(_DISCARD).fetchall():
            self.acts["discarded"] += 1
            self.discarded.add(row["event_id"])
