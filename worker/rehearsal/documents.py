"""What is wrong with the documents: one query for each code, over what was gathered."""

from collections.abc import Iterator
from typing import get_args

from worker.rehearsal.findings import Code, Finding, of_documents
from worker.rehearsal.stage import Stage

#: In the order in which they are told: what others may follow from comes first.
CODES: tuple[Code, ...] = (
    "null_value",
    "unknown_value",
    "not_unique",
    "no_payer",
    "no_lines",
    "rate_as_fraction",
    "total_is_net",
    "totals_differ",
    "sign_of_cancellation",
    "no_original",
    "original_not_invoice",
    "cancelled_without_cancellation",
    "no_cancellations",
    "vat_with_note",
    "never_draft",
    "number_missing",
    "number_not_unique",
    "completed_at_missing",
    "completed_at_shifted",
    "currency",
)
assert set(CODES) < set(get_args(Code))  # noqa: S101 (a slip of the pen would be found by nobody else)


def wrong_documents(stage: Stage, code: Code) -> Iterator[Finding]:
    """The findings of one code: one for each view and field."""
    for row in stage.rows(f"host_findings.{code}"):
        yield of_documents(code, row["view"], row, is_certain=row["is_certain"], field=row["field"])
