"""`python -m tests.gallery`: make the README's pictures of the console anew, from a furnished practice.

With a folder, every page instead, as a practice and as an operator see it: in both languages, wide, narrow, dark, on paper.
"""

import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any

import click
import psycopg
import structlog

sys.path.insert(0, str(Path(__file__).resolve().parent))

import chromium
import services
from furnished import Furnished, furnished

from worker.host.apply import migrate

DOCS = Path(__file__).resolve().parents[1] / "docs"
#: What a page of the README shows: no wider than its text.
_WIDTH, _HEIGHT = 900, 640
_PAPER = 794
#: A name, how wide, the colours, and on what.
_LOOKS = (
    ("wide", chromium.WIDE, "light", "screen"), ("wide-dark", chromium.WIDE, "dark", "screen"),
    ("narrow", chromium.NARROW, "light", "screen"), ("narrow-dark", chromium.NARROW, "dark", "screen"),
    ("paper", _PAPER, "light", "print"),
)  # fmt: skip


@click.command()
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
def main(folder: Path | None) -> None:
    """Without FOLDER the three pictures in docs/."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
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
    for role, lang, (name, width, scheme, medium) in product(("operator", "practice"), ("de", "en"), _LOOKS):
        page = chromium.window(browser, lang=lang, width=width, scheme=scheme)
        page.goto(f"{house.pages.url}/enter/{house.pages.code(role, house.own if role == 'practice' else None)}")
        page.emulate_media(media=medium, color_scheme=scheme)
        for address in house.addresses(role):
            page.goto(house.pages.url + address)
            shown = re.sub(r"[^a-z0-9]+", "-", address).strip("-") or "morning"
            page.screenshot(path=folder / f"{role}-{shown}-{lang}-{name}.png", full_page=True)
    click.echo(folder)


if __name__ == "__main__":
    main()
