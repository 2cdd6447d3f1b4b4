"""What lies around lexrelay and is its operator's business: files with keys, ways without TLS, a proxy, a pace."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from outbox.db import Connection
from worker import redis_pool
from worker.config import SECRETS, Config
from worker.config.addresses import is_here
from worker.messages import checks as words
from worker.operations.checks.finding import Finding, ok, warning

#: What Lexware allows an organisation (lexware-api 1.2).
_LEXWARE_RATE = 2.0


def pace(config: Config) -> Iterator[Finding]:
    """How fast, where to, and by which way."""
    rate, lease = f"{config.pace.rate_per_second:g}", f"{config.pace.lease_seconds:g}"
    told = words.PACE(rate=rate, url=config.api_url, lease=lease)
    if config.pace.rate_per_second > _LEXWARE_RATE:
        yield warning("pace", told, words.PACE_TOO_HIGH(allowed=f"{_LEXWARE_RATE:g}"))
    else:
        yield ok("pace", told)
    if config.proxy is not None:
        yield ok("proxy", words.PROXY(host=config.proxy.host, port=config.proxy.port))


def files() -> Iterator[Finding]:
    """Nobody else on this machine reads or changes a file that holds a secret."""
    for name in SECRETS:
        path = os.environ.get(f"{name}_FILE", "").strip()
        if not path:
            continue
        try:
            mode = Path(path).stat().st_mode
        except OSError:
            continue  # the configuration has said so
        if mode & (stat.S_IWOTH | stat.S_IROTH | stat.S_IWGRP):
            yield warning(
                "key files",
                words.OPEN_FILE(variable=f"{name}_FILE", mode=f"{stat.S_IMODE(mode):04o}"),
                words.OPEN_FILE_STEP(),
            )


def redis_way(config: Config) -> Iterator[Finding]:
    """The way to a Redis on another machine is closed."""
    far = next((host for host, _ in redis_pool.servers(config.redis_url) if not is_here(host)), None)
    if far is not None and not redis_pool.demands_tls(config.redis_url):
        yield warning("encryption", words.NO_TLS(what="Redis", host=far), words.REDIS_TLS_STEP())


def database_way(connection: Connection) -> Iterator[Finding]:
    """The way to a PostgreSQL on another machine is closed."""
    host = connection.info.host
    if not is_here(host) and not connection.pgconn.ssl_in_use:
        yield warning("encryption", words.NO_TLS(what="PostgreSQL", host=host), words.DATABASE_TLS_STEP())
