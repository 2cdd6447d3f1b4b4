"""What becomes of a cancellation, by the state of its original (design 6 "Cancellation")."""

from decimal import Decimal
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
    flaw_of,
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
        ("not_invoice", Refused("original_not_invoice"), Refused("original_not_invoice")),
    ],
)
def test_original_decides(status: OriginalStatus, first: Decision, after_a_refused_link: Decision) -> None:
    """Each state has one answer, and one after a link was refused and the state read again."""
    assert decide(status) == first
    assert decide(status, link_refused=True) == after_a_refused_link


@pytest.mark.parametrize("status", get_args(OriginalStatus))
def test_permission_to_unlink_matters_for_originals_that_are_not_there_only(status: OriginalStatus) -> None:
    """`replay --unlinked` lets a cancellation without a fit original go; it breaks no link that can be made."""
    alone = {"not_transferred": "original_not_transferred", "not_invoice": "original_not_invoice"}
    expected = SendUnlinked(alone[status]) if status in alone else decide(status)

    assert decide(status, may_unlink=True) == expected


@pytest.mark.parametrize(
    ("told", "flaw"),
    [
        ({}, None),
        ({"here": Decimal(-60)}, None),
        ({"is_itself": True}, "itself"),
        ({"kind": "cancellation"}, "cancellation"),
        ({"by_others": Decimal(100), "others": 1}, "cancelled_already"),
        ({"by_others": Decimal(60), "others": 1, "here": Decimal(-40)}, None),
        ({"by_others": Decimal(60), "others": 1, "here": Decimal("-40.01")}, "more_than_original"),
        ({"here": Decimal("-100.01")}, "more_than_original"),
        ({"total": Decimal(0), "here": Decimal(0)}, None),
        ({"total": Decimal(0), "here": Decimal(0), "others": 1}, "cancelled_already"),
        ({"total": None}, None),
        ({"here": None}, None),
        ({"kind": None, "total": None}, None),
    ],
)
def test_not_everything_can_be_cancelled(told: dict, flaw: str | None) -> None:
    """An invoice, once, and not for more than it came to; what is not known speaks against nothing."""
    usual = {"is_itself": False, "kind": "invoice", "total": Decimal(100), "here": Decimal(-100)}

    assert flaw_of(**usual | {"by_others": Decimal(0), "others": 0} | told) == flaw


@pytest.mark.parametrize(
    ("voucher_status", "expected"),
    [("open", "open"), ("voided", "voided"), ("draft", "draft"), ("sepadebit", "unknown"), ("deleted", "unknown")],
)
def test_remote_words_are_read_with_tolerance(voucher_status: str, expected: OriginalStatus) -> None:
    """A status Lexware may invent, or one that only we conclude, is unknown and no error."""
    assert status_of(voucher_status) == expected
