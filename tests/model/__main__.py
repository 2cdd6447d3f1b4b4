"""`python -m tests.model`: the worlds of `tests/unit/test_model.py` with more faults at once, in about five minutes.

Prints how many worlds each budget reaches and how its deliveries end. Ends with 0 only if nothing is wrong in any.
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from model.explore import explore
from model.invariants import UNTOLD
from model.scenarios import (
    LATE,
    LATE_BYTES,
    WITHOUT,
    invoice,
    invoice_and_cancellation,
    invoice_of_a_stranger,
    two_invoices_of_a_stranger,
)
from model.world import Budget

_ROWS = [
    (LATE, invoice, Budget(crashes=2, copies=1, late=1, mishaps=2)),
    (LATE_BYTES, invoice, Budget(crashes=2, freezes=1, copies=1)),
    (LATE_BYTES, invoice, Budget(crashes=1, freezes=1, copies=1, mishaps=1)),
    (LATE_BYTES, invoice, Budget(freezes=1, lost_sessions=1, copies=1, mishaps=1)),
    (LATE, invoice_of_a_stranger, Budget(crashes=2, copies=1, mishaps=1)),
    (LATE_BYTES, invoice_of_a_stranger, Budget(freezes=1, mishaps=1)),
    (LATE_BYTES, two_invoices_of_a_stranger, Budget(freezes=1)),
    (LATE_BYTES, invoice_and_cancellation, Budget(freezes=1, mishaps=1)),
    (WITHOUT, invoice_of_a_stranger, Budget(freezes=1, lost_sessions=1, mishaps=1)),
]


def main() -> int:
    """Explore all of them."""
    wrong = False
    for model, start, budget in _ROWS:
        began = time.monotonic()
        explored = explore(model, start(budget), looking_for=UNTOLD if model is WITHOUT else None)
        faults = ", ".join(f"{count} {kind}" for kind, count in budget._asdict().items() if count)
        print(f"{start.__name__}: {faults}: {explored.worlds} worlds, {time.monotonic() - began:.0f} s", flush=True)
        for end in sorted(explored.ends, key=str):
            print("    ends as", ", ".join(f"{state} ({reason})" if reason else state for state, reason in end))
        if explored.wrong:
            wrong = True
            print(f"    WRONG: {explored.wrong}", *explored.way, sep="\n        ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
