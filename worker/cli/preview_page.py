"""A preview as a page for people: the original beside what would leave. It holds persons."""

from collections.abc import Iterator, Mapping

import click
from rich.table import Table
from rich.text import Text

from worker.cli.language import Voice
from worker.cli.output import console
from worker.lexware.translate.documents import Document
from worker.lexware.translate.fold import shown
from worker.messages import Sentence, glossary
from worker.messages import preview as words
from worker.operations.preview import Preview
from worker.operations.preview_reveal import message

#: Shown elsewhere on the page, or not of the document itself.
_ELSEWHERE = {"document_id", "practice_id", "kind", "payer", "lines", "original", "own_address", "leaks"}


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
    _print(_table(say.words(words.HERE()), _original(document)), _table(say.words(words.LEAVES()), _flat(leaves)))
    say(words.DECISIONS[contact.decision](id=contact.contact_id))
    if contact.payload is not None:
        _print(_table(say.words(words.CONTACT_LEAVES()), _flat(contact.payload)))
    totals = (preview.total_here, preview.total_there)
    here, there = (words.UNKNOWN_SUM() if total is None else total for total in totals)
    say(words.SUMS(here=here, there=there))
    for text, remarks in ((words.PROBLEM, preview.problems), (words.NOTE, preview.notes)):
        say(*(text(message=message(remark, say.lang)) for remark in remarks))
    say(_end(preview))


def _end(preview: Preview) -> Sentence:
    if preview.snapshot.lexware_id is not None:
        return words.WAS_SENT()
    return words.NOT_SENT() if preview.is_stopped else words.WOULD_BE_SENT()


def _original(document: Document) -> Iterator[tuple[str, object]]:
    for name in document.__slots__:
        if name not in _ELSEWHERE:
            yield name, getattr(document, name)
    for name in document.payer.__slots__:
        yield f"payer.{name}", getattr(document.payer, name)
    for place, line in enumerate(document.lines):
        for name in line.__slots__:
            yield f"lines[{place}].{name}", getattr(line, name)


def _flat(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Every value of a payload with its path, e.g. `lineItems[0].name`."""
    if isinstance(value, Mapping) and value:
        for name, part in value.items():
            yield from _flat(part, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from _flat(part, f"{path}[{place}]")
    else:
        yield path, value


def _table(title: str, rows: Iterator[tuple[str, object]]) -> Table:
    table = Table(title=title, title_justify="left", show_header=False, box=None, pad_edge=False)
    for name, value in rows:
        if value is not None:
            table.add_row(Text(name), Text(shown(str(value))))
    return table


def _print(*tables: Table) -> None:
    side_by_side = Table.grid(padding=(0, 4))
    side_by_side.add_row(*tables)
    click.echo()
    console().print(side_by_side)
    click.echo()
