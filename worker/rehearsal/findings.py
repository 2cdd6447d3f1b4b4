"""What the rehearsal finds: a code, how bad it is, and whom it concerns; documents by id, never a name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from worker.messages import Sentence
from worker.messages import host_findings as words

Level = Literal["failure", "warning"]
Code = Literal[
    "missing_column",
    "wrong_type",
    "select_fails",
    "unknown_value",
    "null_value",
    "not_unique",
    "no_payer",
    "no_original",
    "original_not_invoice",
    "cancelled_without_cancellation",
    "no_cancellations",
    "sign_of_cancellation",
    "total_is_net",
    "totals_differ",
    "no_lines",
    "rate_as_fraction",
    "vat_with_note",
    "never_draft",
    "number_missing",
    "number_not_unique",
    "completed_at_missing",
    "completed_at_shifted",
    "currency",
    "slow_lookup",
    "trigger_missing",
    "trigger_column",
    "trigger_missed",
    "private_missing",
    "worker_sees_private",
]
#: So many documents at least, and more than one of so many of them wrong: then it is the description that is wrong.
_ENOUGH, _ONE_OF = 10, 20
_MOST_EXAMPLES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong with a description (a failure), or with single documents (a warning).

    `view` is the file of the description without its ending; None: it concerns none. `count` is how many documents, columns or
    tables it is about. The examples are ids of documents.
    """

    code: Code
    level: Level
    view: str | None
    message: Sentence
    remedy: Sentence
    count: int
    examples: Sequence[int] = ()


def of_description(code: Code, view: str | None, count: int, **values: object) -> Finding:
    """What concerns the description whatever the documents are: a column, a trigger, a right."""
    return _finding(code, "failure", view, {"count": count, **values})


def of_practice_software(code: Code, view: str | None, count: int, **values: object) -> Finding:
    """What may well be as it should be, but somebody should know."""
    return _finding(code, "warning", view, {"count": count, **values})


def of_documents(
    code: Code, view: str | None, row: Mapping[str, Any], *, is_certain: bool = True, **values: object
) -> Finding:
    """What was seen in documents: a failure when it is wrong for too many of those that it can concern.

    The row has `count`, `concerned` and `examples`.
    """
    count, concerned = row["count"], row["concerned"]
    is_failure = is_certain and concerned >= _ENOUGH and count * _ONE_OF > concerned
    blanks = {"count": count, "concerned": concerned, **values}
    return _finding(code, "failure" if is_failure else "warning", view, blanks, row["examples"] or ())


def _finding(
    code: Code, level: Level, view: str | None, values: dict[str, Any], examples: Sequence[int] = ()
) -> Finding:
    text = words.FINDINGS[code]
    return Finding(
        code=code,
        level=level,
        view=view,
        message=text.message(view=view, **values),
        remedy=text.remedy(view=view, **values),
        count=values["count"],
        examples=tuple(examples)[:_MOST_EXAMPLES],
    )
