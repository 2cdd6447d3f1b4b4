"""What is news in the shape of an answer, and what is not: lists fill and empty, and Lexware has not changed for that."""

from worker.lexware.api.shape import shape_of
from worker.lexware.shapes import compared, kept

EMPTY = shape_of({"content": [], "last": True})
FILLED = shape_of({"content": [{"id": "x", "voucherType": "creditnote", "currency": "EUR"}], "last": True})


def test_a_list_that_fills_is_no_news() -> None:
    """Neither are the fields within it new, nor is the empty list gone, nor are its words new."""
    assert compared("voucherlist_open", FILLED, kept(EMPTY, None)).is_quiet


def test_a_list_that_empties_is_no_news_and_forgets_nothing() -> None:
    """When it fills again, what is gone from it meanwhile is told."""
    emptied = kept(EMPTY, kept(FILLED, None))
    poorer = shape_of({"content": [{"id": "x", "voucherType": "creditnote"}], "last": True})

    assert compared("voucherlist_open", EMPTY, kept(FILLED, None)).is_quiet
    assert compared("voucherlist_open", FILLED, emptied).is_quiet
    assert compared("voucherlist_open", poorer, emptied).gone == ["content[].currency"]


def test_a_field_of_a_filled_list_is_news() -> None:
    """A new one, one that is gone, a word that nobody has seen."""
    richer = shape_of({"content": [{"id": "x", "voucherType": "salesinvoice", "motto": "y"}], "last": True})

    change = compared("voucherlist_open", richer, kept(FILLED, None))

    assert (change.new, change.gone) == (["content[].motto"], ["content[].currency"])
    assert change.new_words == [{"field": "content[].voucherType", "words": ["salesinvoice"]}]
