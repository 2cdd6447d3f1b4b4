"""Questions about texts: how they come back, and how their length is counted."""

from collections.abc import Callable, Mapping
from html import escape

from worker.lexware.trial.account import Account
from worker.lexware.trial.answer import Unsettled
from worker.lexware.trial.findings import Findings

#: Something of everything that is ever changed on the way; 15 letters, 26 units of UTF-16.
_TRICKY, _WIDE = "Test\t& <Test>  \nTest \U0001f600 ", "Test" + "\U0001f600" * 11

_CHANGES: Mapping[str, Callable[[str], str]] = {
    "exact": lambda text: text,
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "trimmed": lambda text: "\n".join(line.rstrip() for line in text.splitlines()).strip(),
    "escaped": lambda text: escape(text, quote=False),
}


def coming_back(account: Account, found: Findings) -> None:
    """What a GET shows of a text that was sent, and of an empty one."""
    made = account.draft(remark=_TRICKY, introduction="")
    body = account.ask("GET", f"/v1/invoices/{made.id}").body
    how = [name for name, change in _CHANGES.items() if body.get("remark") == change(_TRICKY)]
    found.settle("12.10", "empty_text_means_default", bool(body.get("introduction")), made)
    if not how:
        raise Unsettled("other")
    found.settle("12.9", "text_on_return", how[0], made)


def counting(account: Account, found: Findings) -> None:
    """A title of 15 letters that are 26 units of UTF-16, where 25 are allowed."""
    answer = account.draft(title=_WIDE)
    found.settle("10.36", "counts_utf16", not answer.ok, answer)
