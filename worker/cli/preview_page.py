"""A preview as a page for people: the original beside what would leave. It holds persons."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

import click
from rich.table import Table
from rich.text import Text

from worker.cli.language import Voice
from worker.cli.output import console, put
from worker.cli.paper import width
from worker.lexware.translate.documents import Document
from worker.messages import Sentence, glossary
from worker.messages import preview as words
from worker.messages.visible import visible
from worker.operations.preview import PLACEHOLDER, Preview
from worker.operations.preview_reveal import message

Path = tuple[str | int, ...]
Fact = tuple[Path, object]

#: Lists whose place says it all, and values that are days.
_LISTS = frozenset({"lineItems"})
_DAYS = frozenset({"voucherDate", "shippingDate", "shippingEndDate"})
_SIDE_BY_SIDE = 110
#: Shown elsewhere on the page, or not of the document itself.
_ELSEWHERE = {
    "document_id", "practice_id", "kind", "payer", "lines", "original", "own_address", "leaks", "note_is_confirmed"
}  # fmt: skip


def show_preview(preview: Preview, say: Voice) -> None:
    """Print the page."""
    document, contact = preview.snapshot.document, preview.contact
    say(
        words.TITLE(
            kind=glossary.KINDS[document.kind](),
            number=document.number,
            status=glossary.DOCUMENT_STATUS[preview.status](),
        )
    )
    leaves = preview.translation.payload if preview.translation else say.words(words.NOTHING_LEAVES())
    _print(
        (say.words(words.HERE()), _facts(_original(document), say)),
        (say.words(words.LEAVES()), _facts(_flat(leaves, ()), say)),
    )
    say(words.ONE_TIME() if contact.one_time else words.DECISIONS[contact.decision](id=contact.contact_id))
    if contact.payload is not None:
        _print((say.words(words.CONTACT_LEAVES()), _facts(_flat(contact.payload), say)))
    totals = (preview.total_here, preview.total_there)
    here, there = (words.UNKNOWN_SUM() if total is None else words.EUROS(amount=total) for total in totals)
    say(words.SUMS(here=here, there=there))
    for text, remarks in ((words.PROBLEM, preview.problems), (words.NOTE, preview.notes)):
        say(*(text(message=message(remark, say.lang)) for remark in remarks))
    say(_end(preview))


def _end(preview: Preview) -> Sentence:
    if preview.snapshot.lexware_id is not None:
        return words.WAS_SENT()
    return words.NOT_SENT() if preview.is_stopped else words.WOULD_BE_SENT()


def _original(document: Document) -> Iterator[Fact]:
    for name in document.__slots__:
        if name not in _ELSEWHERE:
            yield (name,), getattr(document, name)
    for name in document.payer.__slots__:
        yield ("payer", name), getattr(document.payer, name)
    for place, line in enumerate(document.lines, 1):
        for name in line.__slots__:
            yield (place, name), getattr(line, name)


def _flat(value: object, path: Path = ()) -> Iterator[Fact]:
    """Every value of a payload with its path; the first of several, such as a line, is 1."""
    if isinstance(value, Mapping) and value:
        for name, part in value.items():
            yield from _flat(part, path if name in _LISTS else (*path, name))
    elif isinstance(value, list):
        for place, part in enumerate(value, 1):
            yield from _flat(part, (*path, place) if len(value) > 1 or not path else path)
    elif value != {}:
        yield path, value


def _facts(rows: Iterator[Fact], say: Voice) -> list[tuple[str, str]]:
    """What the fields are called, and their values as people read them."""
    return [(_name(path, say), _value(path, value, say)) for path, value in rows if value not in (None, "")]


def _name(path: Path, say: Voice) -> str:
    said = [
        say.words(words.LINE(place=part)) if isinstance(part, int) else say.words(words.FIELDS[part]()) if part in words.FIELDS else part
        for part in path
    ]  # fmt: skip
    name = ", ".join(said)
    return f"{name[:1].upper()}{name[1:]}"


def _value(path: Path, value: object, say: Voice) -> str:
    if value == str(PLACEHOLDER):
        return say.words(words.TO_COME())
    if path and path[-1] in words.CODED and value in words.CODES:
        return say.words(words.CODES[str(value)]())
    if isinstance(value, float) or (path and path[-1] in _DAYS):
        value = Decimal(repr(value)) if isinstance(value, float) else date.fromisoformat(str(value)[:10])
    return visible(say.words(words.SHOWN(value=value)))


def _print(*sides: tuple[str, list[tuple[str, str]]]) -> None:
    """Side by side where there is room, else one under the other."""
    click.echo()
    wide = width()
    if wide is None or wide >= _SIDE_BY_SIDE:
        grid = Table.grid(padding=(0, 4))
        grid.add_row(*(_table(title, facts) for title, facts in sides))
        console().print(grid)
        click.echo()
        return
    for title, facts in sides:
        put(title)
        for name, value in facts:
            put(f"  {name}: {value}" if name else f"  {value}")
        click.echo()


def _table(title: str, facts: list[tuple[str, str]]) -> Table:
    table = Table(title=title, title_justify="left", show_header=False, box=None, pad_edge=False)
    for name, value in facts:
        table.add_row(Text(name), Text(value))
    return table
