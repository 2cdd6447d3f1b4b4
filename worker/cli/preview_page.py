"""A preview as a page for people: the original beside what would leave. It holds persons."""

import click
from rich.table import Table
from rich.text import Text

from worker.cli.language import Voice
from worker.cli.output import console, put
from worker.cli.paper import width
from worker.messages import Sentence, glossary
from worker.messages import preview as words
from worker.operations.preview import Preview
from worker.operations.preview_reveal import message
from worker.operations.preview_told import leaving, original, told

_SIDE_BY_SIDE = 110


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
        (say.words(words.HERE()), told(original(document), say.lang)),
        (say.words(words.LEAVES()), told(leaving(leaves), say.lang)),
    )
    say(words.ONE_TIME() if contact.one_time else words.DECISIONS[contact.decision](id=contact.contact_id))
    if contact.payload is not None:
        _print((say.words(words.CONTACT_LEAVES()), told(leaving(contact.payload), say.lang)))
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
