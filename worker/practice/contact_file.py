"""Many contact ids at once: a table with the columns customer (or customer_number) and value, worked off line by line;
in German: Kunde, Kundennummer, Kontakt.

Reads what spreadsheets write: commas, semicolons or tabs, UTF-8, UTF-16 or Windows-1252. A line that fails stops no
other; only what would fail every line alike (key, plan, network) is not asked for again.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import StringIO
from typing import Literal
from uuid import UUID

from outbox.sql import query
from worker.delivery.errors import CallError, NotSent
from worker.lexware.api.errors import KeyRefused, PermissionMissing, PlanTooSmall
from worker.lexware.api.pasted import decode
from worker.lexware.explain import explain
from worker.lexware.translate import fold
from worker.messages import Declined, Sentence
from worker.messages import contact_file as words
from worker.messages import contact_link as link_words
from worker.practice.contact_link import ContactLinker

Result = Literal["linked", "unchanged", "would_link", "skipped", "failed"]

_GERMAN = {"kunde": "customer", "kundennummer": "customer_number", "kontakt": "value"}
_SEPARATOR = re.compile(r"\"?sep=([;,\t|])\"?[;,\t]*\s*", re.IGNORECASE)
_ID = re.compile(r"[0-9]{1,18}")
_HOPELESS = (KeyRefused, PlanTooSmall, PermissionMissing, NotSent)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the file, as it was written."""

    line: int
    customer: str
    customer_number: str
    value: str


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a line, and what there is to say about it besides."""

    line: int
    result: Result
    customer_id: int | None = None
    contact_id: UUID | None = None
    said: tuple[Sentence, ...] = ()


def read(content: bytes) -> list[Entry]:
    """The lines of a file. Raises Declined for what is no table, or one without the columns."""
    try:
        text = decode(content)
        if "\0" in text:
            raise Declined(words.FILE_UNREADABLE())
        table, delimiter, before = _separated(text)
        rows = csv.DictReader(StringIO(table, newline=""), delimiter=delimiter, strict=True)
        heads = [(name or "").strip().lower() for name in rows.fieldnames or []]
        rows.fieldnames = [_GERMAN.get(head, head) for head in heads]
        listed = [(before + rows.line_num, row) for row in rows]
    except (UnicodeDecodeError, csv.Error):
        raise Declined(words.FILE_UNREADABLE()) from None
    if "value" not in rows.fieldnames or not {"customer", "customer_number"} & set(rows.fieldnames):
        raise Declined(words.COLUMNS_MISSING())
    names = ("customer", "customer_number", "value")
    return [Entry(line, *(fold.line(row.get(name)) or "" for name in names)) for line, row in listed]


def _separated(text: str) -> tuple[str, str, int]:
    """The table, what separates its columns, and how many lines stand before it.

    The separator is what Excel's own first line `sep=;` says, else what the head has most of.
    """
    first, _, rest = text.partition("\n")
    if said := _SEPARATOR.fullmatch(first.strip()):
        return rest, said[1], 1
    return text, max(";,\t", key=first.count), 0


def work_off(linker: ContactLinker, entries: Iterable[Entry]) -> Iterator[Done]:
    """One line after another; what is done stays done when a later one fails."""
    earlier = _Earlier()
    hopeless: Sentence | None = None
    for entry in entries:
        if not entry.value:
            yield Done(entry.line, "skipped")
            continue
        if hopeless:
            yield Done(entry.line, "failed", said=(hopeless,))
            continue
        try:
            yield _one(linker, entry, earlier)
        except CallError as error:
            hopeless = explain(error) if isinstance(error, _HOPELESS) else None
            yield Done(entry.line, "failed", said=(explain(error),))


@dataclass
class _Earlier:
    """Who stood in the lines before, and in which."""

    customers: dict[int, int] = field(default_factory=dict)
    contacts: dict[UUID, int] = field(default_factory=dict)

    def refuse_customer(self, customer_id: int, line: int) -> None:
        before = self.customers.setdefault(customer_id, line)
        if before != line:
            raise Declined(words.TWICE_IN_FILE(customer=customer_id, line=before))

    def refuse_contact(self, contact_id: UUID, line: int) -> None:
        before = self.contacts.setdefault(contact_id, line)
        if before != line:
            raise Declined(link_words.CONCERN(concern=words.SHARED_IN_FILE(contact=contact_id, line=before)))


def _one(linker: ContactLinker, entry: Entry, earlier: _Earlier) -> Done:
    customer_id = None
    try:
        customer_id = _customer_id(linker, entry)
        earlier.refuse_customer(customer_id, entry.line)
        fit = linker.check(customer_id, entry.value)
        if not linker.force:
            earlier.refuse_contact(fit.contact_id, entry.line)
        linked = linker.store(fit)
    except Declined as refusal:
        return Done(entry.line, "failed", customer_id, said=(refusal.sentence,))
    return Done(entry.line, linked.result, customer_id, linked.contact_id, linked.said[1:])


def _customer_id(linker: ContactLinker, entry: Entry) -> int:
    if _ID.fullmatch(entry.customer):
        return int(entry.customer)
    if entry.customer or not entry.customer_number:
        raise Declined(words.NO_CUSTOMER_IN_ROW())
    about = {"practice_id": linker.practice_id, "number": entry.customer_number}
    found = [int(row["customer_id"]) for row in linker.connection.execute(query("payer.of_number"), about)]
    if not found:
        raise Declined(link_words.NO_SUCH_NUMBER(practice=linker.practice_id, number=entry.customer_number))
    if len(found) > 1:
        raise Declined(link_words.NUMBER_AMBIGUOUS(number=entry.customer_number, customers=found))
    return found[0]
