"""A new document of a quiet practice leaves at once, whatever happens to other practices."""

import statistics
import time

from relay import until

from tests.proof.scene import scene


def fairness() -> bool:
    """100,000 pending of one practice and a revoked key of another, beside 50 quiet ones."""
    with scene(LEXRELAY_RATE_PER_SECOND="1.5", LEXRELAY_HTTP_TIMEOUT_SECONDS="5", LEXRELAY_SETTLE_SECONDS="5",
               LEXRELAY_LEASE_SECONDS="10") as on:  # fmt: skip
        quiet = [on.add_lane() for _ in range(50)]
        on.add_lane().pile(100_000)
        revoked = on.add_lane()
        on.control.act(revoked.tenant.id, "revoke_key", key=revoked.tenant.key)
        revoked.pile(1000)
        on.relay.poller()
        on.relay.worker(threads=8)
        time.sleep(5)
        for turn in range(4):
            for lane in quiet:
                lane.invoice()
                time.sleep(0.02)
            until(lambda turn=turn: _sent(on) == 50 * (turn + 1), seconds=60)
        rows = on.db.execute(
            "select extract(epoch from i.opened_at - e.created_at) from outbox.intent i join outbox.event e using (event_id) "
            "where e.practice_id <= 50 order by 1"
        ).fetchall()
        waits = [float(row[0]) for row in rows]
        p95 = waits[int(len(waits) * 0.95)]
        print(f"fairness: {len(waits)} documents of 50 quiet practices, commit to send median "
              f"{statistics.median(waits) * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms, longest {waits[-1] * 1000:.0f} ms")  # fmt: skip
        return p95 <= 1


def _sent(on) -> int:
    return on.count("state = 'delivered' and practice_id <= 50")
