"""A practice's customers with the field "Lex Office Kontakt ID", and suggestions that are confirmed by a tick."""

from typing import Any
from uuid import UUID

from worker.console.asked import Answer, Asked, Moved, Page
from worker.console.forms import BadField, whole
from worker.console.pages import address
from worker.lexware.api.links import contact_url
from worker.lexware.command_client import CommandClient
from worker.lexware.explain import explained
from worker.messages import Declined, Sentence, console_practice
from worker.messages import console as words
from worker.practice import contact_forget, contact_link, customers, practices
from worker.practice import contact_suggest as suggesting
from worker.practice.contact_link import ContactLinker
from worker.practice.contact_suggest import Search, Suggestion

_PAGE = 50
#: So many searches in Lexware a reader will wait for.
_SUGGESTED = 10


def show(asked: Asked) -> Page:
    """Some of them by id; a practice sees their names, others ids until a reveal."""
    return _list(asked, revealed=asked.visitor.sees_persons)


def change(asked: Asked) -> Answer:
    """Seek by a name, show names to others than the practice, look for suggestions, link what was ticked, or forget a customer."""
    if "q" in asked.form and asked.visitor.sees_persons:  # a name is never part of an address, which others keep
        return _list(asked, revealed=True, by_name=True)
    if "reveal" in asked.form:
        page = _list(asked, revealed=True)
        customers.reveal(
            asked.connection, asked.practice_id, customers=len(page.values["rows"]),
            by=asked.visitor.name, why=asked.form.given("why"),
        )  # fmt: skip
        return page
    if "suggest" in asked.form:
        return _list(asked, revealed=True, suggestions=_suggest(asked))
    if "pick" in asked.form:
        return Moved(asked.path, _link_picked(asked))
    if "forget" in asked.form:
        return Moved(asked.path, _forget(asked))
    raise BadField(words.NOTHING_CHOSEN())


def show_one(asked: Asked) -> Page:
    """One customer and the contact that is linked."""
    return _one(asked, revealed=asked.visitor.sees_persons)


def change_one(asked: Asked) -> Answer:
    """Link, end the link, or show the name."""
    form, customer_id = asked.form, asked.places["customer"]
    by, why = asked.visitor.name, form.given("why")
    if "reveal" in form:
        page = _one(asked, revealed=True)
        customers.reveal(asked.connection, asked.practice_id, customers=1, by=by, why=why)
        return page
    if "unlink" in form:
        said = contact_link.unlink(asked.connection, asked.practice_id, customer_id, by=by, why=why)
        return Moved(asked.path, said)
    if not form.text("contact"):
        raise BadField(console_practice.CONTACT_MISSING())
    linker = _linker(asked, force=form.text("force") in ("on", "1", "true"))
    with explained():
        linked = linker.store(linker.check(customer_id, form.text("contact")))
    return Moved(asked.path, linked.said)


def _list(asked: Asked, *, revealed: bool, by_name: bool = False, suggestions: list[Suggestion] | None = None) -> Page:
    practice = practices.find(asked.connection, asked.practice_id)
    fields = asked.form if by_name else asked.query
    after, sought = fields.number("after"), fields.given("q")
    rows = customers.page(
        asked.connection, practice.practice_id, after=-1 if after is None else after, limit=_PAGE + 1, sought=sought,
        by_name=by_name,
    )  # fmt: skip
    shown_last = rows[_PAGE - 1].payer.customer_id if rows[_PAGE:] else None
    last = suggestions[-1].payer.customer_id if suggestions and len(suggestions) == _SUGGESTED else None
    values: dict[str, Any] = {
        "practice": practice, "rows": rows[:_PAGE], "sought": sought or "", "sought_after": shown_last if by_name else None,
        "more": address(asked, after=shown_last) if shown_last is not None and not by_name else None, "revealed": revealed,
        "suggestions": suggestions, "suggest_after": last, "url_of": lambda one: contact_url(asked.config.app_url, one),
        "person": suggesting.person,
    }  # fmt: skip
    return Page("customers.html", values)


def _one(asked: Asked, *, revealed: bool) -> Page:
    practice = practices.find(asked.connection, asked.practice_id)
    customer = contact_link.find_customer(asked.connection, practice.practice_id, asked.places["customer"])
    url = contact_url(asked.config.app_url, customer.contact_id) if customer.contact_id else None
    person = suggesting.person(customer.payer) if revealed else None
    values = {"practice": practice, "customer": customer, "person": person, "url": url, "revealed": revealed}
    return Page("customer.html", values)


def _suggest(asked: Asked) -> list[Suggestion]:
    """Whom in Lexware some customers without a link may be; recorded, for it shows persons."""
    practice = practices.find(asked.connection, asked.practice_id)
    lexware = CommandClient(asked.connection, asked.config, practice.practice_id).lexware()
    after = asked.form.number("suggest_after")
    found = suggesting.unlinked(
        asked.connection, practice.practice_id, by=asked.visitor.name, why=asked.form.given("why"),
        after=-1 if after is None else after, limit=_SUGGESTED,
    )  # fmt: skip
    search = Search(asked.connection, lexware, practice.practice_id, practice.lines)
    with explained():
        return [search.suggest(each) for each in found]


def _link_picked(asked: Asked) -> list[Sentence]:
    """Link every pair that was ticked; one that cannot be is said, and stops no other."""
    linker, said = _linker(asked, force=False), list[Sentence]()
    for pick in asked.form.values["pick"]:
        customer, _, contact = pick.partition(":")
        customer_id = whole("pick", customer)
        if not _is_uuid(contact):
            raise BadField(words.NO_VALUE(field="pick"))
        try:
            with explained():
                said += linker.store(linker.check(customer_id, contact)).said
        except Declined as declined:
            said.append(declined.sentence)
    return said


def _forget(asked: Asked) -> list[Sentence]:
    customer_id = asked.form.number("forget")
    if customer_id is None:
        raise BadField(words.NO_VALUE(field="forget"))
    by, why = asked.visitor.name, asked.form.given("why")
    return contact_forget.forget(asked.connection, asked.practice_id, customer_id, asked.config.app_url, by=by, why=why)


def _linker(asked: Asked, *, force: bool) -> ContactLinker:
    lexware = CommandClient(asked.connection, asked.config, asked.practice_id).lexware()
    return ContactLinker(
        asked.connection, lexware, asked.config.app_url, asked.practice_id, force=force, dry_run=False,
        by=asked.visitor.name, why=asked.form.given("why"),
    )  # fmt: skip


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
