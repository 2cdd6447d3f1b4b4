"""A host folder: host.toml and one select for each view, read and checked without a database.

What is wrong is said as a HostError that names the file and what to do. A folder can be written out again as it was read.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from outbox import sql
from worker.host.columns import PRIVATE, PROMISED
from worker.host.errors import HostError
from worker.messages import host as words

MANIFEST, PREPARE = "host.toml", "prepare.sql"
CONTRACT = 2
#: Hosts in the box.
BUILT_IN = ("reference", "tryton")
POLL_SECONDS = 60.0
_NEEDED = (MANIFEST, *(view.file for view in PROMISED))
_ALLOWED = (*_NEEDED, PRIVATE.file, PREPARE)
_KEYS = {"name", "contract", "trigger", "poll"}


@dataclass(frozen=True, slots=True)
class Trigger:
    """A table of the host whose rows become documents: its key column, and the columns whose change may complete one."""

    table: str
    document: str
    update_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Folder:
    """The description of a practice software."""

    name: str
    triggers: tuple[Trigger, ...]
    poll_seconds: float
    files: Mapping[str, str]

    def select(self, file: str) -> str | None:
        """The text of a file; None when the host leaves it out."""
        return self.files.get(file)


def built_in(name: str) -> Path:
    """Where a host in the box lies."""
    return sql.ROOT / "hosts" / name


def read(path: Path) -> Folder:
    """The folder at `path`. Raises HostError."""
    if not path.is_dir():
        raise HostError(words.NO_FOLDER(folder=path))
    files = {}
    for file in sorted(path.iterdir()):
        if file.name in _ALLOWED:
            files[file.name] = _text(file)
        elif file.suffix == ".sql":
            raise HostError(words.UNKNOWN_FILE(file=file.name, files=_ALLOWED))
    return parse(files)


def parse(files: Mapping[str, str]) -> Folder:
    """The folder of these files, by name. Raises HostError."""
    for name in _NEEDED:
        if not files.get(name, "").strip():
            raise HostError(words.FILE_MISSING(file=name))
    manifest = _manifest(files[MANIFEST])
    return Folder(
        name=_name(manifest),
        triggers=_triggers(manifest.get("trigger", [])),
        poll_seconds=_poll_seconds(manifest.get("poll", {})),
        files=dict(files),
    )


def write(files: Mapping[str, str], path: Path) -> None:
    """Write the files into a folder that is empty or not there yet. Raises HostError."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        if any(path.iterdir()):
            raise HostError(words.FOLDER_NOT_EMPTY(folder=path))
        for name, text in files.items():
            (path / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise HostError(words.CANNOT_WRITE(folder=path, error=error.strerror or type(error).__name__)) from error


def _text(file: Path) -> str:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise HostError(words.UNREADABLE_FILE(file=file.name)) from error
    if "\0" in text:
        raise HostError(words.UNREADABLE_FILE(file=file.name))
    return text


def _manifest(text: str) -> dict[str, Any]:
    try:
        manifest = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise HostError(words.NO_TOML(error=error)) from error
    _only(manifest, _KEYS, "host.toml")
    if type(manifest.get("contract")) is not int:
        raise HostError(words.CONTRACT_MISSING(contract=CONTRACT))
    if manifest["contract"] != CONTRACT:
        raise HostError(words.OTHER_CONTRACT(found=manifest["contract"], contract=CONTRACT))
    return manifest


def _name(manifest: Mapping[str, Any]) -> str:
    name = manifest.get("name")
    if not isinstance(name, str) or not name.strip() or len(name) > 200:
        raise HostError(words.NAME_MISSING())
    return name.strip()


def _triggers(blocks: object) -> tuple[Trigger, ...]:
    if not isinstance(blocks, list):
        raise HostError(words.TRIGGER_SHAPE())
    triggers = tuple(_trigger(block) for block in blocks)
    tables = [trigger.table for trigger in triggers]
    for table in tables:
        if tables.count(table) > 1:
            raise HostError(words.TRIGGER_TWICE(table=table))
    return triggers


def _trigger(block: object) -> Trigger:
    if not isinstance(block, dict):
        raise HostError(words.TRIGGER_SHAPE())
    _only(block, {"table", "document", "update_of"}, "[[trigger]]")
    table, document, columns = block.get("table"), block.get("document"), block.get("update_of", [])
    named = isinstance(table, str) and table and isinstance(document, str) and document
    if not named or not isinstance(columns, list) or not all(isinstance(one, str) and one for one in columns):
        raise HostError(words.TRIGGER_SHAPE())
    return Trigger(str(table), str(document), tuple(columns))


def _poll_seconds(block: object) -> float:
    if not isinstance(block, dict):
        raise HostError(words.POLL_SHAPE())
    _only(block, {"seconds"}, "[poll]")
    seconds = block.get("seconds", POLL_SECONDS)
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 1 <= seconds <= 86400:
        raise HostError(words.POLL_SHAPE())
    return float(seconds)


def _only(block: Mapping[str, Any], allowed: set[str], where: str) -> None:
    if unknown := sorted(block.keys() - allowed):
        raise HostError(words.UNKNOWN_KEY(keys=unknown, where=where, allowed=sorted(allowed)))
