"""One word has one shape in the JSON of all commands: what reads one of them can read the others."""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import click
from click.testing import CliRunner
from test_every_command import Scene, _scene, every_command  # noqa: F401 (a fixture)

from worker.cli import main

#: Names of kinds, at which figures stand: a count alone, by state, or with a sum; and the value that any switch may have.
_FIGURES = {"events", "invoices", "cancellations", "contacts", "value"}


def _shapes(value: Any) -> Iterator[tuple[str, str]]:
    """Every word with the sort of what stands at it; null is of every sort."""
    if isinstance(value, dict):
        yield from ((word, _sort(below)) for word, below in value.items() if below is not None)
    for below in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _shapes(below)


def _sort(value: Any) -> str:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return "number" if is_number else type(value).__name__


def _has_json(command: click.Command) -> bool:
    return any("--json" in param.opts for param in command.params)


def test_one_word_has_one_shape(scene: Scene) -> None:
    """Whichever command says it."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    commands = dict(every_command())
    for path, arguments in scene.table():
        if _has_json(commands[path]):
            line = [*path.split(), *map(str, arguments), "--json"]
            said = CliRunner().invoke(main, line, env=scene.environment).stdout
            for word, sort in _shapes(json.loads(said) if said else None):
                found[word].setdefault(sort, path)

    assert len(found) > 100
    assert {word: sorts for word, sorts in found.items() if len(sorts) > 1}.keys() <= _FIGURES
