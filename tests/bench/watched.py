"""A backlog beside the watch: two lanes in one run, of which one is read back all the time. What is sent must not suffer."""

import time
from dataclasses import asdict, dataclass

from tests.bench.figures import Figure, Measured, at_least
from tests.bench.progress import steps
from tests.bench.setting import PACE, setting, told
from tests.proof.scene import Lane, Scene, sandbox

_RATE = float(PACE["LEXRELAY_RATE_PER_SECOND"])
#: Something of the watch is due all the time.
_EAGER = {
    "LEXRELAY_WATCH_SECONDS": "3", "LEXRELAY_SWEEP_SECONDS": "5", "LEXRELAY_DEEP_SECONDS": "10", "LEXRELAY_PROBE_SECONDS": "7",
}  # fmt: skip
#: Jobs that are never due, so that none is armed.
_UNWATCHED = """
insert into outbox.job (practice_id, kind, due_at)
select %s, kind, 'infinity' from unnest(array['delta', 'sweep', 'deep', 'contacts', 'probe']) as kind
"""


@dataclass(frozen=True)
class Sent:
    """What a lane's Lexware saw in the measured time."""

    uploads: int
    others: int


def beside_the_watch(seconds: float, remote: dict[str, float]) -> Measured:
    """Uploads of the lane that is watched, against those of the other one."""
    with setting(sandbox, **_EAGER) as on, steps("rate", 1) as say:
        watched, plain = (on.add_lane(**remote) for _ in range(2))
        on.db.execute(_UNWATCHED, (plain.practice_id,))
        on.db.execute(
            "insert into outbox.job (practice_id, kind, due_at) values (%s, 'probe', now())", (watched.practice_id,)
        )
        for lane in (watched, plain):
            lane.pile(20 + int(1.2 * _RATE * seconds))
        say(f"two lanes for {seconds:g} s, one of them watched")
        on.relay.poller()
        on.relay.worker(threads=4)
        begun = {id(lane): _first_call(on, lane) for lane in (watched, plain)}
        time.sleep(max(0.0, max(begun.values()) + seconds + 1 - time.monotonic()))
        seen = [_sent(on, lane, begun[id(lane)], seconds) for lane in (watched, plain)]
        due = on.db.execute("select count(*) from outbox.job where due_at < now()").fetchone()
        about = {"seconds": seconds, "remote": remote, "watch": _EAGER, "jobs due at the end": due and due[0]} | told(
            on
        )
    share = 100 * seen[0].uploads / max(1, seen[1].uploads)
    figures = [
        at_least("backlog beside the watch, of one without it", share, 99, "%", digits=1),
        Figure("uploads in the time, watched and not", "", f"{seen[0].uploads} and {seen[1].uploads}"),
        Figure("calls of the watch meanwhile", "", str(seen[0].others)),
    ]
    return Measured(figures, about, {"watched": asdict(seen[0]), "plain": asdict(seen[1])})


def _first_call(on: Scene, lane: Lane) -> float:
    while not (calls := on.control.requests(lane.tenant.id)):
        time.sleep(0.2)
    return float(calls[0]["arrived"])  # the server's clock is this machine's


def _sent(on: Scene, lane: Lane, begun: float, seconds: float) -> Sent:
    calls = [call for call in on.control.requests(lane.tenant.id) if float(call["arrived"]) - begun <= seconds]
    uploads = sum(call["method"] == "POST" for call in calls)
    return Sent(uploads, len(calls) - uploads)
