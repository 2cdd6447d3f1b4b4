"""One run: found the town, let everything loose, mend everything, wait until all is quiet, then judge."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.chaos import archive, figures, history, oracle, verdict
from tests.chaos.evidence import Evidence, Violation
from tests.chaos.nemesis import Nemesis
from tests.chaos.operator import Operator
from tests.chaos.pace import FAREWELL_SECONDS
from tests.chaos.plan import Plan
from tests.chaos.scoreboard import Scoreboard
from tests.chaos.town import Town, founded
from tests.chaos.user import User
from tests.chaos.writers import Writers

_UNSETTLED = b"""
select count(*) filter (where state = 'pending')::int as pending, count(*)::int as landed,
       count(due_at)::int as due,
       (select count(*)::int from practice.invoices i
        where i.status <> 'draft' and not exists (select from outbox.event e where e.document_id = i.id)) as missing
from outbox.event
"""
_SESSIONS = b"select state from pg_stat_activity where application_name = 'lexrelay' and datname = current_database()"

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Quiet:
    """How long it took after the last fault; what was not so within the bound."""

    settled_after_seconds: float
    quiet_after_seconds: float
    violations: list[Violation]


class Soak:
    """A run under way."""

    def __init__(self, plan: Plan, town: Town, tell: Tell) -> None:
        self._plan, self._town, self._tell = plan, town, tell
        self.writers = Writers(town, plan.seed, plan.documents_per_second, in_bulk=plan.swept)
        self.user = User(town, plan.seed, per_second=plan.documents_per_second / 5)
        self.operator = Operator(town)
        self.nemesis = Nemesis(town, plan.seed, plan.lanes, plan.pause_seconds)
        self.log = oracle.Log(town.control)
        self._idle: list[str] = []

    def rage(self) -> None:
        """Write, touch and break for the planned time; at the end everything is mended."""
        for thread in (self.log, self.writers, self.user, self.operator):
            thread.start()
        self.nemesis.start()
        until = time.monotonic() + self._plan.minutes * 60
        while (left := until - time.monotonic()) > 0:
            time.sleep(min(10.0, left))
            self._say(f"{max(0.0, until - time.monotonic()):.0f} s to go")
        self._idle = [
            thread.name for thread in (self.log, self.writers, self.user, self.operator) if not thread.is_alive()
        ]
        self.nemesis.stop()
        self.operator.calm_down()
        self.writers.stop()
        self.user.stop()

    def wait_for_quiet(self) -> _Quiet:
        """Until nothing is due any more, or the bound has passed."""
        began, settled = time.monotonic(), 0.0
        while (waited := time.monotonic() - began) < self._plan.quiet_seconds:
            row = self._count()
            if row["pending"] or row["missing"]:
                settled = waited
            if not row["due"] and not row["missing"]:
                return _Quiet(settled, waited, [])
            time.sleep(0.5)
        row = self._count()
        late = Violation(
            "I8", f"not quiet {waited:.0f} s after the last fault: {row['pending']} pending, {row['due']} due"
        )
        return _Quiet(settled, waited, [late])

    def farewell(self) -> list[Violation]:
        """End the relay; what it leaves behind is a violation."""
        self.operator.stop()
        left = [Violation("I8", what) for what in self._town.fleet.bid_farewell(FAREWELL_SECONDS)]
        left += [Violation("I8", f"a session is left behind: {what}") for what in self._sessions()]
        broken = [Violation("I8", f"the soak itself failed: {what}") for what in (*self.nemesis.failures, *self._idle)]
        self.log.finish()
        return left + broken

    def _sessions(self) -> list[str]:
        with self._town.database() as db:
            return [row["state"] for row in db.execute(_SESSIONS).fetchall()]

    def _count(self) -> dict[str, int]:
        with self._town.database() as db:
            return db.execute(_UNSETTLED).fetchone() or {}

    def _say(self, when: str) -> None:
        try:
            row = self._count()
            settled = f"{row['landed'] - row['pending']} settled"
        except psycopg.Error:
            settled = "the database is away"
        self._tell(f"{when}: {self.writers.written} written, {settled}, {len(self.nemesis.strikes)} faults")


def run(plan: Plan, tell: Tell, folder: Path) -> Scoreboard:
    """One run, its evidence in `folder`."""
    with founded(folder, practices=plan.practices, lag_seconds=plan.lag_seconds, seed=plan.seed) as town:
        soak = Soak(plan, town, tell)
        tell("the town is founded")
        soak.rage()
        tell("the faults are over")
        quiet = soak.wait_for_quiet()
        leftovers = soak.farewell()
        with town.database() as db:
            seen = history.read(db)
        densest = {site.tenant.id: town.control.max_calls_in_sliding_second(site.tenant.id) for site in town.sites}
    there = oracle.remotes(folder / "oracle.jsonl")
    evidence = Evidence(seen, there, soak.log.arrivals, soak.user.touches, soak.writers.renamed, densest)
    archive.keep(folder, evidence, soak.nemesis.strikes)
    return _told(plan, soak, town, evidence, quiet, leftovers)


def _told(
    plan: Plan, soak: Soak, town: Town, evidence: Evidence, quiet: _Quiet, leftovers: list[Violation]
) -> Scoreboard:
    strikes = soak.nemesis.strikes
    violations = [*verdict.violations(evidence, strikes), *quiet.violations, *leftovers]
    broken = Counter(violation.invariant for violation in violations)
    return Scoreboard(
        seed=plan.seed,
        minutes=plan.minutes,
        practices=plan.practices,
        lag_seconds=town.lags["voucherlist_lag_seconds"],
        calls=len(evidence.arrivals),
        refused_429=sum(1 for arrival in evidence.arrivals if arrival.status == 429),
        posts=sum(1 for arrival in evidence.arrivals if arrival.method == "POST"),
        lost=broken["I2"],
        order_violations=broken["I4"],
        highest_rate=max(evidence.densest.values(), default=0),
        faults=dict(Counter(strike.kind for strike in strikes)),
        kills=sum(strike.kills for strike in strikes),
        restarts=town.fleet.restarts,
        cut_requests=town.lexware_cable.cuts + town.database_cable.cuts,
        touches=dict(Counter(touch.what for touch in evidence.touches)),
        operator_acts=dict(soak.operator.acts),
        settled_after_seconds=quiet.settled_after_seconds,
        quiet_bound_seconds=plan.quiet_seconds,
        quiet_after_seconds=quiet.quiet_after_seconds,
        recovery=figures.recoveries(evidence, strikes),
        violations=violations,
        **figures.of_documents(evidence),
        **figures.of_intents(evidence),
    )
