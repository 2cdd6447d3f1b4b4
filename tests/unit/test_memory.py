"""`worker.service.memory`: many threads share few arenas of the C library."""

import os
import platform
import subprocess
import sys

import pytest

#: Each thread holds some memory that is not Python's own; an arena is a reservation of 64 MiB with no access yet.
_PROGRAM = """
import threading, time
from worker.service.memory import share_arenas
{call}
kept = []
def take():
    kept.append([bytearray(2000) for _ in range(50)])
    time.sleep(0.3)
threads = [threading.Thread(target=take) for _ in range(12)]
for thread in threads: thread.start()
for thread in threads: thread.join()
regions = [line.split() for line in open("/proc/self/maps")]
spans = [[int(end, 16) for end in region[0].split("-")] for region in regions if region[1] == "---p" and len(region) == 5]
print(sum(end - begin > 32 * 2**20 for begin, end in spans))
"""


def _arenas(call: str) -> int:
    plain = {name: value for name, value in os.environ.items() if name not in ("MALLOC_ARENA_MAX", "GLIBC_TUNABLES")}
    program = [sys.executable, "-c", _PROGRAM.format(call=call)]
    done = subprocess.run(program, check=True, capture_output=True, text=True, env=plain)
    return int(done.stdout)


@pytest.mark.skipif(
    platform.libc_ver()[0] != "glibc",
    reason="only glibc gives threads arenas of their own; elsewhere there is nothing to share",
)
def test_many_threads_take_few_arenas() -> None:
    """One beside the main one, where glibc would give one to nearly each of them."""
    assert _arenas("share_arenas()") <= 1
    assert _arenas("") > 2
