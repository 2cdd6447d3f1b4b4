"""JSON with one spelling only, so that its hash means something: keys sorted, no blanks, ASCII, times in UTC to the second."""

import hashlib
import json
from datetime import UTC, date, datetime
from uuid import UUID


def encode(value: object) -> str:
    """The one spelling of a value. Raises TypeError for what is neither JSON nor a time, a day or an id."""
    return json.dumps(value, default=_plain, sort_keys=True, ensure_ascii=True, allow_nan=False, separators=(",", ":"))


def sha256(text: str) -> str:
    """The hash of a text in this spelling, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def together(parts: dict[str, str]) -> str:
    """An object of values that are spelled already."""
    return "{" + ",".join(f"{encode(name)}:{parts[name]}" for name in sorted(parts)) + "}"


def list_of(values: list[str]) -> str:
    """A list of values that are spelled already."""
    return f"[{','.join(values)}]"


def moment(value: datetime) -> str:
    """A moment in UTC, to the second."""
    return value.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _plain(value: object) -> str:
    match value:
        case datetime():
            return moment(value)
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case _:
            raise TypeError(f"{type(value).__name__} has no canonical JSON")
