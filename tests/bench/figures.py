"""What a bench says: figures with their goals, the setting they hold for, and the raw samples behind them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; `held` is None where there is no goal."""

    name: str
    goal: str
    figure: str
    held: bool | None = None


@dataclass(slots=True)
class Measured:
    """What one sub-command has found."""

    figures: list[Figure]
    setting: dict[str, Any]
    samples: dict[str, Any] = field(default_factory=dict)
    tables: list["Table"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Table:
    """What is worth seeing beside the figures."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


def at_most(name: str, value: float, limit: float, unit: str, *, digits: int = 0) -> Figure:
    """A figure that must not be larger."""
    return Figure(name, f"at most {limit:g} {unit}", f"{value:.{digits}f} {unit}", value <= limit)


def at_least(name: str, value: float, limit: float, unit: str, *, digits: int = 0) -> Figure:
    """A figure that must not be smaller."""
    return Figure(name, f"at least {limit:g} {unit}", f"{value:.{digits}f} {unit}", value >= limit)


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which this share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
