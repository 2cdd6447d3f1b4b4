"""What the demo shows: progress on stderr while it runs, then the table and the verdict on stdout. No names of payers."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from worker.lab.demo.terminal import Terminal
from worker.lab.demo.verdict import Arrival
from worker.messages import Sentence
from worker.messages import demo as words
from worker.messages.glossary import KINDS, VOUCHER_STATUS

#: Where there is no terminal, so many lines of progress at most.
_LINES = 20


@contextmanager
def progress(say: Terminal, wanted: int) -> Iterator[Callable[[int], None]]:
    """Gives a function that is told how many documents are delivered: a bar on a terminal, else a line for each change."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task(say.words(words.DELIVERING()), total=wanted)
        told = 0

        def tell(done: int) -> None:
            nonlocal told
            bar.update(task, completed=done)
            if not console.is_terminal and (done - told >= max(1, wanted // _LINES) or told < done == wanted):
                say.aside(words.SO_FAR(done=done, wanted=wanted))
                told = done

        yield tell


def table(say: Terminal, arrivals: Sequence[Arrival]) -> None:
    """A row for every document; the sum of a credit note is positive, as Lexware shows it."""
    shown = [name for name in words.COLUMNS if name != "lexware_id" or not say.is_narrow]
    rows = [dict(zip(words.COLUMNS, _row(say, arrival), strict=True)) for arrival in arrivals]
    say.table([say.words(words.COLUMNS[name]()) for name in shown], [[row[name] for name in shown] for row in rows])


def verdict(say: Terminal, problems: Sequence[Sentence], arrivals: Sequence[Arrival], seconds: float) -> None:
    """One line on stdout; what is wrong, on stderr."""
    if problems:
        say.aside(*problems)
        say(words.NOT_WELL(problems=len(problems)))
    else:
        say(words.ALL_WELL(documents=len(arrivals), seconds=round(seconds)))


def _row(say: Terminal, arrival: Arrival) -> list[object]:
    return [
        arrival.number,
        say.words(KINDS[arrival.kind]()),
        arrival.payer_number,
        _result(say, arrival),
        arrival.lexware_id,
        _amount(say, abs(arrival.total)),
        " + ".join(_amount(say, there.total) for there in arrival.there),
    ]


def _result(say: Terminal, arrival: Arrival) -> str:
    state = say.words(words.ARRIVED[arrival.state]())
    more = [say.words(VOUCHER_STATUS[there.status]()) for there in arrival.there]
    return f"{state} ({', '.join(more or [arrival.reason or '?'])})"


def _amount(say: Terminal, amount: Decimal) -> str:
    return say.words(words.AMOUNT(amount=amount.quantize(Decimal("0.01"))))
