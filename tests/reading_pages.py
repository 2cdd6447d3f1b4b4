"""What stands on a page of the console, taken apart: tables by their headings, figures by their names, forms with their fields."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

_VOID = {"input", "meta", "link", "br"}


@dataclass
class Cell:
    """Something that is said: its text, and the moments and addresses in it."""

    text: str = ""
    moments: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    @property
    def plain(self) -> str:
        """The text with single blanks."""
        return " ".join(self.text.split())


@dataclass
class Table:
    """Headings, and rows of cells under them."""

    headings: list[Cell] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """What the headings say."""
        return [one.plain for one in self.headings]


@dataclass
class Form:
    """What it would send, and where to ("": to its page); one of the `buttons` is pressed."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[dict[str, str]] = field(default_factory=list)


class PageRead(HTMLParser):
    """A page, taken apart once."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tables: list[Table] = []
        self.forms: list[Form] = []
        """Those that post."""
        self.figures: dict[str, Cell] = {}
        self.nameless: list[Cell] = []
        """Facts (`dd`) that bear no name, so that nobody can compare them."""
        self._open: list[tuple[str, Cell | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Begin what the tag begins, and note where it points, or when it was."""
        given = dict(attributes)
        for around in self._cells():
            if tag == "time":
                around.moments.append(given.get("datetime") or "")
            elif tag == "a":
                around.links.append(given.get("href") or "")
        self._note_form(tag, {name: value or "" for name, value in attributes})
        if tag not in _VOID:
            self._open.append((tag, self._begun(tag, given.get("data-figure"))))

    def handle_endtag(self, tag: str) -> None:
        """End it, and what was left open in it."""
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Words of every cell around them; a moment's are told by the moment."""
        if not self._within("time"):
            for around in self._cells():
                around.text += data

    def _note_form(self, tag: str, given: dict[str, str]) -> None:
        if tag == "form" and given.get("method") == "post":
            self.forms.append(Form(given.get("action", "")))
        elif self._within("form") and self.forms:
            sent = {given["name"]: given.get("value", "")} if "name" in given else {}
            if tag == "button":
                self.forms[-1].buttons.append(sent)
            elif tag in ("input", "select"):
                self.forms[-1].fields |= sent

    def _begun(self, tag: str, name: str | None) -> Cell | None:
        cell = Cell()
        if name:
            self.figures[name] = cell
        elif tag == "dd":
            self.nameless.append(cell)
        elif tag == "th" and self._within("thead"):
            self.tables[-1].headings.append(cell)
        elif tag in ("td", "th") and self._within("tbody"):
            self.tables[-1].rows[-1].append(cell)
        else:
            if tag == "table":
                self.tables.append(Table())
            elif tag == "tr" and self._within("tbody"):
                self.tables[-1].rows.append([])
            return None
        return cell

    def _cells(self) -> Iterator[Cell]:
        return (cell for _, cell in self._open if cell)

    def _within(self, tag: str) -> bool:
        return any(around == tag for around, _ in self._open)


def said(html: str) -> str:
    """The words of a page, a line for each piece; what is code or an attribute is left out."""
    pieces = re.sub(r"<(code|script|style|head)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", "\n", pieces))
