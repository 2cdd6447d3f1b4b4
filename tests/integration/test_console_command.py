"""The commands `console` and `console link`: where it listens, when it refuses to, and the way in."""

import signal
import subprocess
from collections.abc import Iterator

import httpx
import practice
import pytest
from commands import Commands

from worker.lab.sandbox.server import Sandbox


@pytest.fixture(name="run")
def _run(database_url: str) -> Iterator[Commands]:
    with Sandbox(organisations=0) as sandbox:
        yield Commands(database_url, sandbox)


@pytest.mark.parametrize("address", ["0.0.0.0", "::"])
def test_it_is_not_open_to_all(run: Commands, address: str) -> None:
    """Without a proxy or an address with TLS in front: exit code 78, before anything listens."""
    said = run("console", "--address", address, "--port", "0", exits=78)

    assert "LEXRELAY_CONSOLE_PROXY" in said.stderr


def test_an_address_of_others_is_refused_before_it_is_taken(run: Commands) -> None:
    """Whether this machine has it or not."""
    assert "LEXRELAY_CONSOLE_URL" in run("console", "--address", "192.0.2.7", "--port", "0", exits=78).stderr


@pytest.mark.parametrize(
    "wrong",
    [
        {"LEXRELAY_CONSOLE_URL": "http://console.example"},
        {"LEXRELAY_CONSOLE_URL": "https://console.example/path"},
        {"LEXRELAY_CONSOLE_PROXY": "proxy.example"},
        {"LEXRELAY_CONSOLE_FRAME_ANCESTORS": "https://practice.example; script-src *"},
    ],
)
def test_what_it_is_told_must_make_sense(run: Commands, wrong: dict[str, str]) -> None:
    """By name, with exit code 78, and never with the value."""
    said = run("console", exits=78, **wrong)

    assert next(iter(wrong)) in said.stderr
    assert "example;" not in said.stderr


def test_a_link_lets_one_browser_in(run: Commands, db) -> None:
    """By a console that runs as a process of its own and ends when it is told to."""
    practice_id = practice.Practice(db).practice_id
    console = run.start("console", "--port", "0")
    try:
        url = console.stdout.readline().split()[-1]
        for role, path in (("operator", "/"), ("viewer", "/"), ("practice", f"/practices/{practice_id}")):
            of = ("--practice", practice_id) if role == "practice" else ()
            link = run("console", "link", "--role", role, *of, "--by", "Kim").stdout.splitlines()[0]
            assert link.startswith(f"{url}/enter/")
            with httpx.Client() as browser:
                page = browser.get(link, follow_redirects=True)
                assert (page.status_code, page.url.path) == (200, path)
        assert httpx.get(url).status_code == 401
    finally:
        console.send_signal(signal.SIGTERM)
        ended = console.wait(timeout=30)
    assert ended in (0, -signal.SIGTERM)

    assert [one["action"] for one in run.json("history")] == ["console.link"] * 3
    assert {one["by"] for one in run.json("history")} == {"Kim"}


def test_a_link_is_somebodys(run: Commands) -> None:
    """A practice's names its practice, another none; and the practice is there."""
    run("console", "link", "--role", "practice", exits=2)
    run("console", "link", "--role", "operator", "--practice", "1", exits=2)
    run("console", "link", "--role", "practice", "--practice", "99", exits=1)
    run("console", "link", "--role", "chief", exits=2)


def test_a_port_that_is_taken_is_said(run: Commands) -> None:
    """In a sentence."""
    from worker.console.serve import listening

    with listening("127.0.0.1", 0) as taken:
        said = run("console", "--port", taken.getsockname()[1], exits=1)

    assert "cannot listen" in said.stderr


@pytest.mark.proof
def test_without_its_packages_it_says_what_to_install(run: Commands) -> None:
    """One sentence, exit code 1."""
    import sys

    without = "import sys; sys.modules['starlette'] = None; from worker.cli import main; main()"
    refused = subprocess.run(
        [sys.executable, "-c", without, "console"],
        env=run.environment | {"PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )

    assert refused.returncode == 1
    assert "lexrelay[console]" in refused.stderr
    assert "Traceback" not in refused.stderr
