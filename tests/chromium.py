"""The system's Chromium, driven by playwright: windows of any width and language, and an accessibility engine (axe-core)."""

import importlib.util
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

#: Where it is; None where there is none.
PROGRAM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
#: Why there is nothing to look with; None: there is. Asked without an import, which would cost each process a second.
MISSING = (
    "there is no Chromium on this machine: install Debian's `chromium`" if PROGRAM is None
    else "the package playwright is not installed" if importlib.util.find_spec("playwright") is None
    else None
)  # fmt: skip
WIDE, NARROW = 1280, 390
_AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
_OPTIONS = ("--no-sandbox", "--lang=en-US", "--no-proxy-server", "--disable-dev-shm-usage")
_LOCALES = {"de": "de-DE", "en": "en-GB"}


@contextmanager
def started() -> Iterator[Any]:
    """A browser without a screen."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=PROGRAM, args=list(_OPTIONS))
        yield browser
        browser.close()


def window(browser: Any, *, lang: str = "de", width: int = WIDE, script: bool = True, scheme: str = "light") -> Any:
    """A page that shares no cookies with any other."""
    page = browser.new_context(
        locale=_LOCALES[lang], timezone_id="Europe/Berlin", viewport={"width": width, "height": 900},
        java_script_enabled=script, color_scheme=scheme,
    ).new_page()  # fmt: skip
    page.set_default_timeout(30_000)
    return page


def serious(page: Any) -> list[str]:
    """What axe finds on the page that keeps people out."""
    page.evaluate(_AXE)
    found = page.evaluate("async () => (await axe.run()).violations")
    bad = [one for one in found if one["impact"] in ("serious", "critical")]
    return [f"{page.url}: {one['id']} {[node['html'][:120] for node in one['nodes'][:3]]}" for one in bad]


def overflows(page: Any) -> bool:
    """Whether the page must be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
