"""Flat settings from JSON, checked against the annotations of their dataclass."""

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from types import NoneType
from typing import Any, Literal, get_args, get_origin


def checked(kind: type, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as the fields want them. ValueError names the first that is no field or does not fit it."""
    annotations = {field.name: field.type for field in fields(kind)}
    for name in values:
        if name not in annotations:
            raise ValueError(f"{kind.__name__} has no {name}")
    return {name: _converted(name, value, annotations[name]) for name, value in values.items()}


def _converted(name: str, value: Any, annotation: Any) -> Any:
    if get_origin(annotation) is Literal:
        fitting = value in get_args(annotation)
    else:
        choices = get_args(annotation) or (annotation,)
        fitting = any(_fits(value, choice) for choice in choices)
    if not fitting:
        raise ValueError(f"{name} cannot be {value!r}")
    return float(value) if annotation is float else value


def _fits(value: Any, kind: Any) -> bool:
    if value is None or isinstance(value, bool):
        return kind is (NoneType if value is None else bool)
    if kind is float:
        return isinstance(value, int | float | Decimal) and value >= 0
    return isinstance(value, kind) and (kind is not int or value >= 0)
