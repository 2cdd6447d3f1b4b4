"""Calls that commands make: they take slots of the lane, wait while it cools, and heed a 429 for everybody (G4)."""

import psycopg
from commands import Commands
from rows import lane, one

from worker.lab.sandbox.control import Tenant
from worker.lab.sandbox.faults import Fault
from worker.lab.sandbox.server import Sandbox


def test_calls_take_a_slot_and_wait_while_the_lane_cools(
    lexrelay: Commands, db: psycopg.Connection, practice_id: int, tenant: Tenant
) -> None:
    """A command's call moves the lane's rate on, and none is made before the cooling is over (G4)."""
    lexrelay("practice", "book", "--practice", practice_id)
    db.execute(
        "update outbox.lane set cool_until = clock_timestamp() + interval '400 ms' where practice_id = %s",
        (practice_id,),
    )

    lexrelay("practice", "connect", "--practice", practice_id, stdin=tenant.key)

    waited = one(
        db,
        "select c.key_stored_at - a.at >= interval '350 ms' as long, l.tat > a.at as moved "
        "from lexware.connection c join outbox.lane l using (practice_id) join outbox.operator_action a using (practice_id) "
        "where a.action = 'practice.book' and practice_id = %s",
        practice_id,
    )
    assert waited == {"long": True, "moved": True}


def test_429_cools_the_lane_for_everybody(
    lexrelay: Commands, db: psycopg.Connection, sandbox: Sandbox, practice_id: int, tenant: Tenant
) -> None:
    """Lexware's refusal of a command is heeded by the workers too."""
    lexrelay("practice", "book", "--practice", practice_id)
    sandbox.control.add_fault(Fault(status=429))

    lexrelay("practice", "connect", "--practice", practice_id, stdin=tenant.key, exits=1)

    assert lane(db, practice_id, "cool_reason", "cool_count") == {"cool_reason": "rate_limited", "cool_count": 1}
