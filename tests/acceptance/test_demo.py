"""`lexrelay demo`, `lexrelay sandbox`: one command, nothing installed, nobody's data, nothing left behind."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import httpx
import psutil
import psycopg
import pytest
from click.testing import CliRunner
from polling import PATIENCE_SECONDS, until
from relay import ROOT

from worker.cli import main

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_ROW = re.compile(
    rf"^(\S+) +(Invoice|Cancellation) +(\S+) +delivered \((\w+)\) +({_UUID}) +(\S+) +(\S+) *$", re.MULTILINE
)
_EXPORT = re.compile(r"^export (\w+)='(.*)'$", re.MULTILINE)
#: As a caller's environment may be; none of it may matter.
POISON = {
    "DATABASE_URL": "postgresql://ada@127.0.0.1:9/real", "DATABASE_URL_FILE": "/nowhere", "REDIS_URL": "redis://127.0.0.1:9",
    "LEXWARE_API_URL": "http://127.0.0.1:9", "LEXRELAY_SECRET_KEYS": "none", "LEXRELAY_RETRY_DELAYS": "soon",
    "LEXRELAY_LEASE_SECONDS": "1", "PGHOST": "127.0.0.9", "PGSSLMODE": "verify-full", "PGOPTIONS": "-c search_path=x",
    "dramatiq_queue_prefetch": "1", "HTTP_PROXY": "http://127.0.0.1:9", "ALL_PROXY": "http://127.0.0.1:9",
}  # fmt: skip


class Demo:
    """A `lexrelay demo` with a folder of its own for temporary files."""

    def __init__(self, folder: Path, *options: str, **environment: str) -> None:
        self.folder = folder
        self._said = (folder / "said").open("w+b")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "worker", "demo", "--lang", "en", *options],
            env=os.environ | {"TMPDIR": str(folder)} | environment, cwd=ROOT, stdout=self._said, stderr=self._said,
            start_new_session=True,
        )  # fmt: skip

    def said(self) -> str:
        """Everything so far."""
        return (self.folder / "said").read_text()

    def family(self) -> list[psutil.Process]:
        """It and all its processes."""
        process = psutil.Process(self.process.pid)
        return [process, *process.children(recursive=True)]

    def end(self) -> None:
        """For a test that failed."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self._said.close()


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the servers' account may enter."""
    with tempfile.TemporaryDirectory(prefix="demo-test-") as path:
        Path(path).chmod(0o711)
        yield Path(path)


@pytest.fixture
def demo(folder: Path) -> Iterator[type]:
    """Starts demos and ends what is left of them."""
    started: list[Demo] = []

    def start(*options: str, **environment: str) -> Demo:
        place = folder / str(len(started))
        place.mkdir()
        place.chmod(0o1777)  # as a folder for temporary files is
        started.append(Demo(place, *options, **environment))
        return started[-1]

    yield start
    for each in started:
        each.end()
        print(each.said())  # shown when the test failed


def is_gone(process: psutil.Process) -> bool:
    """Whether it has ended."""
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def left_behind(demo: Demo) -> list[str]:
    """What lies in its folder, but for its output."""
    return sorted({path.name for path in demo.folder.iterdir()} - {"said"})


def test_demo_brings_everything_over(demo) -> None:
    """A row for each document, sums that agree, one line of verdict, nothing left; and no name of a payer."""
    shown = demo()

    assert shown.process.wait(PATIENCE_SECONDS) == 0
    rows = _ROW.findall(shown.said())
    assert len(rows) == 12
    assert all(Decimal(here) == Decimal(there) > 0 for *_, here, there in rows)
    assert len({lexware_id for _, _, _, _, lexware_id, _, _ in rows}) == 12
    assert sorted((kind, status) for _, kind, _, status, *_ in rows if status == "open") == [("Invoice", "open")] * 2
    assert sum(kind == "Cancellation" for _, kind, *_ in rows) == 3
    assert "12 of 12 documents arrived exactly once" in shown.said()
    for name in ("Beispiel", "Muster", "Probe", "Vorlage", "GmbH", "Lindenweg"):
        assert name not in shown.said()
    assert left_behind(shown) == []


@pytest.mark.proof
def test_two_at_once_and_a_real_installation_does_not_matter(demo) -> None:
    """Neither notices the other; no variable of the caller is obeyed, so nothing real can be touched."""
    shown = [demo("--documents", "2", "--practices", "1"), demo("--documents", "2", **POISON)]

    assert [each.process.wait(PATIENCE_SECONDS) for each in shown] == [0, 0]
    assert [len(_ROW.findall(each.said())) for each in shown] == [2, 2]


@pytest.mark.proof
@pytest.mark.parametrize(
    ("how", "moment"),
    [
        pytest.param(signal.SIGINT, "Starting", id="Ctrl-C at the start"),
        pytest.param(signal.SIGTERM, "practice enable", id="SIGTERM in between"),
        pytest.param(signal.SIGINT, "of 12 delivered", id="Ctrl-C while it delivers"),
        pytest.param(signal.SIGKILL, "of 12 delivered", id="kill -9 while it delivers"),
    ],
)
def test_ended_in_the_middle_it_leaves_nothing(demo, how, moment) -> None:
    """No process and no folder, by Ctrl-C or worse; and no traceback."""
    shown = demo()
    until(lambda: moment in shown.said())
    everyone = shown.family()

    shown.process.send_signal(how)

    # A shell says 130 for -SIGINT, too: so Python ends when the interrupt strikes while a command is being imported.
    assert shown.process.wait(PATIENCE_SECONDS) in {130, 1, -signal.SIGINT, -signal.SIGKILL}
    until(lambda: all(map(is_gone, everyone)))
    until(lambda: left_behind(shown) == [])
    assert "Traceback" not in shown.said()


@pytest.mark.proof
def test_serve_lets_people_look_around(demo) -> None:
    """The printed environment is all that psql and every other command need, until Ctrl-C."""
    shown = demo("--serve", "--documents", "2", "--practices", "1")
    until(lambda: "_sandbox/documents" in shown.said())
    environment = os.environ | dict(_EXPORT.findall(shown.said()))

    status = subprocess.run(
        [sys.executable, "-m", "worker", "status", "--json"], env=environment, cwd=ROOT, capture_output=True, check=True
    )
    with psycopg.connect(environment["DATABASE_URL"]) as db:
        invoices = db.execute("select count(*) from practice.invoices").fetchone()
    pages = [_first_page(link) for link in re.findall(r"http://\S+/enter/\S+", shown.said())]
    shown.process.send_signal(signal.SIGINT)

    assert json.loads(status.stdout)["events"]["delivered"] == 2
    assert invoices == (2,)
    assert pages == [(200, "/"), (200, "/practices/1")]
    assert shown.process.wait(PATIENCE_SECONDS) == 0


def _first_page(link: str) -> tuple[int, str]:
    """What somebody sees who opens a link into the console, once it listens."""
    with httpx.Client(trust_env=False, transport=httpx.HTTPTransport(retries=5)) as browser:
        page = browser.get(link, follow_redirects=True)
    return page.status_code, page.url.path


@pytest.mark.proof
def test_sandbox_can_be_called_as_it_says(tmp_path: Path) -> None:
    """The printed address and key are all that a client needs; SIGTERM ends it in peace."""
    command = [sys.executable, "-m", "worker", "sandbox", "--organisations", "2", "--json"]
    with (tmp_path / "said").open("wb") as said:
        sandbox = subprocess.Popen(command, cwd=ROOT, stdout=said)
    try:
        until(lambda: (tmp_path / "said").read_text().endswith("}\n"))
        told = json.loads((tmp_path / "said").read_text())
        key = told["organisations"][1]["keys"][0]

        profile = httpx.get(f"{told['url']}/v1/profile", headers={"Authorization": f"Bearer {key}"}, trust_env=False)

        assert profile.json()["organizationId"] == told["organisations"][1]["id"]
        sandbox.terminate()
        assert sandbox.wait(PATIENCE_SECONDS) == 0
    finally:
        sandbox.kill()
        sandbox.wait()


def test_sandbox_says_when_its_port_is_taken() -> None:
    """One sentence instead of a traceback."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        refused = CliRunner().invoke(main, ["sandbox", "--port", port, "--lang", "en"])

    assert refused.exit_code == 1
    assert refused.stderr.startswith(f"Nothing can answer on 127.0.0.1:{port}")
    assert "Traceback" not in refused.stderr
