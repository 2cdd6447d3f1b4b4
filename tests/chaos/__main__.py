"""`python -m tests.chaos`: run the soak, print the scoreboard, exit 0 only when every invariant holds."""

import json
import signal
import sys
import time
from pathlib import Path

import click
from rich.console import Console

from tests.chaos import archive, scoreboard
from tests.chaos.plan import Plan
from tests.chaos.soak import run


@click.command()
@click.option("--minutes", type=float, default=2.0, show_default=True, help="How long faults and writers rage.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of everything that is drawn.")
@click.option("--practices", type=click.IntRange(min=1), default=20, show_default=True)
@click.option("--rate", type=float, help="Documents written a second, all practices together. [default: by practices]")
@click.option("--lag", type=float, help="Seconds by which the voucher list lags; beyond 10 it hides from both looks.")
@click.option(
    "--json", "json_file", type=click.Path(dir_okay=False, path_type=Path), help="Also write the scoreboard here."
)
@click.option(
    "--evidence", type=click.Path(file_okay=False, path_type=Path), help="Keep logs and the oracle's file here."
)
def main(
    minutes: float, seed: int, practices: int, rate: float | None, lag: float | None, json_file: Path | None,
    evidence: Path | None,
) -> None:  # fmt: skip
    """Soak the relay in faults and judge what it did."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # everything started is ended on the way out
    console, began = Console(soft_wrap=not sys.stdout.isatty()), time.monotonic()

    def tell(what: str) -> None:
        console.print(f"[{time.monotonic() - began:6.1f} s] {what}", markup=False, highlight=False)

    plan = Plan(minutes, seed, practices, lag, rate or min(8.0, 3 + practices / 20))
    with archive.opened(evidence) as folder:
        board = run(plan, tell, folder)
    scoreboard.show(board, console)
    if json_file is not None:
        json_file.write_text(json.dumps(board.as_json(), default=str, indent=2))
    sys.exit(0 if board.holds else 1)


if __name__ == "__main__":
    main()
