"""What a bench is doing right now, on stderr: a line that changes on a terminal, plain lines elsewhere."""

import itertools
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

_COLUMNS = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())

Say = Callable[[str], None]
"""Names the step that begins now; the one before is done."""


@contextmanager
def steps(name: str, total: int) -> Iterator[Say]:
    """Show `total` steps, one after another."""
    console, began, done = Console(stderr=True), time.monotonic(), itertools.count()
    with Progress(*_COLUMNS, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(name, total=total)

        def say(step: str) -> None:
            progress.update(task, description=f"{name}: {step}", completed=next(done))
            if not console.is_terminal:
                console.print(f"{name}: {step} ({time.monotonic() - began:.0f} s)", highlight=False)

        yield say
