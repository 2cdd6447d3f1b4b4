"""The practice software of all practices: completes invoices and cancellations in its own transactions, all the time.

It talks to PostgreSQL and nothing else, and notices a crash of the server as any host would: it connects again. What it
committed is what its tables say in the end. A document that cannot be sent says in its number why.
"""

import random
import threading
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import psycopg

from tests.chaos.town import Site, Town

#: Numbers of documents that must die begin so, followed by the reason.
BAD = "BAD"
_FLAWS: dict[str, dict[str, Any]] = {
    "totals_differ": {"total": Decimal("1.00")},
    "exemption_note_missing": {"exemption_note": None},
    "health_data": {"exemption_note": "Umsatzsteuerfrei, F32.1"},
    "missing_field": {"invoice_date": None},
    "no_items": {"items": [], "total": Decimal(0)},
    "negative_total": {"items": [{"unit_price": Decimal("-85.00")}]},
}


class Writers(threading.Thread):
    """Writes until stopped, `per_second` documents on average, in bursts now and then."""

    def __init__(self, town: Town, seed: int, per_second: float, *, in_bulk: bool) -> None:
        super().__init__(name="writers", daemon=True)
        self._town, self._random, self._per_second = town, random.Random(f"{seed} writers"), per_second
        self._in_bulk = in_bulk
        self._stop_writing = threading.Event()
        self.written = 0
        self.renamed: set[int] = set()

    def stop(self) -> None:
        """End after the document it is at."""
        self._stop_writing.set()
        self.join()

    def run(self) -> None:
        """Write; whenever the database goes away, connect again."""
        while not self._stop_writing.is_set():
            try:
                with psycopg.connect(self._town.database_url, autocommit=True, connect_timeout=5) as db:
                    for site in self._town.sites:
                        site.practice.db = db
                    self._write_on()
            except psycopg.Error:
                self._stop_writing.wait(0.2)

    def _write_on(self) -> None:
        began, done = time.monotonic(), 0
        while not self._stop_writing.is_set():
            done += self._write(self._random.choice(self._town.sites))
            ahead_seconds = done / self._per_second - (time.monotonic() - began)
            self._stop_writing.wait(max(0.0, min(ahead_seconds, 1.0)))

    def _write(self, site: Site) -> int:
        """One thing that happens in a practice; how many documents it made."""
        happenings: list[tuple[float, Callable[[Site], int]]] = [
            (50, self._bill),
            (20, self._bill_a_new_payer),
            (15, self._cancel),
            (5, self._bill_and_cancel_at_once),
            (3, self._complete_a_draft),
            (4, self._bill_something_bad),
            (1, self._rename_a_payer),
            (2, self._bill_the_whole_month),
            (0.5 if self._in_bulk else 0, self._load_without_triggers),
        ]
        weights = [weight for weight, _ in happenings]
        ((_, happen),) = self._random.choices(happenings, weights)
        made = happen(site)
        self.written += made
        return made

    def _bill(self, site: Site) -> int:
        payer = self._random.choice(site.customers) if site.customers else self._new_payer(site)
        site.invoices.append(site.practice.invoice(payer, **self._case()))
        return 1

    def _bill_a_new_payer(self, site: Site) -> int:
        """Often twice in a row, so that two documents want the same new contact."""
        payer = self._new_payer(site)
        for _ in range(made := self._random.choice((1, 1, 2, 3))):
            site.invoices.append(site.practice.invoice(payer, **self._case()))
        return made

    def _cancel(self, site: Site) -> int:
        if not site.invoices:
            return self._bill(site)
        place = self._random.randrange(len(site.invoices))
        site.practice.cancel(site.invoices[place])
        del site.invoices[place]
        return 1

    def _bill_and_cancel_at_once(self, site: Site) -> int:
        payer = self._random.choice(site.customers) if site.customers else self._new_payer(site)
        with site.practice.db.transaction():
            site.practice.cancel(site.practice.invoice(payer, **self._case()))
        return 2

    def _complete_a_draft(self, site: Site) -> int:
        payer = self._random.choice(site.customers) if site.customers else self._new_payer(site)
        draft = site.practice.invoice(payer, status="draft", **self._case())
        site.practice.db.execute(
            "update practice.invoices set status = 'completed', completed_at = clock_timestamp() where id = %s",
            (draft,),
        )
        site.invoices.append(draft)
        return 1

    def _bill_something_bad(self, site: Site) -> int:
        reason = self._random.choice(sorted(_FLAWS))
        payer = self._random.choice(site.customers) if site.customers else self._new_payer(site)
        number = f"{BAD}:{reason}:{self._random.getrandbits(40):010x}"
        site.invoices.append(site.practice.invoice(payer, **self._case() | _FLAWS[reason] | {"number": number}))
        return 1

    def _rename_a_payer(self, site: Site) -> int:
        if site.customers:
            payer = self._random.choice(site.customers)
            self.renamed.add(payer)
            site.practice.db.execute(
                "update practice.customers set last_name = %s where id = %s", (self._surname(), payer)
            )
        return 0

    def _bill_the_whole_month(self, site: Site) -> int:
        return sum(self._bill(site) for _ in range(self._random.randint(5, 30)))

    def _load_without_triggers(self, site: Site) -> int:
        """As a restore or a migration of the practice software would; only the safety net can find it."""
        with site.practice.db.transaction():
            site.practice.db.execute("set local session_replication_role = replica")
            return sum(self._bill(site) for _ in range(3))

    def _new_payer(self, site: Site) -> int:
        payer = site.practice.customer(last_name=self._surname())
        site.customers.append(payer)
        return payer

    def _surname(self) -> str:
        return "Beispiel" + "".join(self._random.choices("abcdefghijklmnopqrstuvwxyz", k=8))

    def _case(self) -> dict[str, Any]:
        """A day and a price of its own, so that documents resemble each other as seldom as real ones."""
        day = date(2026, 9, 1) + timedelta(days=self._random.randrange(60))
        price = Decimal(self._random.randrange(2_000, 40_000)) / 100
        return {"invoice_date": day, "due_date": day + timedelta(days=14), "items": [{"unit_price": price}]}
