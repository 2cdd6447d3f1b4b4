"""Questions about contacts. What can be is tried by changing one contact, so that few of them stay behind."""

from collections.abc import Callable
from typing import Any

from worker.lexware.trial.account import Account, Answer, Unsettled
from worker.lexware.trial.findings import Findings

#: The longest text and the largest page that are tried.
_LONGEST_TEXT, _LARGEST_PAGE = 2000, 1000


def making(account: Account, found: Findings) -> None:
    """Two directly after one another: with which status, and do they get in each other's way."""
    first = account.ask("POST", "/v1/contacts", account.person())
    found.settle("2.1", "create_contact_status", first.status, first)
    tried: list[Answer] = []

    def is_made() -> bool:
        tried.append(account.ask("POST", "/v1/contacts", account.person()))
        return tried[-1].ok

    found.settle("10.9", "account_number_race_seconds", _seconds(account.until(is_made)), tried[0])


def without_version(account: Account, found: Findings) -> None:
    """Made without its version 0."""
    answer = account.contact(version=None)
    found.settle("15", "accepts_contact_without_version", answer.ok, answer)


def searching(account: Account, found: Findings) -> None:
    """How late a new contact is found, and by which order of its names."""
    name = f"Test{account.tag}s"
    account.contact(person={"firstName": "Test", "lastName": name})

    def finds(text: str) -> bool:
        return bool(account.ask("GET", "/v1/contacts", query={"name": text}).rows)

    found.settle("12.7", "contact_search_lag_seconds", _seconds(account.until(lambda: finds(name))))
    orders = {"first_last": f"Test {name}", "last_first": f"{name}, Test"}
    there = [order for order, text in orders.items() if finds(text)]
    if not there:
        raise Unsettled("other")
    found.settle("12.14", "person_name_order", there[0])


def pages(account: Account, found: Findings) -> None:
    """The largest page."""
    largest = _largest(_LARGEST_PAGE, lambda size: account.ask("GET", "/v1/contacts", query={"size": str(size)}).ok)
    found.settle("4.4", "contact_page_limit", largest)


def changing(account: Account, found: Findings) -> None:
    """One contact, over and over: its version, fields that do not exist, letters in a phone, how long a text may be."""
    made = account.contact()
    one = _Changed(account, made)
    found.settle("14.5", "reject_unknown", not (answer := one.put(testField="Test")).ok, answer)
    answer = one.put(phoneNumbers={"business": ["Test"]})
    found.settle("15", "refuses_letters_in_phones", not answer.ok, answer)
    longest = _largest(_LONGEST_TEXT, lambda length: one.put(addresses=_address("T" * length)).ok)
    found.settle("12.11", "contact_text_limit", 0 if longest == _LONGEST_TEXT else longest)
    stale = one.put(version=one.version + 7)
    found.settle("4.3", "stale_version_status", stale.status, stale)


class _Changed:
    """A contact that is replaced under its current version."""

    def __init__(self, account: Account, made: Answer) -> None:
        self._account, self._id, self.version = account, made.id, made.version

    def put(self, **changes: Any) -> Answer:
        """Replace it, with something changed."""
        body = self._account.person() | {"version": self.version} | changes
        answer = self._account.ask("PUT", f"/v1/contacts/{self._id}", body)
        self.version = answer.version if answer.ok else self.version
        return answer


def _address(street: str) -> dict[str, Any]:
    return {"billing": [{"street": street, "zip": "12345", "city": "Test", "countryCode": "DE"}]}


def _largest(most: int, accepts: Callable[[int], bool]) -> int:
    """The largest number up to `most` that is accepted; 0 if none is."""
    if accepts(most):
        return most
    good, bad = 0, most
    while bad - good > 1:
        middle = (good + bad) // 2
        good, bad = (middle, bad) if accepts(middle) else (good, middle)
    return good


def _seconds(seconds: float) -> float:
    return round(seconds, 2)
