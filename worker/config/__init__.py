"""What the environment says, checked as a whole: every problem is named before anything starts (exit code 78).

For every secret there is also `NAME_FILE`, the name of a file that holds it. Values of secrets never reach a message.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from outbox.pace import Pace
from worker.config.alarms import Alarms, read_alarms
from worker.config.console import Console, read_console
from worker.config.pace import read_pace
from worker.config.proxy import Proxy, read_proxy
from worker.config.reader import Reader

#: Each of them may be given by a file.
SECRETS = ("DATABASE_URL", "LEXRELAY_DIRECT_DATABASE_URL", "REDIS_URL", "LEXRELAY_SECRET_KEYS", "LEXRELAY_ALARM_URL",
    "LEXRELAY_SMTP_URL")  # fmt: skip


class ConfigurationError(Exception):
    """The environment does not let this command start; one line for each problem, by the variable's name."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything a process is told from outside. Secrets are kept out of `repr`."""

    database_url: str = field(repr=False)
    direct_database_url: str = field(repr=False)
    """For what hangs on a session: locks, LISTEN, migrations, commands. The same unless a pooler stands between."""
    redis_url: str = field(repr=False)
    secret_keys: tuple[str, ...] = field(repr=False)
    api_url: str
    app_url: str
    proxy: Proxy | None
    log_format: Literal["json", "console"]
    metrics_port: int
    lang: Literal["de", "en"]
    pace: Pace
    console: Console
    alarms: Alarms = field(default_factory=Alarms)


Need = Literal["database", "redis", "secrets"]


def read(*needs: Need, environment: Mapping[str, str] = os.environ) -> Config:
    """The configuration of this process. Raises ConfigurationError naming every problem, those of `needs` included."""
    reader = Reader(environment)
    database_url = reader.database_url("DATABASE_URL", needed="database" in needs)
    api_url = reader.api_url("LEXWARE_API_URL")
    config = Config(
        database_url=database_url,
        direct_database_url=reader.database_url("LEXRELAY_DIRECT_DATABASE_URL", needed=False) or database_url,
        redis_url=reader.redis_url("REDIS_URL", needed="redis" in needs),
        secret_keys=reader.secret_keys(needed="secrets" in needs),
        api_url=api_url,
        proxy=read_proxy(reader, api_url),
        app_url=reader.web_url("LEXWARE_APP_URL", default="https://app.lexware.de"),
        log_format="console" if reader.choice("LEXRELAY_LOG_FORMAT", ("json", "console")) == "console" else "json",
        metrics_port=reader.port("LEXRELAY_METRICS_PORT"),
        lang=_lang(reader.choice("LEXRELAY_LANG", ("de", "en")))
        if reader.text("LEXRELAY_LANG")
        else language(environment),
        pace=read_pace(reader),
        console=read_console(reader),
        alarms=read_alarms(reader),
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
