"""Drive the witnesses against the sandbox and print a table of their disagreements; run by `python -m tests.witnesses`.

Ends with 0 when every disagreement is a known one, with 1 when one is new or is gone.
"""

import sys
from pathlib import Path

import click
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from witnesses.calls import WITNESSES
from worker.cli.output import console
from worker.lab.sandbox.server import Sandbox

#: Who is right where a witness and the sandbox disagree, by what is known of the real one.
_NOT_SIMULATED = "The witness: the real one has it (lexware-api 15); the sandbox says that it has not."
KNOWN: dict[tuple[str, str], str] = {
    ("benethos-lexware-office-mcp", "voucher by number"): _NOT_SIMULATED,
    ("lexoffice-client", "payments as a list"): "The sandbox: only the payments of one document are documented (9.2).",
    ("lxw-cli", "dunning"): _NOT_SIMULATED,
    ("agent-tool-lexware-office-cli", "quotations"): _NOT_SIMULATED,
}


@click.command()
def witnesses() -> None:
    """Let each witness speak, and say who is right."""
    table = Table("Witness", "Calls", "Disagrees about", "How", "Who is right")
    found = set()
    for name, calls in WITNESSES.items():
        said, count = _heard(calls)
        for what, how in said:
            found.add((name, what))
            table.add_row(name, str(count), what, how, KNOWN.get((name, what), "NOT KNOWN YET"))
        if not said:
            table.add_row(name, str(count), "-", "-", "-")
    console().print(table)
    gone = sorted(KNOWN.keys() - found)
    for name, what in gone:
        click.echo(f"No longer a disagreement: {name}, {what}")
    sys.exit(1 if gone or found - KNOWN.keys() else 0)


def _heard(calls: object) -> tuple[list[tuple[str, str]], int]:
    """What a witness disagrees about, with its words, and how many calls it made."""
    said, count = [], 0
    with Sandbox() as sandbox:
        sandbox.control.set_switches(rate_per_second=0)
        for count, (what, call) in enumerate(calls(sandbox), 1):  # noqa: B007 (how many there were is told)
            try:
                call()
            except Exception as error:  # noqa: BLE001 (whatever it cannot bear is what is asked for)
                said.append((what, " ".join(f"{type(error).__name__}: {error}".split())[:160]))
    return said, count


if __name__ == "__main__":
    witnesses()
