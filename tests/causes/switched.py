"""Every switch of the simulated Lexware at every value but its usual one, in rounds that change all of them at once."""

from collections.abc import Iterator
from types import MappingProxyType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from causes.scene import Scene
from worker.lab.sandbox.switches import Switches

#: Of what is no choice of a few: another number, which no cause has to wait for, or another text.
_OTHERS: MappingProxyType[str, Any] = MappingProxyType({
    "rate_per_second": 500.0, "rate_capacity": 200.0, "retry_after_seconds": 1, "rate_message": "Zu viele Anfragen",
    "latency_seconds": 0.01, "latency_tail_share": 0.1, "latency_tail_seconds": 0.05, "voucherlist_lag_seconds": 0.05,
    "voucherlist_window": 2500, "contact_search_lag_seconds": 0.05, "contact_unusable_seconds": 0.05,
    "account_number_race_seconds": 0.05, "contact_page_limit": 250, "contact_name_limit": 200, "contact_text_limit": 100, "line_name_limit": 200,
    "no_scope_message": "Missing scope", "no_contract_message": "No contract",
})  # fmt: skip


def other_values() -> dict[str, list[Any]]:
    """All values but the usual one, by switch. A new switch that is no choice raises KeyError until it is named above."""
    usual = Switches()
    return {name: _others(name, kind, getattr(usual, name)) for name, kind in get_type_hints(Switches).items()}


def _others(name: str, kind: Any, usual: Any) -> list[Any]:
    if kind is bool:
        return [not usual]
    if get_origin(kind) is Literal:
        return [value for value in get_args(kind) if value != usual]
    return [_OTHERS[name]]


def rounds() -> Iterator[dict[str, Any]]:
    """As many as a switch has other values at most; in each every switch has one, and in one of them each of its values."""
    others = other_values()
    for place in range(max(map(len, others.values()))):
        yield {name: values[place % len(values)] for name, values in others.items()}


def turn(scene: Scene, switches: dict[str, Any]) -> None:
    """Lexware behaves so, for the practice's organisation and for all that come."""
    scene.lexware.set_switches(**switches)
    scene.lexware.set_switches(scene.stage.tenant.id, **switches)
