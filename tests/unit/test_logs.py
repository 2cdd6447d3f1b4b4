"""G1, G10: what is wrong with a log keeps no work."""

import select
import subprocess
import sys

import pytest
from polling import PATIENCE_SECONDS

#: As `sys.stderr` is in a process, and as Dramatiq makes it in a worker, whose lines another thread passes on.
_STREAMS = {
    "a pipe": "",
    "Dramatiq's": (
        "import sys, threading; from multiprocessing import Pipe; from dramatiq.compat import StreamablePipe; out = sys.stderr; "
        "end, way = Pipe(duplex=False); sys.stderr = StreamablePipe(way); "
        "threading.Thread(target=lambda: [out.write(end.recv_bytes().decode()) for _ in iter(int, 1)], daemon=True).start(); "
    ),
}


@pytest.mark.parametrize("stream", _STREAMS)
def test_a_reader_that_stands_still_keeps_nobody(stream: str) -> None:
    """A full pipe takes no more lines; who says them goes on, and what is said once there is room again gets through."""
    told = (
        f"{_STREAMS[stream]}import sys, structlog, time; from worker import logs; logs.configure('json'); log = structlog.get_logger(); "
        "[log.warning('poller.tidied', events=number) for number in range(5000)]; "
        "print('through', flush=True); sys.stdin.readline(); [(log.warning('poller.tidied', what='later'), time.sleep(0.1)) for _ in range(10)]"
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
