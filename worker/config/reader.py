"""Reads one variable after another and collects what is wrong with them, by name, never with a part of a value."""

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from worker.config import addresses, web_addresses

#: A number as people write it; Python itself would also take underscores and the digits of every script.
_NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{1,12})?([eE][+-]?[0-9]{1,2})?")
_SECRET_KEY = re.compile(r"[A-Za-z0-9_-]{43}=")
#: More than any secret; a device or a log given by mistake is not read to its end.
_LONGEST_SECRET = 65_536


class Reader:
    """The variables of one environment; `problems` grows with every one that cannot be used."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self.problems: list[str] = []

    def text(self, name: str) -> str:
        """The value without blanks around it; empty when it is not set."""
        return self._environment.get(name, "").strip()

    def secret(self, name: str) -> str:
        """The value, or the content of the file that `NAME_FILE` names."""
        path = self.text(f"{name}_FILE")
        if not path:
            return self.text(name)
        if self.text(name):
            self.problems.append(f"{name} and {name}_FILE are both set; keep one.")
        try:
            with Path(path).open(encoding="utf-8-sig") as file:
                value = file.read(_LONGEST_SECRET).strip()
        except (OSError, ValueError) as error:
            self.problems.append(f"{name}_FILE cannot be read ({type(error).__name__}).")
            return ""
        if not value:
            self.problems.append(f"{name}_FILE names an empty file.")
        return value

    def database_url(self, name: str, *, needed: bool) -> str:
        """The address of a PostgreSQL."""
        return self._url(name, "postgresql", addresses.postgresql, needed=needed)

    def redis_url(self, name: str, *, needed: bool) -> str:
        """The address of a Redis."""
        return self._url(name, "redis", addresses.redis_, needed=needed)

    def _url(self, name: str, scheme: str, read: Callable[[str, str], Iterable[str]], *, needed: bool) -> str:
        before, url = len(self.problems), self.secret(name)
        if url:
            self.problems += read(name, url)
        elif needed and len(self.problems) == before:
            self.problems.append(f"{name} is not set. Give it as {scheme}://USER:PASSWORD@HOST/NAME.")
        return url

    def api_url(self, name: str) -> str:
        """The base address of Lexware's interface, without a slash at its end."""
        allowed = self.choice("LEXRELAY_ALLOW_HTTP", ("0", "1")) == "1"
        url = (self.text(name) or "https://api.lexware.io").rstrip("/")
        self.problems += web_addresses.lexware_api(name, url, http_allowed=allowed)
        return url

    def web_url(self, name: str, *, default: str) -> str:
        """The base address of a web application, without a slash at its end."""
        url = (self.text(name) or default).rstrip("/")
        self.problems += web_addresses.web(name, url, like=default)
        return url

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        """One of a few words, or empty."""
        value = self.text(name)
        if value and value not in choices:
            self.problems.append(f"{name} must be one of {', '.join(choices)}.")
        return value

    def port(self, name: str) -> int:
        """A port number; 0 means off."""
        value = self.text(name) or "0"
        if not re.fullmatch(r"[0-9]{1,5}", value) or int(value) > 65535:
            self.problems.append(f"{name} must be a port number, or 0 for off.")
            return 0
        return int(value)

    def secret_keys(self, *, needed: bool) -> tuple[str, ...]:
        """The Fernet keys, in their order."""
        name, before = "LEXRELAY_SECRET_KEYS", len(self.problems)
        keys = tuple(key.strip() for key in self.secret(name).split(",") if key.strip())
        if not keys and needed and len(self.problems) == before:
            self.problems.append(f"{name} is not set. Make a key with `lexrelay secrets new`.")
        for place, key in enumerate(keys, 1):
            if not _SECRET_KEY.fullmatch(key):
                self.problems.append(f"{name}: key {place} is not a Fernet key. Make one with `lexrelay secrets new`.")
        return keys

    def number(self, name: str, default: float, *, least: float, most: float) -> float:
        """A number within bounds."""
        value = self.text(name)
        if not value:
            return default
        number = float(value) if _NUMBER.fullmatch(value) else float("nan")
        if not least <= number <= most:
            self.problems.append(f"{name} must be a number from {least:g} to {most:g}.")
            return default
        return number
