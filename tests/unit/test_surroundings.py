"""What `check` says of files with secrets that others may touch, and of servers elsewhere that are reached in plain text."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from worker import config
from worker.operations.checks import surroundings


@pytest.mark.parametrize(
    ("mode", "is_told"), [(0o666, True), (0o622, True), (0o604, True), (0o620, True), (0o600, False), (0o400, False), (0o440, False)]
)  # fmt: skip
@pytest.mark.parametrize("name", ["LEXRELAY_SECRET_KEYS", "DATABASE_URL", "REDIS_URL"])
def test_a_file_that_others_may_change_or_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, mode: int, is_told: bool
) -> None:
    """By the variable and the mode, never by what stands in it."""
    path = tmp_path / "secret"
    path.write_text("Qzxgeheim")
    path.chmod(mode)
    monkeypatch.setenv(f"{name}_FILE", str(path))

    found = list(surroundings.files())

    assert [(one.level, one.check) for one in found] == ([("warning", "key files")] if is_told else [])
    assert "Qzxgeheim" not in str(found)


@pytest.mark.parametrize(
    ("url", "is_told"),
    [
        ("redis://queue.example:6379/0", True),
        ("redis://192.0.2.1/0", True),
        ("rediss://queue.example:6379/0", False),
        ("redis://localhost/0", False),
        ("redis://127.0.0.1:6379/0", False),
        ("redis://[::1]/0", False),
        ("unix:///run/redis.sock", False),
    ],
)
def test_redis_elsewhere(url: str, is_told: bool) -> None:
    """In plain text it may be read and forged on the way."""
    found = list(surroundings.redis_way(config.read("redis", environment={"REDIS_URL": url})))

    assert [one.check for one in found] == (["encryption"] if is_told else [])


@pytest.mark.parametrize(
    ("host", "is_closed", "is_told"),
    [("db.example", False, True), ("192.0.2.1", False, True), ("db.example", True, False), ("localhost", False, False), ("/run/postgresql", False, False)],
)  # fmt: skip
def test_postgresql_elsewhere(host: str, is_closed: bool, is_told: bool) -> None:
    """Names go that way."""
    connection = SimpleNamespace(info=SimpleNamespace(host=host), pgconn=SimpleNamespace(ssl_in_use=is_closed))

    found = list(surroundings.database_way(cast("Any", connection)))

    assert [one.check for one in found] == (["encryption"] if is_told else [])
