"""Somebody at a page of the console: with a mouse, or by keyboard alone. Elements are named by CSS; the first of them is meant."""

from datetime import date
from typing import Any, Protocol

#: More stops than any page has between two things.
_STOPS = 400
_REACHED = "chosen => document.activeElement === document.querySelector(chosen)"


class Hands(Protocol):
    """What stories are told with."""

    page: Any

    def press(self, chosen: str) -> None:
        """Follow a link or press a button, and wait for the page it leads to."""

    def write(self, chosen: str, value: str | date) -> None:
        """Fill a field in."""

    def tick(self, chosen: str) -> None:
        """Tick a box."""


class Mouse:
    """Clicks."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def press(self, chosen: str) -> None:
        """A click."""
        with self.page.expect_navigation():
            self.page.locator(chosen).first.click()

    def write(self, chosen: str, value: str | date) -> None:
        """As browsers fill in fields."""
        self.page.locator(chosen).first.fill(str(value))

    def tick(self, chosen: str) -> None:
        """A click."""
        self.page.locator(chosen).first.check()


class Keys:
    """Tab, Enter, Space and letters; what cannot be reached by Tab is not there."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def press(self, chosen: str) -> None:
        """Enter."""
        self._reach(chosen)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, chosen: str, value: str | date) -> None:
        """Key by key; a day in the order of this browser's own language, which is English."""
        self._reach(chosen)
        if isinstance(value, date):
            self.page.keyboard.type(f"{value:%m%d%Y}")
        else:
            self.page.keyboard.press("Control+a")
            self.page.keyboard.type(value)

    def tick(self, chosen: str) -> None:
        """Space."""
        self._reach(chosen)
        self.page.keyboard.press("Space")

    def _reach(self, chosen: str) -> None:
        for _ in range(_STOPS):
            if self.page.evaluate(_REACHED, chosen):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{chosen} is not reached by Tab on {self.page.url}")
