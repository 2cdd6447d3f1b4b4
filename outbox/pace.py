"""The pace of everything: how fast, how long, how often. Durations are seconds; all may be small, for tests."""

from dataclasses import dataclass
from math import ceil
from random import uniform

#: A hand-out that no worker has begun after this long is taken back.
HOLD_SECONDS = 5.0
#: Begins in a row whose worker died, until the event itself is held to be the killer.
CRASHES = 5
#: A document in doubt for so long, while Lexware answered other calls, is a human's case.
DOUBT_LIMIT_SECONDS = 24 * 3600.0
#: The longest cool-down of a lane.
COOL_LIMIT_SECONDS = 300.0
#: From when on a document that nobody has finalised in the remote system is an alarm (GoBD: ten days).
OLD_DAYS = 10
#: Kinds of jobs that a practice has only when they were asked for; all others it has from its first delivery on.
ASKED_FOR = frozenset({"probe"})
#: The longest wait of a job that gets no answer.
JOB_LIMIT_SECONDS = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Set by the environment; the derived figures are the design's (R4, rate, looks)."""

    rate_per_second: float = 1.5
    http_timeout_seconds: float = 35
    settle_seconds: float = 60
    recheck_seconds: float = 60
    lease_seconds: float = 90
    poll_seconds: float = 1
    retry_delays: tuple[float, ...] = (30, 120, 600, 3600, 6 * 3600, 86400, 86400, 86400)
    watch_seconds: float = 900
    sweep_seconds: float = 86400
    deep_seconds: float = 604800
    probe_period_seconds: float = 604800

    @property
    def job_periods(self) -> dict[str, float]:
        """From the beginning of a run of a recurring job to that of the next; what is off is not among them."""
        periods = {
            "delta": self.watch_seconds,
            "sweep": self.sweep_seconds,
            "deep": self.deep_seconds,
            "contacts": self.deep_seconds,
            "probe": self.probe_period_seconds,
        }
        return {kind: seconds for kind, seconds in periods.items() if seconds > 0}

    @property
    def job_gap_seconds(self) -> float:
        """Between two calls of jobs of a lane: a quarter of its rate."""
        return 4 * self.gap_seconds

    @property
    def job_stint_seconds(self) -> float:
        """How long a hand-out of a job goes on to its next steps, so that it holds no thread for longer."""
        return min(2.0, self.lease_seconds / 4)

    @property
    def second_absence_seconds(self) -> float:
        """From the first time that a linked document is not there to the second, which counts."""
        return 10 * self.settle_seconds

    @property
    def gap_seconds(self) -> float:
        """Between two slots of a lane."""
        return 1 / self.rate_per_second

    @property
    def catch_up_seconds(self) -> float:
        """How late a slot may be taken without moving the next: a quarter of the gap keeps any second within the limit."""
        return self.gap_seconds / 4

    @property
    def use_within_seconds(self) -> float:
        """How long after its moment a slot may still be used; later it is taken anew.

        So long that no second holds more than ceil(4/3 x rate) calls, at least 2 (G4), less a fifth for the way there.
        """
        most = max(2, ceil(4 / 3 * self.rate_per_second))
        return 0.8 * (most * self.gap_seconds - 1)

    @property
    def ahead_seconds(self) -> float:
        """How long before its slot a lane is handed out, so that the worker is ready when it comes."""
        return min(0.05, self.gap_seconds / 2)

    @property
    def window_seconds(self) -> float:
        """From the intent to the latest moment at which its bytes may leave."""
        return min(self.settle_seconds / 4, 5.0)

    @property
    def first_look_seconds(self) -> float:
        """From an intent whose outcome is not known to the first look."""
        return self.window_seconds + self.settle_seconds

    @property
    def young_seconds(self) -> float:
        """To the next try with a contact made a moment ago, which the remote system may not know everywhere yet."""
        return self.settle_seconds / 8

    @property
    def race_seconds(self) -> float:
        """To the next try after two calls that were made at once got in each other's way."""
        return self.settle_seconds / 20

    @property
    def licence_seconds(self) -> float:
        """To the next try of a claim that got no licence to send."""
        return self.settle_seconds / 4

    @property
    def second_look_seconds(self) -> float:
        """From the first absence to the second."""
        return 4 * self.settle_seconds

    @property
    def lost_commits_seconds(self) -> float:
        """From a restore or failover to the look for what lost commits knew of: as long as two absences take to prove one."""
        return self.first_look_seconds + self.second_look_seconds

    @property
    def verify_seconds(self) -> float:
        """From a delivery by re-POST to the look for a twin."""
        return 10 * self.settle_seconds

    @property
    def outage_probe_seconds(self) -> float:
        """Between two probes in an outage."""
        return min(self.settle_seconds / 2, 30.0)

    def job_retry_in(self, failures: int) -> float:
        """Seconds until a job that got no answer `failures` times in a row asks again."""
        return min(self.settle_seconds / 4 * 2.0 ** min(failures, 20), JOB_LIMIT_SECONDS) * uniform(0.9, 1.1)  # noqa: S311

    def retry_in(self, tries: int) -> float | None:
        """Seconds until the next try after `tries` counted ones, with 10 % jitter; None: exhausted."""
        if tries > len(self.retry_delays):
            return None
        return self.retry_delays[tries - 1] * uniform(0.9, 1.1)  # noqa: S311 (spread, not secrecy)

    def cool_for(self, times: int) -> float:
        """Seconds a lane cools down after its `times`-th refusal in a row."""
        return min(3 * self.gap_seconds * 2.0 ** min(times, 20), COOL_LIMIT_SECONDS) * uniform(1.0, 1.2)  # noqa: S311
