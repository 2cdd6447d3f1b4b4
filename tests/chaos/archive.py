"""The folder of a run: logs, the oracle's file, and as JSON what a timeline needs."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from pathlib import Path

from tests.chaos.evidence import Evidence
from tests.chaos.nemesis import Strike


@contextmanager
def opened(folder: Path | None) -> Iterator[Path]:
    """A given folder, or one that is removed at the end."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="lexrelay-soak-") as temporary:
        yield Path(temporary)


def keep(folder: Path, evidence: Evidence, strikes: list[Strike]) -> None:
    """Write what was found: `history.json`, `arrivals.json`, `touches.json`, `strikes.json`."""
    found = {
        "history": evidence.history, "arrivals": evidence.arrivals, "touches": evidence.touches, "strikes": strikes
    }  # fmt: skip
    for name, what in found.items():
        (folder / f"{name}.json").write_text(json.dumps(what, default=_plain))


def _plain(what: object) -> object:
    if is_dataclass(what) and not isinstance(what, type):
        return {field.name: getattr(what, field.name) for field in fields(what)}
    return sorted(what) if isinstance(what, frozenset) else str(what)
