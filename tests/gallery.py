"""`python -m tests.gallery`: make the README's pictures of the console anew, from a furnished practice.

With a folder, every page instead, as a practice and as an operator see it: in both languages, wide, narrow, dark, on paper.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any

import click
import psycopg

sys.path.insert(0, str(Path(__file__).resolve().parent))

import chromium
import services
from furnished import Furnished, furnished

from worker.host.apply import migrate

DOCS = Path(__file__).resolve().parents[1] / "docs"
#: What a page of the README shows: no wider than its text.
_WIDTH, _HEIGHT = 900, 640
_LOOKS = ((chromium.WIDE, "light"), (chromium.WIDE, "dark"), (chromium.NARROW, "light"), (chromium.NARROW, "dark"))


@click.command()
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
def main(folder: Path | None) -> None:
    """Without FOLDER the three pictures in docs/."""
    with _house() as house, chromium.started() as browser:
        if folder is None:
            _readme(house, browser)
        else:
            folder.mkdir(parents=True, exist_ok=True)
            _everything(house, browser, folder)


@contextmanager
def _house() -> Iterator[Furnished]:
    with services.postgres() as server, services.database(server) as url:
        migrate(url, reference_practice=True)
        with psycopg.connect(url, autocommit=True) as db, furnished(db, url) as house:
            yield house


def _readme(house: Furnished, browser: Any) -> None:
    operator = chromium.window(browser, lang="en", width=_WIDTH)
    operator.goto(f"{house.pages.url}/enter/{house.pages.code('operator')}")
    _shoot(operator, DOCS / "morning.png")
    operator.click(".cause a")
    _shoot(operator, DOCS / "cause.png")
    practice = chromium.window(browser, lang="en", width=_WIDTH)
    practice.goto(f"{house.pages.url}/enter/{house.pages.code('practice', house.fresh)}")
    _shoot(practice, DOCS / "settings.png")


def _shoot(page: Any, to: Path) -> None:
    page.screenshot(path=to, clip={"x": 0, "y": 0, "width": _WIDTH, "height": _HEIGHT})
    click.echo(to)


def _everything(house: Furnished, browser: Any, folder: Path) -> None:
    for role, lang, (width, scheme) in product(("operator", "practice"), ("de", "en"), _LOOKS):
        page = chromium.window(browser, lang=lang, width=width, scheme=scheme)
        page.goto(f"{house.pages.url}/enter/{house.pages.code(role, house.own if role == 'practice' else None)}")
        for address in house.addresses(role):
            page.goto(house.pages.url + address)
            name = f"{role}{re.sub(r'[^a-z0-9]+', '-', address)}-{lang}-{width}-{scheme}"
            page.screenshot(path=folder / f"{name}.png", full_page=True)
            if (width, scheme) == _LOOKS[0]:
                page.pdf(path=folder / f"{name}.pdf", format="A4")
    click.echo(folder)


if __name__ == "__main__":
    main()
