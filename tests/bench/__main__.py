"""`python -m tests.bench NAME`: measure one figure, or `all` of them; print a table, write one JSON file.

Ends with 0 when every goal was reached, with 1 when one was missed.
"""

import logging
import sys
import traceback
from pathlib import Path

import click
import structlog

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.bench.calls import calls
from tests.bench.catchup import catchup
from tests.bench.console import console
from tests.bench.dispatch import dispatch
from tests.bench.figures import Figure, Measured
from tests.bench.growth import growth
from tests.bench.idle import idle
from tests.bench.memory import memory
from tests.bench.polled import polled
from tests.bench.quiet import quiet
from tests.bench.rate import rate
from tests.bench.report import all_held, tell
from tests.bench.slots import slots
from tests.bench.throughput import throughput

BENCHES = (throughput, calls, rate, slots, idle, dispatch, quiet, memory, catchup)


@click.group()
@click.option("--out", default=".", type=click.Path(file_okay=False, path_type=Path), help="Where the JSON file goes.")
@click.option("--markdown", is_flag=True, help="Print the table as the README has it.")
def main(*, out: Path, markdown: bool) -> None:
    """Measure what lexrelay takes, beside what people would write instead. Nothing has to be set up."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))


@main.result_callback()
def _report(measured: Measured | dict[str, Measured], *, out: Path, markdown: bool) -> None:
    if isinstance(measured, Measured):
        measured = {click.get_current_context().invoked_subcommand or "": measured}
    tell(measured, out, markdown=markdown)
    sys.exit(0 if all_held(measured) else 1)


@main.command(name="all")
@click.pass_context
def every(context: click.Context) -> dict[str, Measured]:
    """All of them, one after another, with their defaults; some 25 minutes."""
    done: dict[str, Measured] = {}
    for bench in BENCHES:
        known = {"per_second": _per_second(done)} if bench is catchup else {}
        done[bench.name or ""] = _measure(context, bench, known)
    return done


def _measure(context: click.Context, bench: click.Command, known: dict[str, object]) -> Measured:
    """One that fails is told of, and does not keep the others from being measured."""
    try:
        measured: Measured = context.invoke(bench, **known)
    except Exception as error:  # noqa: BLE001 (whatever it is)
        traceback.print_exc()
        return Measured([Figure("did not end", "", type(error).__name__, held=False)], {})
    return measured


def _per_second(done: dict[str, Measured]) -> float | None:
    """The first row of the table, which catching up is compared with."""
    rates = done["throughput"].samples.get("rates", {})
    return rates.get("lexrelay")


for bench in (*BENCHES, console, growth, polled):  # these three are not in `all`: they take many minutes
    main.add_command(bench)

if __name__ == "__main__":
    main()
