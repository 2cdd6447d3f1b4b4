"""`python -m worker.lab.sandbox`: the sandbox as a process of its own.

Prints one JSON line when it answers: `{"url", "organisations": [{"id", "company_name", "keys"}]}`.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from worker.lab.sandbox.control import Tenant
from worker.lab.sandbox.server import run


@click.command()
@click.option("--port", type=int, default=0, help="Port to listen on; 0 takes a free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--organisations", type=int, default=1, show_default=True, help="How many organisations to begin with.")
@click.option("--state", type=click.Path(dir_okay=False, path_type=Path), help="File to keep what is committed.")
def main(port: int, host: str, organisations: int, state: Path | None) -> None:
    """Serve the simulated Lexware Office API until SIGTERM."""
    run(host, port, organisations=organisations, state=state, announce=_announce)


def _announce(url: str, tenants: Sequence[Tenant]) -> None:
    click.echo(json.dumps({"url": url, "organisations": [asdict(tenant) for tenant in tenants]}))


if __name__ == "__main__":
    main()
