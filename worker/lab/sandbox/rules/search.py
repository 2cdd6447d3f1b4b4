"""Which contacts a search finds (lexware-api 4.4): substrings, wildcards, HTML-encoded queries, paging."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from worker.lab.sandbox.records import Contact, name_of
from worker.lab.sandbox.rules.contacts import Issue
from worker.lab.sandbox.switches import Switches

Test = Callable[[Contact], bool]

_TOKEN = re.compile(r"\\(?P<escaped>.)|&(?P<entity>amp|lt|gt);|(?P<plain>.)", re.DOTALL)
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">"}


class BadQueryError(ValueError):
    """The search cannot be made: 400 with this issue."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(issue.source)
        self.issue = issue


def find(contacts: Iterable[Contact], query: Mapping[str, str], switches: Switches, at: datetime) -> list[Contact]:
    """All contacts that pass every filter, by name ascending. Archived ones too; unknown parameters do nothing.

    Raises BadQueryError.
    """
    tests = _tests(query, switches)
    indexed_until = at - timedelta(seconds=switches.contact_search_lag_seconds)
    found = [
        contact
        for contact in contacts
        if contact.deleted is None and contact.created <= indexed_until and all(test(contact) for test in tests)
    ]
    return sorted(found, key=lambda contact: name_of(contact.body, switches.person_name_order).casefold())


def matcher(pattern: str) -> Callable[[str], bool]:
    """Whether a stored text contains the pattern, whatever the case: `_` is one character, `%` any run.

    A backslash takes these two literally. A stored `&`, `<` or `>` is found by its entity only.
    """
    parts = [_part(token) for token in _TOKEN.finditer(pattern.lower())]
    if any(part is None for part in parts):
        return lambda _: False
    expression = re.compile("".join(part for part in parts if part is not None), re.DOTALL)
    return lambda text: expression.search(text.lower()) is not None


def _part(token: re.Match[str]) -> str | None:
    """The piece of a regular expression for one token; None for a character that must not come unencoded."""
    if entity := token["entity"]:
        return re.escape(_ENTITIES[entity])
    if escaped := token["escaped"]:
        return re.escape(escaped)
    plain = token["plain"]
    if plain in "&<>":
        return None
    return {"_": ".", "%": ".*"}.get(plain, re.escape(plain))


def _tests(query: Mapping[str, str], switches: Switches) -> list[Test]:
    tests: list[Test] = []
    if "name" in query:
        name_matches = matcher(_searchable(query["name"]))
        tests.append(lambda contact: name_matches(name_of(contact.body, switches.person_name_order)))
    if "email" in query:
        mail_matches = matcher(_searchable(query["email"]))
        tests.append(lambda contact: any(mail_matches(mail) for mail in _mails(contact)))
    if "number" in query:
        number = _whole(query["number"])
        tests.append(lambda contact: number in _numbers(contact))
    return tests + [_role_test(role, _flag(query[role], role)) for role in ("customer", "vendor") if role in query]


def _role_test(role: str, wanted: bool) -> Test:
    return lambda contact: (contact.body["roles"].get(role) is not None) is wanted


def _searchable(text: str) -> str:
    if not 3 <= len(text) <= 128:
        raise BadQueryError(Issue("bad_request_error", "size must be between 3 and 128", "bad_request_error"))
    return text


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise BadQueryError(Issue("invalid_value", "number"))
    return int(text)


def _flag(text: str, name: str) -> bool:
    if text not in ("true", "false"):
        raise BadQueryError(Issue("bad_request_error", name, "bad_request_error"))
    return text == "true"


def _mails(contact: Contact) -> list[str]:
    mails = [mail for kind in (contact.body.get("emailAddresses") or {}).values() for mail in kind or []]
    persons = (contact.body.get("company") or {}).get("contactPersons") or []
    return mails + [person["emailAddress"] for person in persons if person.get("emailAddress")]


def _numbers(contact: Contact) -> list[int]:
    return [role["number"] for role in contact.body["roles"].values() if role]
