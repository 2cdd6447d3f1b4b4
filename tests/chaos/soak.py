"""One run: found the town, let everything loose, mend everything, wait until all is quiet, then judge."""

import json
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path

import psycopg

from tests.chaos import cables, conduct, effects, history, oracle, processes, remote, scoreboard, stores
from tests.chaos.evidence import Evidence, Violation
from tests.chaos.nemesis import Fault, Nemesis
from tests.chaos.operator import Operator
from tests.chaos.pace import FAREWELL_SECONDS, QUIET_SECONDS, SWEEP_SECONDS
from tests.chaos.scoreboard import Scoreboard
from tests.chaos.town import Town, founded
from tests.chaos.user import User
from tests.chaos.writers import Writers


def _lanes(*, swept: bool) -> dict[str, Sequence[Fault]]:
    stored = (*stores.FAULTS, *stores.HEALED_BY_SWEEP) if swept else stores.FAULTS
    return {"processes": processes.FAULTS, "stores": stored, "remote": remote.FAULTS, "cables": cables.FAULTS}


#: Between two faults of a lane, on average: the relay gets no rest, but time to do something.
PAUSE_SECONDS = {"processes": 6.0, "stores": 6.0, "remote": 2.5, "cables": 5.0}
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
class Plan:
    """What to run."""

    minutes: float
    seed: int
    practices: int
    lag_seconds: float | None
    documents_per_second: float

    @property
    def swept(self) -> bool:
        """Whether there is time for what only the safety net heals, which looks once a minute."""
        return self.minutes >= 1

    @property
    def pause_seconds(self) -> dict[str, float]:
        """Between two faults of a lane, on average; a short run is a dense one."""
        share = 0.4 if self.minutes < 1 else 1.0
        return {lane: share * seconds for lane, seconds in PAUSE_SECONDS.items()}

    @property
    def quiet_seconds(self) -> float:
        """Within this all is settled after the last fault."""
        return QUIET_SECONDS + (SWEEP_SECONDS if self.swept else 0)


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
        self.nemesis = Nemesis(town, plan.seed, _lanes(swept=plan.swept), plan.pause_seconds)
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
    _keep(folder, seen, soak)
    evidence = Evidence(seen, there, soak.log.arrivals, soak.user.touches, soak.writers.renamed, densest)
    return _judged(plan, soak, town, evidence, quiet, leftovers)


def _judged(
    plan: Plan, soak: Soak, town: Town, evidence: Evidence, quiet: _Quiet, leftovers: list[Violation]
) -> Scoreboard:
    strikes = soak.nemesis.strikes
    violations = [
        *effects.nothing_twice(evidence),
        *effects.nothing_lost(evidence),
        *effects.one_contact(evidence),
        *conduct.every_post_has_an_intent(evidence),
        *conduct.original_first(evidence),
        *conduct.rate(evidence),
        *conduct.nobody_starved(evidence, strikes),
        *quiet.violations,
        *leftovers,
    ]
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
        recovery=scoreboard.recoveries(evidence, strikes),
        violations=violations,
        **scoreboard.figures_of_documents(evidence),
        **scoreboard.figures_of_intents(evidence),
    )


def _keep(folder: Path, seen: history.History, soak: Soak) -> None:
    """What a timeline needs, as JSON beside the logs and the oracle's file."""
    found = {
        "history": seen, "strikes": soak.nemesis.strikes, "arrivals": soak.log.arrivals, "touches": soak.user.touches
    }  # fmt: skip
    for name, what in found.items():
        (folder / f"{name}.json").write_text(json.dumps(what, default=_plain))


def _plain(what: object) -> object:
    if is_dataclass(what) and not isinstance(what, type):
        return {field.name: getattr(what, field.name) for field in fields(what)}
    return sorted(what) if isinstance(what, frozenset) else str(what)


@contextmanager
def kept(folder: Path | None) -> Iterator[Path]:
    """The folder for logs and the oracle's file: a given one, or one that is removed."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="lexrelay-soak-") as temporary:
        yield Path(temporary)
