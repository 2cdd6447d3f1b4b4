"""The end of a run: a table on the terminal and one JSON file with everything."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table as Grid

from tests.bench.figures import Measured, Table
from tests.bench.machine import machine, versions

#: Tables are not squeezed where there is no terminal.
_LEAST_WIDTH = 130
_HELD = {True: "[green]ok[/]", False: "[red]miss[/]", None: ""}


def tell(measured: Mapping[str, Measured], folder: Path, *, markdown: bool) -> None:
    """Print all figures and keep them, with machine, versions and samples, in `bench-<date>.json`."""
    began = datetime.now(UTC)
    if markdown:
        print(_markdown(measured))
    else:
        _print(measured)
    path = folder / f"bench-{began:%Y-%m-%dT%H%M%S}.json"
    path.write_text(json.dumps(_everything(measured, began), indent=1, default=str) + "\n")
    print(f"Machine, versions and samples: {path}")


def all_held(measured: Mapping[str, Measured]) -> bool:
    """Whether no goal was missed."""
    return all(figure.held is not False for one in measured.values() for figure in one.figures)


def _everything(measured: Mapping[str, Measured], at: datetime) -> dict[str, object]:
    benches = {
        name: {
            "figures": [
                {"name": each.name, "goal": each.goal, "figure": each.figure, "held": each.held} for each in one.figures
            ],
            "setting": one.setting,
            "samples": one.samples,
        }
        for name, one in measured.items()
    }
    return {"at": f"{at:%Y-%m-%dT%H:%M:%SZ}", "machine": machine(), "versions": versions(), "benches": benches}


def _print(measured: Mapping[str, Measured]) -> None:
    console = Console()
    console.width = max(console.width, _LEAST_WIDTH)
    for name, one in measured.items():
        for table in one.tables:
            console.print(_grid(table))
        console.print(f"[dim]{name}: {_in_words(one.setting)}[/]", highlight=False)
    rows = [
        (name, each.name, each.goal, each.figure, _HELD[each.held])
        for name, one in measured.items()
        for each in one.figures
    ]
    console.print(_grid(Table("Figures", ("bench", "what", "goal", "figure", ""), rows)))


def _in_words(setting: Mapping[str, object]) -> str:
    return ", ".join(
        f"{key}: {_in_words(value)}" if isinstance(value, dict) else f"{key} {value}" for key, value in setting.items()
    )


def _grid(table: Table) -> Grid:
    grid = Grid(title=table.title, title_justify="left")
    for number, column in enumerate(table.columns):
        grid.add_column(column, justify="left" if number == 0 or table.title == "Figures" else "right")
    for row in table.rows:
        grid.add_row(*row)
    return grid


def _markdown(measured: Mapping[str, Measured]) -> str:
    held = {True: "ok", False: "miss", None: ""}
    rows = [f"| {f.name} | {f.goal} | {f.figure} | {held[f.held]} |" for one in measured.values() for f in one.figures]
    about = machine()
    where = f"{datetime.now(UTC):%Y-%m-%d}, {about['cores']} cores {about['cpu']}, {about['memory_gib']} GiB, {about['kernel']}"
    return "\n".join(["| what | goal | figure | |", "|---|---|---|---|", *rows, "", where])
