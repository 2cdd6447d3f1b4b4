"""The soak's compressed time, and the bounds that follow from it. All durations are seconds."""

from math import ceil

from outbox.pace import HOLD_SECONDS, Pace

PACE = Pace(
    rate_per_second=20,
    http_timeout_seconds=1,
    settle_seconds=2,
    recheck_seconds=1,
    lease_seconds=6,
    poll_seconds=0.2,
    retry_delays=(0.2, 0.5, 1, 2, 3, 5, 5, 5, 5, 5, 5, 5),
)
ENVIRONMENT = {
    "LEXRELAY_RATE_PER_SECOND": str(PACE.rate_per_second),
    "LEXRELAY_HTTP_TIMEOUT_SECONDS": str(PACE.http_timeout_seconds),
    "LEXRELAY_SETTLE_SECONDS": str(PACE.settle_seconds),
    "LEXRELAY_RECHECK_SECONDS": str(PACE.recheck_seconds),
    "LEXRELAY_LEASE_SECONDS": str(PACE.lease_seconds),
    "LEXRELAY_POLL_SECONDS": str(PACE.poll_seconds),
    "LEXRELAY_RETRY_DELAYS": ",".join(f"{delay}s" for delay in PACE.retry_delays),
}

#: G4: what may arrive within any sliding second, by the server's clock.
MOST_CALLS_A_SECOND = max(2, ceil(PACE.rate_per_second * 4 / 3))

#: The server's own limit is as far above our pace as the real one (2/s beside 1.5/s).
SERVER_RATE_PER_SECOND = PACE.rate_per_second * 4 / 3

#: From the first look at an intent to the proof that nothing came of it.
_DOUBT_SECONDS = PACE.window_seconds + PACE.settle_seconds + PACE.second_look_seconds

#: After the last fault everything is settled within this: a lease to take back, a doubt to resolve, the re-POST in doubt
#: once more, the later check, the longest cool-down of a run, and what piled up meanwhile.
QUIET_SECONDS = PACE.lease_seconds + HOLD_SECONDS + 2 * _DOUBT_SECONDS + PACE.verify_seconds + 40

#: The poller's safety net, for documents whose landing left no event.
SWEEP_SECONDS = 60.0

#: I7: so long a lane with an invoice to take up may go without a claim while other lanes get theirs: some hand-outs lost
#: in a row, each of which comes back after `HOLD_SECONDS`.
STARVED_SECONDS = 30

#: What a practice's own trouble may leave behind: a cool-down that has grown, a doubt about a contact.
AFTERMATH_SECONDS = 30.0

#: Graceful end of a process: what is on the wire, and Dramatiq's own second.
FAREWELL_SECONDS = 30.0
