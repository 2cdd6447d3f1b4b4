"""Hosts as tests change them: the reference folder with other texts, applied to a test's database."""

from dataclasses import replace

from worker.host import folder
from worker.host.apply import migrate
from worker.host.folder import Folder


def reference(**files: str) -> Folder:
    """The reference host; `document_sql="…"` takes the place of a file."""
    changed = {name.replace("_sql", ".sql").replace("_toml", ".toml"): text for name, text in files.items()}
    return folder.parse({**folder.read(folder.built_in("reference")).files, **changed})


def edited(file: str, old: str, new: str) -> Folder:
    """The reference host with one place changed."""
    files = dict(folder.read(folder.built_in("reference")).files)
    assert old in files[file], (file, old)
    return folder.parse({**files, file: files[file].replace(old, new)})


def without(file: str) -> Folder:
    """The reference host without a file that may be left out."""
    host = folder.read(folder.built_in("reference"))
    return replace(host, files={name: text for name, text in host.files.items() if name != file})


def put(url: str, host: Folder) -> list[str]:
    """Apply it; what has changed."""
    return migrate(url, host=host, by="test")
