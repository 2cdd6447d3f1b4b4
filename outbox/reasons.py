"""Why an event died or was dropped, a lane is paused, or an attempt is put off: the codes that stand in the ledger.

Closed sets: whoever gives a reason, or has a text for each (`worker/messages/reasons/`), is held to them by the type
checker. Codes only; what is read back from a database may come from another version and is a plain `str`.
"""

from typing import Literal

DataReason = Literal[
    "missing_field",
    "no_items",
    "totals_differ",
    "negative_total",
    "unknown_tax_rate",
    "tax_conflict",
    "exemption_note_missing",
    "health_data",
    "new_note",
    "text_too_long",
    "too_many_lines",
    "currency",
]
"""The practice's data lack or contradict what the remote system needs; nothing was sent."""

DeadReason = Literal[
    DataReason,
    "too_large",
    "host_data",
    "document_gone",
    "contact_ambiguous",
    "contact_gone",
    "original_not_transferred",
    "original_not_invoice",
    "other_organisation",
    "duplicate_found",
    "in_doubt",
    "sender_frozen",
    "refused_by_lexware",
    "retries_exhausted",
    "crashes_worker",
]
"""An event was given up: a human acts."""

DiscardReason = Literal["original_deleted", "original_voided"]
"""An event was closed by the system: there is nothing to deliver any more."""

RefusalReason = Literal["key_invalid", "plan_too_small", "permission_missing", "other_organisation"]
"""Why the system itself holds a lane."""

PauseReason = Literal[RefusalReason, "operator"]
"""A lane is held until somebody lifts it."""

CoolReason = Literal["rate_limited", "key_refused", "key_unreadable"]
"""A lane makes no call for a while."""

DelayReason = Literal[
    CoolReason,
    "not_connected",
    "plan_too_small",
    "permission_missing",
    "other_organisation",
    "not_reached",
    "no_answer",
    "truncated",
    "too_late_to_send",
    "may_not_send",
    "draining",
    "in_doubt",
    "absent_once",
    "absent_proven",
    "absent_again",
    "look_failed",
    "sender_alive",
    "contact_ready",
    "contact_not_ready",
    "account_number_race",
    "payer_merged",
    "original_expected",
    "original_missing",
    "original_seems_voided",
    "link_refused",
    "lines_refused",
    "lease_lost",  # written by the poller, as the next
    "worker_died",  # written by the poller (sql/queries/outbox/poller.sql)
    "database_lost",
    "unexpected",
]
"""An attempt ended without an end for its event: it comes again."""

DoubtReason = Literal["payer_changed", "restored"]
"""Why nothing can prove that a document did not arrive: `why` in the detail of a death in doubt."""
