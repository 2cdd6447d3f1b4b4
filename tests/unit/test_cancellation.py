"""What becomes of a cancellation, by the state of its original (design 6 "Cancellation")."""

from typing import get_args

import pytest

from worker.lexware.translate.cancellation import (
    Decision,
    NotNeeded,
    OriginalStatus,
    Refused,
    SendLinked,
    SendUnlinked,
    decide,
    status_of,
)


@pytest.mark.parametrize(
    ("status", "first", "after_a_refused_link"),
    [
        ("open", SendLinked(), SendUnlinked("link_refused")),
        ("overdue", SendLinked(), SendUnlinked("link_refused")),
        ("paid", SendLinked(), SendUnlinked("link_refused")),
        ("paidoff", SendLinked(), SendUnlinked("link_refused")),
        ("draft", SendUnlinked("original_is_draft"), SendUnlinked("original_is_draft")),
        ("unknown", SendUnlinked("original_status_unknown"), SendUnlinked("original_status_unknown")),
        ("voided", NotNeeded("original_voided"), NotNeeded("original_voided")),
        ("deleted", NotNeeded("original_deleted"), NotNeeded("original_deleted")),
        ("not_transferred", Refused("original_not_transferred"), Refused("original_not_transferred")),
    ],
)
def test_original_decides(status: OriginalStatus, first: Decision, after_a_refused_link: Decision) -> None:
    """Each state has one answer, and one after a link was refused and the state read again."""
    assert decide(status) == first
    assert decide(status, link_refused=True) == after_a_refused_link


@pytest.mark.parametrize("status", get_args(OriginalStatus))
def test_permission_to_unlink_matters_for_untransferred_originals_only(status: OriginalStatus) -> None:
    """`replay --unlinked` lets a cancellation without an original go; it breaks no link that can be made."""
    expected = SendUnlinked("original_not_transferred") if status == "not_transferred" else decide(status)

    assert decide(status, may_unlink=True) == expected


@pytest.mark.parametrize(
    ("voucher_status", "expected"),
    [("open", "open"), ("voided", "voided"), ("draft", "draft"), ("sepadebit", "unknown"), ("deleted", "unknown")],
)
def test_remote_words_are_read_with_tolerance(voucher_status: str, expected: OriginalStatus) -> None:
    """A status Lexware may invent, or one that only we conclude, is unknown and no error."""
    assert status_of(voucher_status) == expected
