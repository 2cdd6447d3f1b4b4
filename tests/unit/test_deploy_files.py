"""The unit for systemd and the alert rules, held against the program they speak of; and the words systemd hears."""

import re
import shutil
import socket
import subprocess
from importlib.resources import as_file, files
from pathlib import Path

import pytest
import yaml
from click import Context
from variables import known_variables

from outbox.pace import Pace
from worker.cli import main
from worker.service import supervisor as running
from worker.service.liveness import Liveness
from worker.service.systemd import notify

DEPLOY = files("worker") / "service" / "deploy"
RULES = [rule for group in yaml.safe_load((DEPLOY / "alerts.yaml").read_text())["groups"] for rule in group["rules"]]


@pytest.fixture(name="service")
def _service() -> dict[str, str]:
    """The section [Service]; an option that comes again has a line for each."""
    section = (DEPLOY / "lexrelay.service").read_text().partition("[Service]")[2].partition("[Install]")[0]
    options: dict[str, str] = {}
    for name, value in re.findall(r"^(\w+)=(.*)$", section, re.MULTILINE):
        options[name] = f"{options[name]}\n{value}" if name in options else value
    return options


def test_the_unit_starts_a_command_that_exists(service) -> None:
    """With options it has."""
    words = service["ExecStart"].split()[1:]
    command = main.get_command(Context(main), words[0])

    assert {word for word in words if word.startswith("--")} <= {o for p in command.params for o in p.opts}


def test_the_unit_sets_variables_that_exist(service) -> None:
    """A misspelt one would be ignored in silence."""
    names = re.findall(r"^([A-Z_]+)=", service["Environment"], re.MULTILINE)

    assert names
    assert set(names) <= set(known_variables())


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd judges it where it is installed")
@pytest.mark.parametrize("name", sorted(file.name for file in DEPLOY.iterdir() if file.name.endswith(".service")))
def test_systemd_finds_little_exposed(name: str, record_property) -> None:
    """Its own figure, from 0 (nothing) to 10: below 2.0 for every unit."""
    with as_file(DEPLOY / name) as unit:
        command = ["systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager", str(unit)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if "unrecognized option" in done.stderr:
        pytest.skip("this systemd is too old to judge a file")

    exposure = re.search(r"exposure level for \S+: ([\d.]+)", done.stdout)
    assert exposure is not None, done.stderr
    record_property("systemd-analyze security", exposure[1])
    assert float(exposure[1]) < 2.0


def test_every_credential_that_is_named_is_loaded(service) -> None:
    """A file that is not there would be a configuration error."""
    named = set(re.findall(r"%d/(\S+)", service["Environment"]))

    assert named == set(re.findall(r"^([\w-]+):", service["LoadCredential"], re.MULTILINE))


def test_systemd_waits_longer_than_a_stop_takes(service) -> None:
    """`run` needs the HTTP timeout and two margins at most, and then kills by itself."""
    longest = Pace().http_timeout_seconds + 2 * running._MARGIN_SECONDS

    assert int(service["TimeoutStopSec"]) > longest


def test_systemd_hears_the_poller_and_leaves_a_bad_configuration_alone(service) -> None:
    """The poller is a child; exit code 78 does not heal."""
    heard = {name: service[name] for name in ("Type", "NotifyAccess", "KillMode", "RestartPreventExitStatus")}

    assert heard == {"Type": "notify", "NotifyAccess": "all", "KillMode": "mixed", "RestartPreventExitStatus": "78"}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_a_rule_says_what_to_do_in_commands_that_exist(rule) -> None:
    """Somebody reads it at night."""
    words = rule["annotations"]["summary"]
    groups = [called.split() for called in re.findall(r"`lexrelay ([a-z ]+)", words)]

    assert rule["labels"]["severity"] in ("page", "ticket")
    for first, *rest in groups:
        command = main.get_command(Context(main), first)
        assert not rest or rest[0] in getattr(command, "commands", {})


def test_the_files_are_part_of_the_wheel() -> None:
    """They lie in the package, which is taken as a whole."""
    project = (Path(__file__).parents[2] / "pyproject.toml").read_text()

    assert '"worker"' in re.search(r"\[tool\.hatch\.build\.targets\.wheel\]\npackages = (.*)", project)[1]


@pytest.mark.parametrize("prefix", [pytest.param("", id="a path"), pytest.param("@", id="an abstract name")])
def test_systemd_is_told(monkeypatch, tmp_path, prefix) -> None:
    """One datagram with a line per assignment."""
    address = f"{prefix}{tmp_path}/notify"
    monkeypatch.setenv("NOTIFY_SOCKET", address)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(address.replace("@", "\0"))
        systemd.settimeout(5)

        assert notify("READY=1", "STATUS=well")
        assert systemd.recv(100) == b"READY=1\nSTATUS=well"


@pytest.mark.parametrize("address", ["", "/nowhere/at/all"])
def test_without_systemd_nothing_happens(monkeypatch, address) -> None:
    """Not an error: most who run it have none."""
    monkeypatch.setenv("NOTIFY_SOCKET", address)

    assert not notify("READY=1")


def test_ready_comes_once_and_only_after_a_good_round() -> None:
    """A database that is away is waited for; one that goes away later is said."""
    told: list[tuple[str, ...]] = []
    pulse = Liveness(60, lambda *words: told.append(words))

    for well in (False, False, True, True, False, True):
        pulse(well)

    assert [words[0] for words in told] == [
        "STATUS=PostgreSQL is away; trying again.",
        "READY=1",
        "STATUS=PostgreSQL is away; trying again.",
        "STATUS=Looking for due events.",
    ]
