"""G1, G10: what is wrong with a log keeps no work."""

import select
import subprocess
import sys

from polling import PATIENCE_SECONDS


def test_a_reader_that_stands_still_keeps_nobody() -> None:
    """A full pipe takes no more lines; who says them goes on, and what is said once there is room again gets through."""
    told = (
        "import sys, structlog; from worker import logs; logs.configure('json'); log = structlog.get_logger(); "
        "[log.warning('poller.tidied', events=number) for number in range(5000)]; "
        "print('through', flush=True); sys.stdin.readline(); log.warning('poller.tidied', what='later')"
    )
    with subprocess.Popen(
        [sys.executable, "-c", told], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            is_through = bool(select.select([process.stdout], [], [], PATIENCE_SECONDS)[0])
            said = process.communicate("\n", timeout=PATIENCE_SECONDS)[1].splitlines() if is_through else []
        finally:
            process.kill()

    assert is_through
    assert 100 < len(said) < 5000
    assert '"what":"later"' in said[-1].replace(" ", "")
