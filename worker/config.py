"""What the environment says, checked as a whole: every problem is named before anything starts (exit code 78).

For every secret there is also `NAME_FILE`, the name of a file that holds it. Values of secrets never reach a message.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from outbox.pace import Pace

SECRETS = ("DATABASE_URL", "REDIS_URL", "LEXRELAY_SECRET_KEYS")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)?")


class ConfigurationError(Exception):
    """The environment does not let this command start; one line for each problem, by the variable's name."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything a process is told from outside. Secrets are kept out of `repr`."""

    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    secret_keys: tuple[str, ...] = field(repr=False)
    api_url: str
    app_url: str
    log_format: Literal["json", "console"]
    metrics_port: int
    lang: Literal["de", "en"]
    pace: Pace


Need = Literal["database", "redis", "secrets"]


def read(*needs: Need, environment: Mapping[str, str] = os.environ) -> Config:
    """The configuration of this process. Raises ConfigurationError naming every problem, those of `needs` included."""
    reader = _Reader(environment)
    config = Config(
        database_url=reader.url("DATABASE_URL", ("postgresql", "postgres"), needed="database" in needs),
        redis_url=reader.url("REDIS_URL", ("redis", "rediss", "unix"), needed="redis" in needs),
        secret_keys=reader.secret_keys(needed="secrets" in needs),
        api_url=reader.api_url(),
        app_url=(reader.text("LEXWARE_APP_URL") or "https://app.lexware.de").rstrip("/"),
        log_format="console" if reader.choice("LEXRELAY_LOG_FORMAT", ("json", "console")) == "console" else "json",
        metrics_port=reader.port("LEXRELAY_METRICS_PORT"),
        lang=language(environment)
        if not reader.choice("LEXRELAY_LANG", ("de", "en"))
        else _lang(reader.text("LEXRELAY_LANG")),
        pace=reader.pace(),
    )
    if reader.problems:
        raise ConfigurationError(reader.problems)
    return config


def language(environment: Mapping[str, str] = os.environ) -> Literal["de", "en"]:
    """German where the locale is German or unknown to be otherwise said; LEXRELAY_LANG wins."""
    said = (
        environment.get("LEXRELAY_LANG")
        or environment.get("LC_ALL")
        or environment.get("LC_MESSAGES")
        or environment.get("LANG", "")
    )
    return _lang(said)


def _lang(said: str) -> Literal["de", "en"]:
    return "de" if said.lower().startswith("de") else "en"


class _Reader:
    """Reads one variable after another and collects what is wrong with them."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self.problems: list[str] = []

    def text(self, name: str) -> str:
        return self._environment.get(name, "").strip()

    def secret(self, name: str) -> str:
        path = self.text(f"{name}_FILE")
        if not path:
            return self.text(name)
        if self.text(name):
            self.problems.append(f"{name} and {name}_FILE are both set; keep one.")
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            self.problems.append(f"{name}_FILE cannot be read ({type(error).__name__}).")
            return ""

    def url(self, name: str, schemes: tuple[str, ...], *, needed: bool) -> str:
        url = self.secret(name)
        if not url and needed:
            self.problems.append(f"{name} is not set. Give it as {schemes[0]}://USER:PASSWORD@HOST/NAME.")
        elif url and url.partition("://")[0] not in schemes:
            self.problems.append(f"{name} must begin with {schemes[0]}://.")
        return url

    def api_url(self) -> str:
        url = (self.text("LEXWARE_API_URL") or "https://api.lexware.io").rstrip("/")
        try:
            parts = urlsplit(url)
            host = parts.hostname
            parts.port  # noqa: B018 (raises for a port that is none)
        except ValueError:
            host = None
        if not host or parts.scheme not in ("http", "https"):
            self.problems.append("LEXWARE_API_URL must be an address like https://api.lexware.io.")
        elif parts.scheme == "http" and host not in _LOOPBACK and self.text("LEXRELAY_ALLOW_HTTP") != "1":
            self.problems.append(
                "LEXWARE_API_URL must use https; plain http goes only to this machine (or with LEXRELAY_ALLOW_HTTP=1)."
            )
        return url

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        value = self.text(name)
        if value and value not in choices:
            self.problems.append(f"{name} must be one of {', '.join(choices)}.")
        return value

    def port(self, name: str) -> int:
        value = self.text(name) or "0"
        if not value.isdecimal() or int(value) > 65535:
            self.problems.append(f"{name} must be a port number, or 0 for off.")
            return 0
        return int(value)

    def secret_keys(self, *, needed: bool) -> tuple[str, ...]:
        keys = tuple(key.strip() for key in self.secret("LEXRELAY_SECRET_KEYS").split(",") if key.strip())
        if not keys and needed:
            self.problems.append("LEXRELAY_SECRET_KEYS is not set. Make a key with `lexrelay secrets new`.")
        for place, key in enumerate(keys, 1):
            if not re.fullmatch(r"[A-Za-z0-9_-]{43}=", key):
                self.problems.append(
                    f"LEXRELAY_SECRET_KEYS: key {place} is not a Fernet key. Make one with `lexrelay secrets new`."
                )
        return keys

    def number(self, name: str, default: float, *, least: float, most: float) -> float:
        value = self.text(name)
        if not value:
            return default
        try:
            number = float(value)
        except ValueError:
            number = float("nan")
        if not least <= number <= most:
            self.problems.append(f"{name} must be a number from {least:g} to {most:g}.")
            return default
        return number

    def delays(self, default: tuple[float, ...]) -> tuple[float, ...]:
        value = self.text("LEXRELAY_RETRY_DELAYS")
        if not value:
            return default
        found = [_DURATION.fullmatch(part.strip()) for part in value.split(",")]
        if not all(found):
            self.problems.append("LEXRELAY_RETRY_DELAYS must be durations like 30s,2m,10m,1h.")
            return default
        return tuple(float(match[1]) * _UNITS[match[2] or "s"] for match in found if match)

    def pace(self) -> Pace:
        seconds: Callable[[str, float], float] = lambda name, default: self.number(  # noqa: E731
            f"LEXRELAY_{name}_SECONDS", default, least=0.001, most=86400 * 7
        )
        pace = Pace(
            rate_per_second=self.number("LEXRELAY_RATE_PER_SECOND", 1.5, least=0.001, most=1000),
            http_timeout_seconds=seconds("HTTP_TIMEOUT", 35),
            settle_seconds=seconds("SETTLE", 60),
            recheck_seconds=seconds("RECHECK", 60),
            lease_seconds=seconds("LEASE", 90),
            poll_seconds=seconds("POLL", 1),
            retry_delays=self.delays(Pace().retry_delays),
        )
        if pace.lease_seconds < pace.http_timeout_seconds + pace.window_seconds + 1:
            self.problems.append(
                "LEXRELAY_LEASE_SECONDS must be at least LEXRELAY_HTTP_TIMEOUT_SECONDS + the send window "
                f"({pace.window_seconds:g} s, a quarter of LEXRELAY_SETTLE_SECONDS, at most 5) + 1."
            )
        if pace.settle_seconds < pace.http_timeout_seconds:
            self.problems.append("LEXRELAY_SETTLE_SECONDS must be at least LEXRELAY_HTTP_TIMEOUT_SECONDS.")
        return pace
