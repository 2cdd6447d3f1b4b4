"""What a contact search of the simulated Lexware finds (lexware-api 4.4)."""

from datetime import timedelta
from typing import Any

import pytest
from sandbox_bodies import NOON, contact, organisation

from worker.lab.sandbox.rules.paging import Page, asked_page, envelope
from worker.lab.sandbox.rules.search import BadQueryError, find, matcher
from worker.lab.sandbox.switches import Switches

MATCHES = {
    "substring": ("eispi", "Beispiel", True),
    "other case": ("BEISPIEL", "Ada Beispiel", True),
    "umlaut in other case": ("SÖHNE", "Meyer & Söhne", True),
    "not in it": ("Bespiel", "Beispiel", False),
    "one unknown character": ("B_ispiel", "Beispiel", True),
    "underscore is exactly one": ("B_eispiel", "Beispiel", False),
    "any run": ("Ada%spiel", "Ada Beispiel", True),
    "run of nothing": ("Ada% Bei", "Ada Beispiel", True),
    "escaped underscore is itself": (r"max\_m@x.de", "max_m@x.de", True),
    "escaped underscore is nothing else": (r"max\_m@x.de", "maxim@x.de", False),
    "plain underscore finds more": ("max_m@x.de", "maxim@x.de", True),
    "escaped percent": (r"100\%", "100 Prozent", False),
    "escaped backslash": (r"a\\b", r"a\b", True),
    "encoded ampersand": ("Huber &amp; Co", "Huber & Co", True),
    "raw ampersand": ("Huber & Co", "Huber & Co", False),
    "encoded brackets": ("&lt;GbR&gt;", "Meyer & Söhne <GbR>", True),
    "raw bracket": ("<GbR", "Meyer & Söhne <GbR>", False),
    "dots are dots": ("A.a", "Ada Beispiel", False),
}


@pytest.mark.parametrize(("pattern", "text", "expected"), MATCHES.values(), ids=MATCHES)
def test_a_pattern_matches_as_documented(pattern: str, text: str, expected: bool) -> None:
    """Substrings in any case, two wildcards, backslash escapes, entities for three characters."""
    assert matcher(pattern)(text) is expected


def _names(query: dict[str, str], **switches: Any) -> list[str]:
    owner = organisation()
    contact(owner, {"person.firstName": "Zoe", "emailAddresses.private": ["zoe@example.org"]})
    contact(owner)
    contact(
        owner,
        {
            "person": None,
            "company": {
                "name": "Müller GmbH",
                "contactPersons": [{"lastName": "M", "emailAddress": "buero@example.org"}],
            },
            "roles": {"vendor": {}},
        },
    )
    found = find(owner.contacts.values(), query, Switches(**switches), NOON)
    return [each.name for each in found]


QUERIES = {
    "nothing asked": ({}, ["Ada Beispiel", "Müller GmbH", "Zoe Beispiel"]),
    "misspelt filter": ({"nmae": "Ada"}, ["Ada Beispiel", "Müller GmbH", "Zoe Beispiel"]),
    "first and last name": ({"name": "ada beispiel"}, ["Ada Beispiel"]),
    "last name first": ({"name": "Beispiel, Ada"}, []),
    "mail": ({"email": "zoe@"}, ["Zoe Beispiel"]),
    "mail of a contact person": ({"email": "buero@example.org"}, ["Müller GmbH"]),
    "customer number": ({"number": "10002"}, ["Ada Beispiel"]),
    "vendor number": ({"number": "70001"}, ["Müller GmbH"]),
    "customers": ({"customer": "true"}, ["Ada Beispiel", "Zoe Beispiel"]),
    "no customers": ({"customer": "false"}, ["Müller GmbH"]),
    "all filters at once": ({"name": "Beispiel", "email": "zoe"}, ["Zoe Beispiel"]),
    "filters that exclude each other": ({"name": "Beispiel", "vendor": "true"}, []),
}


@pytest.mark.parametrize(("query", "expected"), QUERIES.values(), ids=QUERIES)
def test_filters_are_joined_and_names_ascend(query: dict[str, str], expected: list[str]) -> None:
    """Every filter must hold, unknown ones do nothing, and the order is by name."""
    assert _names(query) == expected


def test_the_order_of_a_persons_name_is_a_switch() -> None:
    """Whether "Last, First" is what is searched is not known."""
    assert _names({"name": "Beispiel, Ada"}, person_name_order="last_first") == ["Ada Beispiel"]


@pytest.mark.parametrize(
    ("query", "key", "source"),
    [
        ({"name": "ab"}, "bad_request_error", "size must be between 3 and 128"),
        ({"email": "x" * 129}, "bad_request_error", "size must be between 3 and 128"),
        ({"number": "12a"}, "invalid_value", "number"),
        ({"customer": "yes"}, "bad_request_error", "customer"),
    ],
)
def test_a_bad_filter_is_an_error(query: dict[str, str], key: str, source: str) -> None:
    """Too short, too long, or of the wrong kind: the search is refused."""
    with pytest.raises(BadQueryError) as caught:
        _names(query)

    assert (caught.value.issue.key, caught.value.issue.source) == (key, source)


def test_a_new_contact_is_found_after_the_lag() -> None:
    """The search index knows a contact only when the lag has passed."""
    owner = organisation()
    contact(owner)
    lagging = Switches(contact_search_lag_seconds=5)

    early = find(owner.contacts.values(), {}, lagging, NOON + timedelta(seconds=4.9))
    late = find(owner.contacts.values(), {}, lagging, NOON + timedelta(seconds=5))

    assert (len(early), len(late)) == (0, 1)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, Page(0, 25)),
        ({"page": "2", "size": "250"}, Page(2, 250)),
        ({"page": "-1", "size": "0"}, Page(0, 25)),
        ({"page": "x", "size": ""}, Page(0, 25)),
    ],
    ids=str,
)
def test_a_page_out_of_range_is_the_default(query: dict[str, str], expected: Page) -> None:
    """Nonsense in `page` and `size` is ignored."""
    assert asked_page(query) == expected


@pytest.mark.parametrize(
    ("total", "number", "first", "last", "pages"),
    [(0, 0, True, True, 0), (25, 0, True, True, 1), (26, 0, True, False, 2), (26, 1, False, True, 2)],
)
def test_an_envelope_says_where_it_stands(total: int, number: int, first: bool, last: bool, pages: int) -> None:
    """`first`, `last` and `totalPages` follow from total, page and size."""
    page = envelope([], total, Page(number, 25), "name", ascending=True)

    assert (page["first"], page["last"], page["totalPages"], page["totalElements"]) == (first, last, pages, total)
