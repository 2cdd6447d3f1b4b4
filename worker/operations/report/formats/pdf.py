"""A report as PDF: searchable text, page numbers, a line to sign on. The same bytes wherever it is made.

Not compressed, since not every machine compresses alike; its dates are those of the report. Needs the extra `pdf`.
"""

from fpdf import FPDF
from fpdf.enums import TableBordersLayout, TextEmphasis
from fpdf.fonts import FontFace

from worker.messages import report as words
from worker.operations.report.formats.layout import Layout, Part

_ENCODING = "cp1252"
_FONT, _SIZE, _LINE = "Helvetica", 8, 4
#: Of the widest cell of a column that counts for its share of the page.
_SHORTEST, _LONGEST = 4, 40


class _Paper(FPDF):
    def __init__(self, layout: Layout) -> None:
        super().__init__(orientation="landscape", format="A4")
        self._layout = layout
        self.core_fonts_encoding = _ENCODING
        self.set_compression(False)
        self.set_creation_date(layout.as_of)
        self.set_producer("lexrelay")
        self.set_title(_printable(layout.title))
        self.set_lang(layout.lang)
        self.alias_nb_pages()
        self.set_font(_FONT, size=_SIZE)
        self.add_page()

    def footer(self) -> None:
        """On every page which one it is, and of what."""
        self.set_y(-12)
        self.set_font(_FONT, size=_SIZE)
        page = self._layout.say(words.PAGE(page=self.page_no(), pages=self.str_alias_nb_pages))
        self.cell(w=0, text=_printable(f"{self._layout.title}  ·  {page}"), align="C")

    def line_of(self, text: str, *, size: int = _SIZE, bold: bool = False) -> None:
        """A line, or several if it is long."""
        self.set_font(_FONT, style="B" if bold else "", size=size)
        self.multi_cell(w=0, h=size / 2, text=_printable(text), new_x="LMARGIN", new_y="NEXT")


def pdf(layout: Layout) -> bytes:
    """All of it."""
    paper = _Paper(layout)
    paper.line_of(layout.title, size=14, bold=True)
    for line in layout.head():
        paper.line_of(line)
    for part in layout.parts():
        paper.ln(_LINE)
        paper.line_of(part.title, size=10, bold=True)
        _table(paper, part, layout)
    paper.ln(2 * _LINE)
    for line in layout.foot():
        paper.ln(_LINE)
        paper.line_of(line)
    return bytes(paper.output())


def _table(paper: _Paper, part: Part, layout: Layout) -> None:
    rows = part.few()
    if not rows:
        paper.line_of(layout.say(words.TOO_MANY() if rows is None else words.NOTHING()))
        return
    paper.set_font(_FONT, size=_SIZE)
    columns = zip(part.columns, *rows, strict=True)
    widths = [min(max(_SHORTEST, *map(len, column)), _LONGEST) for column in columns]
    with paper.table(
        col_widths=tuple(widths),
        text_align=tuple("RIGHT" if place in part.numeric else "LEFT" for place in range(len(widths))),
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        headings_style=FontFace(emphasis=TextEmphasis.B),
        line_height=_LINE,
    ) as table:
        for cells in (part.columns, *rows):
            row = table.row()
            for cell in cells:
                row.cell(_printable(cell))


def _printable(text: str) -> str:
    """What the fonts of every PDF reader have; a letter that they lack becomes a question mark."""
    return text.encode(_ENCODING, "replace").decode(_ENCODING)
