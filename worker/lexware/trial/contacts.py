"""Questions about contacts. What can be is tried by changing one contact, so that few of them stay behind."""

from worker.lexware.trial.account import Account
from worker.lexware.trial.answer import Answer, Unsettled
from worker.lexware.trial.changed import Changed
from worker.lexware.trial.findings import Findings


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


def changing(account: Account, found: Findings) -> None:
    """One contact, over and over: its version, fields that do not exist, letters in a phone."""
    one = Changed(account, account.contact())
    found.settle("14.5", "reject_unknown", not (answer := one.put(testField="Test")).ok, answer)
    answer = one.put(phoneNumbers={"business": ["Test"]})
    found.settle("15", "refuses_letters_in_phones", not answer.ok, answer)
    stale = one.put(version=one.version + 7)
    found.settle("4.3", "stale_version_status", stale.status, stale)


def _seconds(seconds: float) -> float:
    return round(seconds, 2)
