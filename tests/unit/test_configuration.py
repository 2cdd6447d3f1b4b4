"""The environment: every wrong value of every variable is refused by name, and no part of a value is ever repeated."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from chosen import a_few_of
from cryptography.fernet import Fernet

from worker import config
from worker.config import ConfigurationError

SECRET = "Gehe1m"
GOOD = {
    "DATABASE_URL": "postgresql://relay:x@db.example:5432/practice",
    "REDIS_URL": "redis://:x@redis.example:6379/0",
    "LEXRELAY_SECRET_KEYS": Fernet.generate_key().decode(),
}

_ANY_URL = [
    SECRET, "nothing", "://", "ftp://h/x", "http//h", " a b ", "mysql://h/x", "POSTGRES", "//h/x", "h:5432/x", "\x1b]52;c;x\x07",
]  # fmt: skip
DATABASES = [
    *_ANY_URL,
    f"postgresql://u:{SECRET}%@h/d", f"postgresql://u:{SECRET}%zz@h/d", f"postgresql://u:1/{SECRET}@h/d",
    f"postgresql://u:{SECRET}/x@h/d", f"postgresql://u:{SECRET}@x@h/d", f"postgresql://u:x@h:{SECRET}/d",
    "postgresql://u:x@h:0/d", "postgresql://u:x@h:65536/d", "postgresql://u:x@h:99999999999999999999/d",
    "postgresql://u:x@h:-1/d", "postgresql://u:x@h:54a2/d", f"postgresql://u:x@h/d?{SECRET}=1",
    f"postgresql://u:x@h/d?sslmode={SECRET}", f"postgresql://u:x@h/d?connect_timeout={SECRET}",
    f"postgresql://u:x@h/d?target_session_attrs={SECRET}", f"postgresql://u:x@h/d?gssencmode={SECRET}",
    "postgresql://u:x@[::1/d", "postgresql://u:x@h\x00/d", "postgresql://u:x@h/d\nx", "postgresql://u:x@h/d\u202ex",
    "postgresql://u:x@h h/d", "postgresql://u:x@h/d?sslmode", f"postgresql://u:x@h/d?keepalives={SECRET}",
    "postgresql://u:x@h!/d", "postgresql://u:x@h/d?%zz=1", "postgresql://u:x@h/d\udcff",
]  # fmt: skip
REDISES = [
    *_ANY_URL,
    f"redis://:{SECRET}#x@h/0", f"redis://:1#{SECRET}@h/0", f"redis://:{SECRET}/x@h/0", f"redis://:1/{SECRET}@h/0",
    f"redis://:x@h:{SECRET}/0", "redis://h:0/0", "redis://h:65536/0", "redis://h:-1/0", "redis://h:6a/0",
    f"redis://h/{SECRET}", "redis://h/-1", "redis://h/1.5", "redis://h/0/1", f"redis://h/0?{SECRET}=1",
    f"redis://h/0?socket_timeout={SECRET}", f"redis://h/0?protocol={SECRET}", "redis://h/0?decode_responses=yes",
    "redis://h/0?ssl_cert_reqs=none", f"rediss://h/0?ssl_cert_reqs={SECRET}", "redis://[::1/0", "redis://h\x00/0",
    "redis://h/0\nx", "redis://h/0\u202e", "redis://h h/0", "redis://h!/0", "redis://h/0#", "redis://h/0\udcff",
    "redis://:x?y@h/0", f"redis+sentinel://h:{SECRET}/m/0", f"redis+sentinel://h/m/{SECRET}", "redis+sentinel://h", "redis+sentinel://h/",
    "redis+sentinel://h,/m", "redis+sentinel:///m/0", "redis+sentinel://h:0/m", f"redis+sentinel://h/m?{SECRET}=1", "redis+sentinel://h/m n",
    f"redis+sentinel://:{SECRET}%@h/m", f"redis+sentinel://:1@{SECRET}@h/m", "redis+sentinel://[::1/m", "redis+sentinel://h/m/0#",
    f"redis+sentinel://h:1:{SECRET}/m", "redis+sentinel://h/m/0/1", "redis+sentinel://h!/m",
]  # fmt: skip
WEBS = [
    *_ANY_URL,
    f"https://{SECRET}@h", f"https://u:{SECRET}@h", f"https://u:{SECRET}%@h", f"https://u:{SECRET}/x@h", f"https://h?{SECRET}=1",
    f"https://h#{SECRET}", "https://h?", "https://h#", "https://h:0", "https://h:65536", "https://h:99999999999", "https://h:x",
    "https://h:-1", "https://", "https:///x", "https://:443", "https://[::1", "https://[g::1]", "https://a..b", "https://h h",
    "https://h\x00", "https://h\nx", "https://h\u202e", "https://h!", "https://h,i", "https://h\\x", f"https://{'a' * 70}.example",
    "https://h\udcff",
]  # fmt: skip
APIS = [
    *WEBS, "http://lexware.example", "https://api.lexware.io/v1", "https://api.lexware.io/v1/", "https://gateway.example/v1",
    "https://gateway.example/lexware/v2", "https://api.lexware.io/x", "http://10.0.0.1",
]  # fmt: skip
NUMBERS = [
    SECRET, "-1", "-0.5", "nan", "inf", "-inf", "1e400", "0x10", "1_000", "1,5", "1.5.5", "٣", "1 2", "1s", "s", "+1", "--1",
    "1e", "e1", ".", "0", "1" * 5000, "1;2", "1/2", "null", "None", "true", "\x1b[31m1", "1\x00", "1\u202e", "²",
]  # fmt: skip
PORTS = [*(number for number in NUMBERS if number != "0"), "65536", "1.5", "99999999", "00000000001"]
DELAYS = [
    SECRET, "-1s", "1", "1x", "1s,", ",1s", "1s;2s", "1s 2s", "s", "1ss", "nan", "inf", "1e3s", "1_0s", "٣s", "1,5s,", "9" * 400,
    "9999d", "1w", "1y", "0x1s", "1s,,2s", "\x1b[31m", "1s\x00", "1s,\u202e2s", "1 s", "1h30m", "P1D", "1.s", ".5s", ",".join(["1s"] * 101),
]  # fmt: skip
DELAYS.remove("1")  # seconds
WORDS = [
    SECRET, "DE", "EN", "JSON", "de_DE", "de-DE", "english", "deutsch", "0x", "yes", "no", "on", "off", "true", "false", "-1", "2", "1.0",
    "None", "null", "{}", "[]", "json,console", "de en", "json ;", "\x1b[31m", "\u202e", "x" * 5000, "ü", "٣", "\udcff",
]  # fmt: skip
KEYS = [
    SECRET, "x", f"{GOOD['LEXRELAY_SECRET_KEYS']}x", GOOD["LEXRELAY_SECRET_KEYS"][:-1], f"{GOOD['LEXRELAY_SECRET_KEYS']};x",
    f"{GOOD['LEXRELAY_SECRET_KEYS']} {GOOD['LEXRELAY_SECRET_KEYS']}", f"{SECRET},{SECRET}", "=" * 44, "ü" * 44, "\x00" * 44, "!" * 44,
    "A" * 43, "A" * 45, "A" * 44, "A" * 42 + "==", "+" * 43 + "=", "/" * 43 + "=", " " * 3, ",", ",,,", "\x1b[31m", "\u202e", "x" * 5000,
    "A" * 43 + "=A", "[]", "{}", "None", f"'{GOOD['LEXRELAY_SECRET_KEYS']}'", f'"{GOOD["LEXRELAY_SECRET_KEYS"]}"', "\udcff",
    f"{GOOD['LEXRELAY_SECRET_KEYS']},{SECRET}",
]  # fmt: skip
SECONDS = ("HTTP_TIMEOUT", "SETTLE", "RECHECK", "LEASE", "POLL")
WRONG = {
    "DATABASE_URL": DATABASES, "LEXRELAY_DIRECT_DATABASE_URL": DATABASES, "REDIS_URL": REDISES, "LEXWARE_API_URL": APIS,
    "LEXWARE_APP_URL": WEBS, "LEXRELAY_SECRET_KEYS": KEYS, "LEXRELAY_METRICS_PORT": PORTS, "LEXRELAY_RETRY_DELAYS": DELAYS,
    "LEXRELAY_RATE_PER_SECOND": NUMBERS, **{f"LEXRELAY_{name}_SECONDS": NUMBERS for name in SECONDS},
    "LEXRELAY_LOG_FORMAT": WORDS, "LEXRELAY_LANG": WORDS, "LEXRELAY_ALLOW_HTTP": WORDS,
}  # fmt: skip


def _problems(environment: dict[str, str]) -> list[str]:
    try:
        config.read("database", "redis", "secrets", environment=environment)
    except ConfigurationError as error:
        return error.problems
    return []


def test_a_good_environment_is_taken() -> None:
    """The tables below change one thing each."""
    assert _problems(GOOD) == []


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_value_is_refused_by_name(name: str) -> None:
    """At least 30 for each variable; the sentence holds nothing of the value."""
    assert len(set(WRONG[name])) >= 30
    for value in WRONG[name]:
        problems = _problems(GOOD | {name: value})

        assert problems, repr(value)
        assert all(name in problem for problem in problems), (value, problems)
        assert SECRET not in str(problems)
        assert all(problem.isprintable() for problem in problems)


@pytest.mark.parametrize("name", ["DATABASE_URL", "LEXRELAY_DIRECT_DATABASE_URL", "REDIS_URL", "LEXRELAY_SECRET_KEYS"])
def test_a_wrong_file_is_refused_by_name(name: str, tmp_path: Path) -> None:
    """One that is missing, a folder, empty, no text, too long, or holds a wrong value."""
    for place, content in enumerate([b"", b" \n", b"\xff\xfe", b"\x00", b"x" * 100_000, SECRET.encode()]):
        (tmp_path / str(place)).write_bytes(content)
    for path in [*tmp_path.iterdir(), tmp_path, tmp_path / SECRET, Path("/dev/zero"), Path("/dev/null")]:
        environment = {key: value for key, value in GOOD.items() if key != name}

        problems = _problems(environment | {f"{name}_FILE": str(path)})

        assert problems, path
        assert all(problem.startswith(name) for problem in problems)
        assert SECRET not in str(problems)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgresql://u:p%2Fw%25%23%40@h/d"),
        ("DATABASE_URL", "postgresql://u:p#w?x@h/d"),
        ("DATABASE_URL", "postgres:///d?host=/run/postgresql&sslmode=require"),
        ("DATABASE_URL", "postgresql://u@[::1]:5432,h2:5433/d?target_session_attrs=primary"),
        ("REDIS_URL", "rediss://u:p%2Fw@h:6380/3?ssl_cert_reqs=none&socket_timeout=5"),
        ("REDIS_URL", "unix:///run/valkey.sock?db=3"),
        ("REDIS_URL", "redis://localhost"),
        ("REDIS_URL", "redis+sentinel://:p%2Fw@s1:26379,s2,[::1]:26380/mymaster/0?sentinel_password=x"),
        ("REDIS_URL", "rediss+sentinel://s1/lexrelay.redis"),
        ("LEXWARE_API_URL", "http://127.0.0.1:8080"),
        ("LEXWARE_API_URL", "https://gateway.example/lexware/"),
        ("LEXWARE_APP_URL", "https://app.lexware.example:8443/x"),
        ("LEXRELAY_RETRY_DELAYS", "500ms, 2m,1.5h,1d,7"),
    ],
)  # fmt: skip
def test_what_is_right_stays_right(name: str, value: str) -> None:
    """Encoded passwords, sockets, several hosts, options that we know."""
    assert _problems(GOOD | {name: value}) == []


def test_the_direct_address_is_the_usual_one_unless_given() -> None:
    """Only a pooler makes a second one necessary."""
    direct = "postgresql://relay@db.example/practice"

    assert config.read(environment=GOOD).direct_database_url == GOOD["DATABASE_URL"]
    assert config.read(environment=GOOD | {"LEXRELAY_DIRECT_DATABASE_URL": direct}).direct_database_url == direct


@pytest.mark.parametrize(
    "command", a_few_of(["worker.service.poller", "worker status", "worker run", "dramatiq worker.app:broker"])
)
def test_every_process_ends_with_78(command: str) -> None:
    """A command, the daemon, and its two halves: a sentence, no traceback."""
    wrong = {"DATABASE_URL": f"postgresql://u:{SECRET}%@h/d", "REDIS_URL": f"redis://:{SECRET}#x@h"}
    ended = subprocess.run(
        [sys.executable, "-m", *command.split()],
        env=GOOD | wrong,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert ended.returncode == 78 if "dramatiq" not in command else ended.returncode != 0
    assert "DATABASE_URL" in ended.stderr
    assert not re.search(rf"{SECRET}|Traceback", ended.stdout + ended.stderr)
