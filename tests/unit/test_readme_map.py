"""The README's map: every path that it names is there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_PATH = re.compile(r"`((?:worker|outbox|sql|tests)/[\w./-]*|pyproject\.toml|compose\.yaml)`")


def test_every_path_of_the_readme_is_there() -> None:
    """A stranger who follows it finds a file or a folder."""
    named = set(_PATH.findall((ROOT / "README.md").read_text(encoding="utf-8")))

    assert len(named) > 20
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


def test_the_map_answers_what_a_developer_asks() -> None:
    """A row for each of the questions that were asked of it."""
    rows = re.findall(r"^\| (.+?) \| `", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)

    for asked in (
        "status", "retry", "command", "reason", "column", "remote system", "page", "host", "text", "metric", "setting",
        "query", "screen",
    ):  # fmt: skip
        assert any(asked in row for row in rows), asked
