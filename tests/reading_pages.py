"""What stands on a page of the console, taken apart: tables by their headings, and figures by their names."""

from collections.abc import Iterator
from dataclasses import dataclass, field
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


class PageRead(HTMLParser):
    """A page, taken apart once."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tables: list[Table] = []
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
