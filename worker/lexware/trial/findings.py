"""What a trial has found: switches of the sandbox with their values, statuses and codes seen, and what stays open."""

from dataclasses import dataclass, field
from typing import Any

from worker.lexware.trial.answer import Answer

#: The number of a question in lexware-api 12 or readback-and-proof 8, and the switch of the sandbox it is about.
HUMAN = (
    ("12.3", "accepts_credit_on_paid"), ("12.6", "renumbers_on_finalise"), ("12.10", "zero_discount_suppresses_default"),
    ("10.18", "accepts_archived_contact"), ("12.12", "no_scope_message"), ("12.12", "no_contract_message"),
    ("12.8", None), ("12.13", None), ("8.a", None), ("8.b", None), ("8.c", None), ("8.e", None), ("8.f", None), ("8.g", None),
    ("8.h", None), ("8.i", None),
)  # fmt: skip
"""Only a human can settle these: in the web app, with a second key, or with another plan."""

NOT_ASKED = (
    "rate_per_second", "rate_capacity", "rate_scope", "retry_after_seconds", "rate_message", "latency_seconds",
    "latency_tail_share", "latency_tail_seconds", "voucherlist_window", "strict",
)  # fmt: skip
"""Switches that no trial may try, since load tests are forbidden, or that are the sandbox's own affair."""


@dataclass(slots=True)
class Findings:
    """Filled question by question."""

    settled: list[dict[str, Any]] = field(default_factory=list)
    unsettled: list[dict[str, Any]] = field(default_factory=list)

    def settle(
        self, question: str, switch: str | None, value: object, *seen: Answer, at_least: int | None = None
    ) -> None:
        """Keep how it is; `seen` are the answers that say so. `at_least`: so much is accepted, no more was tried."""
        codes = sorted({code for one in seen for code in one.codes if code})
        told = {"statuses": [one.status for one in seen], "codes": codes}
        self.settled.append({"question": question, "switch": switch, "value": value, "at_least": at_least, **told})

    def leave_open(self, question: str, switch: str | None, why: str) -> None:
        """It cannot be settled here; `why` is a key of `messages.trial.WHY`."""
        self.unsettled.append({"question": question, "switch": switch, "why": why})

    @property
    def switches(self) -> dict[str, Any]:
        """As `set_switches` of the sandbox takes them."""
        return {one["switch"]: one["value"] for one in self.settled if one["switch"]}
