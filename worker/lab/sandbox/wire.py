"""JSON as the sandbox reads and writes it: numbers are `Decimal` on the way in, so no cent is lost to a float."""

import json
from decimal import Decimal
from typing import Any

Json = dict[str, Any]


def loads(raw: bytes) -> Any:
    """Read JSON; fractions become `Decimal`. Raises ValueError on anything that is not JSON, NaN and infinity too."""
    try:
        return _DECODER.decode(raw.decode())
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def dumps(value: Any) -> bytes:
    """Write JSON as UTF-8. A `Decimal` goes as a number, exact to 15 digits; half a character becomes `?`."""
    return _ENCODER.encode(value).encode(errors="replace")


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def _number(value: object) -> float:
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"{type(value).__name__} has no place in JSON")


_DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=_refuse)
_ENCODER = json.JSONEncoder(default=_number, ensure_ascii=False, separators=(",", ":"))
