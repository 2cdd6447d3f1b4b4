"""compose.yaml against the program: no engine runs it here, so what it says is held against what there is."""

import re
import shlex
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from cryptography.fernet import Fernet
from dramatiq.cli import make_argument_parser
from variables import known_variables

from outbox.role import ROLES
from worker import config

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PASSWORDS = {f"{who}_PASSWORD": f"lindenweg{who}" for who in ("POSTGRES", "OWNER", "DAEMON", "OPERATOR")}
ANSWERS = {**PASSWORDS, "LEXRELAY_SECRET_KEYS": Fernet.generate_key().decode()}


def environment(service: str) -> dict[str, str]:
    """The environment of a service, with the operator's `.env` filled in."""
    said: dict[str, str] = SERVICES[service]["environment"]
    return {name: re.sub(r"\$\{(\w+)[^}]*\}", lambda hole: ANSWERS[hole[1]], value) for name, value in said.items()}


def lexrelay_calls() -> list[list[str]]:
    """Every `lexrelay ...` that is run as a command or as the first part of a health check."""
    checks = [service["healthcheck"]["test"] for service in OURS.values() if "healthcheck" in service]
    calls = [shlex.split(check[1].partition("|")[0]) for check in checks if check[0] == "CMD-SHELL"]
    calls += [service["command"] for service in OURS.values()]
    return [words for words in calls if words[0] == "lexrelay"]


def test_it_has_the_form_of_a_compose_file() -> None:
    """By the specification's own schema: no key is misspelt, no value of a wrong type."""
    pytest.importorskip("check_jsonschema")
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        "vendor.compose-spec",
        str(ROOT / "compose.yaml"),
    ]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


def test_one_service_per_process() -> None:
    """The two halves, what they stand on, and the simulated other side."""
    assert set(SERVICES) == {"postgres", "redis", "migrate", "poller", "worker", "commands", "console", "sandbox"}
    assert set(OURS) == {"migrate", "poller", "worker", "commands", "console", "sandbox"}


@pytest.mark.parametrize("words", lexrelay_calls(), ids=" ".join)
def test_commands_and_options_exist(words: list[str]) -> None:
    """Each `lexrelay` command line is one that the program accepts."""
    from click import Context

    from worker.cli import main

    command = main.get_command(Context(main), words[1])
    assert command is not None, f"lexrelay has no command {words[1]}"
    command.make_context(words[1], words[2:])  # raises for an unknown option or a bad value


def test_worker_command_is_one_of_dramatiq() -> None:
    """Dramatiq accepts the worker's command line, and the module with the broker exists."""
    program, *words = SERVICES["worker"]["command"]

    arguments = make_argument_parser().parse_args(words)

    assert program == "dramatiq"
    assert find_spec(arguments.broker.partition(":")[0]) is not None, f"there is no {arguments.broker}"


@pytest.mark.parametrize("service", OURS)
def test_environment_is_known_and_complete(service: str) -> None:
    """No variable is misspelt, and the program finds nothing to complain about."""
    said = environment(service)

    assert set(said) <= set(known_variables())
    if service == "sandbox":  # it is the other side: no key and no address
        assert said == {}
        return
    config.read("database", "redis", "secrets", environment=said)


def test_addresses_lead_to_the_services() -> None:
    """Names, ports and the database of the addresses are those of the services."""
    said = environment("poller")
    sandbox = SERVICES["sandbox"]["command"]
    port = int(sandbox[sandbox.index("--port") + 1])
    database, queue, lexware = (urlsplit(said[name]) for name in ("DATABASE_URL", "REDIS_URL", "LEXWARE_API_URL"))

    assert (database.hostname, database.port) == ("postgres", 5432)
    assert database.path == "/" + SERVICES["postgres"]["environment"]["POSTGRES_DB"]
    assert (queue.hostname, queue.port) == ("redis", 6379)
    assert (lexware.hostname, lexware.port) == ("sandbox", port)
    assert SERVICES["sandbox"]["ports"] == [f"127.0.0.1:{port}:{port}"]
    assert f"'127.0.0.1', {port}" in SERVICES["sandbox"]["healthcheck"]["test"][-1]


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_is_restarted_and_watched(service: str) -> None:
    """What died comes back; what is waited for as healthy can say that it is."""
    if service == "commands":
        assert (SERVICES[service]["restart"], SERVICES[service]["profiles"]) == ("no", ["commands"])
        return
    assert SERVICES[service]["restart"] == ("on-failure" if service == "migrate" else "unless-stopped")
    assert ("healthcheck" in SERVICES[service]) == (service != "migrate")
    for needed, how in SERVICES[service].get("depends_on", {}).items():
        assert how["condition"] == ("service_completed_successfully" if needed == "migrate" else "service_healthy")


@pytest.mark.parametrize("service", ["poller", "worker"])
def test_stopping_waits_for_the_call_on_the_wire(service: str) -> None:
    """The grace period is longer than one call to Lexware may take."""
    grace = float(SERVICES[service]["stop_grace_period"].removesuffix("s"))

    assert grace > config.read(environment=environment(service)).pace.http_timeout_seconds + 10


@pytest.mark.parametrize("service", OURS)
def test_image_holds_what_the_wheel_is_made_of(service: str) -> None:
    """The inline Dockerfile copies every part of the wheel, and only what exists."""
    dockerfile = SERVICES[service]["build"]["dockerfile_inline"]
    copied = {source for line in re.findall(r"^COPY (.+) \S+$", dockerfile, re.MULTILINE) for source in line.split()}
    packages = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]

    assert copied == {*packages, "sql", "hatch_build.py", "pyproject.toml", "constraints.txt", "README.md"}
    assert all((ROOT / source).exists() for source in copied)


def test_only_sandbox_and_console_have_what_only_they_need() -> None:
    """Images of their own, with their extras; the others have none of it. All take the versions of the constraints."""
    images = {name: (service["image"], service["build"].get("args")) for name, service in OURS.items()}
    production = ("lexrelay", None)

    assert images == {
        "migrate": production,
        "poller": production,
        "worker": production,
        "commands": production,
        "console": ("lexrelay-console", {"EXTRA": "[console]"}),
        "sandbox": ("lexrelay-sandbox", {"EXTRA": "[demo]"}),
    }
    assert {"console", "demo"} <= set(PROJECT["project"]["optional-dependencies"])
    for service in OURS.values():
        assert 'pip install --no-cache-dir -c constraints.txt ".$EXTRA"' in service["build"]["dockerfile_inline"]


@pytest.mark.parametrize("service", SERVICES)
def test_least_privilege(service: str) -> None:
    """No capability, no way to more rights, no file system to write to, memory and processes with an end."""
    said = SERVICES[service]
    added = said.get("cap_add", [])

    assert said["cap_drop"] == ["ALL"]
    assert added == ([] if service != "postgres" else ["CHOWN", "DAC_READ_SEARCH", "FOWNER", "SETGID", "SETUID"])
    assert said["security_opt"] == ["no-new-privileges:true"]
    assert (said["read_only"], said["pids_limit"] <= 200, bool(said["mem_limit"])) == (True, True, True)
    assert not said.get("privileged")
    assert all(port.startswith("127.0.0.1:") for port in said.get("ports", []))
    assert "USER nobody" in said["build"]["dockerfile_inline"] if "build" in said else service in ("postgres", "redis")


def test_each_has_the_login_of_its_work() -> None:
    """Nobody the administrator's, the owner's only migrate, the secret of none in another's environment."""
    users = {name: urlsplit(environment(name).get("DATABASE_URL", "")) for name in OURS}
    logins = COMPOSE["configs"]["logins"]["content"]

    assert {name: one.username for name, one in users.items()} == {
        "migrate": "practice_owner", "poller": "lexrelay", "worker": "lexrelay", "commands": "operator", "console": "operator", "sandbox": None,
    }  # fmt: skip
    assert {one.password for one in users.values()} == {
        None,
        *(PASSWORDS[f"{who}_PASSWORD"] for who in ("OWNER", "DAEMON", "OPERATOR")),
    }
    assert re.search(r"create role lexrelay login .* in role lexrelay_daemon;", logins)
    assert re.search(r"create role operator login .* in role lexrelay_operator;", logins)
    assert "superuser" not in logins
    assert "createrole" not in logins
    assert "revoke create on schema public from public;" in logins


def test_servers_are_reached_from_inside_only() -> None:
    """Their network leads nowhere, and what leaves for Lexware has another beside it."""
    networks = {name: service["networks"] for name, service in SERVICES.items()}

    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert networks["postgres"] == networks["redis"] == ["inside"]


def test_the_roles_are_those_that_migrate_asks_for() -> None:
    """It makes none then, and needs no right to."""
    made = re.findall(r"create role (lexrelay_\w+) nologin;", COMPOSE["configs"]["logins"]["content"])

    assert set(made) == {*ROLES, "lexrelay_host"}
