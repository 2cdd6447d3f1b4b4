"""Questions about limits: how long, and how many on a page. A limit is halved towards, in `MOST_TRIES` calls at most.

What is still accepted at the most that is tried has no limit as far as this trial can tell: at least so much, it says.
"""

from collections.abc import Callable, Sequence
from typing import Any

from worker.lexware.trial.account import Account
from worker.lexware.trial.answer import Answer
from worker.lexware.trial.changed import Changed
from worker.lexware.trial.findings import Findings

#: The longest text and the largest page that are tried.
LONGEST_TEXT, LARGEST_PAGE = 2000, 1000
#: For one limit: the most, both sides of each likely one, and halving what is left.
MOST_TRIES = 1 + 2 * 2 + LONGEST_TEXT.bit_length()


def contact_texts(account: Account, found: Findings) -> None:
    """A name and a street, of one contact that is changed."""
    one = Changed(account, account.contact())
    tried: dict[str, Callable[[int], Answer]] = {
        "contact_name_limit": lambda length: one.put(person={"firstName": "Test", "lastName": "T" * length}),
        "contact_text_limit": lambda length: one.put(addresses=_address("T" * length)),
    }
    for switch, ask in tried.items():
        _settle(found, "12.11", switch, LONGEST_TEXT, ask)


def line_names(account: Account, found: Findings) -> None:
    """The name of a line: 255 by the documentation, 100 by one measurement. What is accepted stays behind as a draft."""

    def ask(length: int) -> Answer:
        return account.draft(lineItems=[account.line(10) | {"name": "T" * length}])

    _settle(found, "15", "line_name_limit", LONGEST_TEXT, ask, likely=(255, 100))


def pages(account: Account, found: Findings) -> None:
    """The largest page of contacts."""

    def ask(size: int) -> Answer:
        return account.ask("GET", "/v1/contacts", query={"size": str(size)})

    _settle(found, "4.4", "contact_page_limit", LARGEST_PAGE, ask, boundless=LARGEST_PAGE)


def _settle(
    found: Findings,
    question: str,
    switch: str,
    most: int,
    ask: Callable[[int], Answer],
    *,
    likely: Sequence[int] = (),
    boundless: int = 0,
) -> None:
    """Keep the largest number that is accepted; `boundless` is the switch's value when even the most is."""
    answer = ask(most)
    if answer.ok:
        found.settle(question, switch, boundless, answer, at_least=most)
    else:
        found.settle(question, switch, _largest(most, lambda number: ask(number).ok, likely), answer)


def _largest(refused: int, accepts: Callable[[int], bool], likely: Sequence[int]) -> int:
    """The largest number below `refused` that is accepted; 0 if none is. Where the likely ones are right, it ends soon."""
    good, bad = 0, refused
    tried = (one for number in likely for one in (number, number + 1))
    while bad - good > 1:
        number = next((one for one in tried if good < one < bad), (good + bad) // 2)
        good, bad = (number, bad) if accepts(number) else (good, number)
    return good


def _address(street: str) -> dict[str, Any]:
    return {"billing": [{"street": street, "zip": "12345", "city": "Test", "countryCode": "DE"}]}
