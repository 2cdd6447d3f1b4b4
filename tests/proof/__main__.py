"""`python -m tests.proof NAME…`: run proofs, print their figures, end with 0 when all hold."""

import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.proof import faults, host, size, upgrade

PROOFS: dict[str, Callable[[], bool]] = {
    "flushall": faults.flushall,
    "host": host.host,
    "kill": faults.kill,
    "restart": faults.restart,
    "outage": faults.outage,
    "size": size.size,
    "upgrade": upgrade.upgrade,
}


def main() -> int:
    """Run what was asked for, or say what there is."""
    names = sys.argv[1:]
    if not names or any(name not in PROOFS for name in names):
        print(__doc__, "\n\nNAME is one of:", *PROOFS)
        return 2
    held = [PROOFS[name]() for name in names]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
