"""Why a document is not sent.

A problem names a reason, the host's field and figures, and never a value that could be personal, so it may be
logged, stored and shown. It does not know the words for operators; those stand in `worker/messages/reasons`.
"""

import dataclasses
from collections.abc import Mapping

from outbox.reasons import DataReason


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """One thing that keeps a document from being sent.

    `field` is named as the contract views name it: `document.total`, `payer.country_code`, or `lines[2].description`
    with lines counted from 0 in their order. `figures` are numbers only: sums, a rate, a length, a limit; or the name of the secret that the field holds.
    """

    reason: DataReason
    field: str | None = None
    figures: Mapping[str, str] = dataclasses.field(default_factory=dict)


class Untranslatable(Exception):
    """The practice's data lack or contradict what Lexware needs: sending again changes nothing, the data must."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.reason, problem.field)
        self.problem = problem
