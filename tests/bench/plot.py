"""A plot as SVG, with nothing but the standard library: lines over a logarithmic axis."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

_WIDTH, _HEIGHT, _LEFT, _BELOW = 640, 320, 60, 50
_COLOURS = ("#1f5fa8", "#c2571a", "#2f7d4f", "#7a3fa0")


class Line(NamedTuple):
    """A name and its points."""

    name: str
    points: Sequence[tuple[float, float]]


def plot(path: str, title: str, across: str, lines: Sequence[Line]) -> None:
    """Draw all lines into one file; the axis of x is logarithmic, that of y begins at 0."""
    every = [point for line in lines for point in line.points]
    least, most = (math.log10(f(x for x, _ in every)) for f in (min, max))
    top = max(y for _, y in every) * 1.15

    def place(x: float, y: float) -> tuple[float, float]:
        along = (math.log10(x) - least) / ((most - least) or 1)
        return _LEFT + along * (_WIDTH - _LEFT - 30), (_HEIGHT - _BELOW) - y / top * (_HEIGHT - _BELOW - 30)

    marks = [_text(_LEFT, 18, title), _text(_WIDTH / 2, _HEIGHT - 10, across)]
    below = _HEIGHT - _BELOW + 18
    marks += [_text(place(x, 0)[0], below, f"{x:,.0f}", "middle") for x in sorted({x for x, _ in every})]
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = place(10**least, share * top)[1]
        marks.append(f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{_WIDTH - 20}" y2="{y:.1f}" stroke="#ddd"/>')
        marks.append(_text(_LEFT - 6, y + 4, f"{share * top:.0f}", "end"))
    for number, line in enumerate(lines):
        colour = _COLOURS[number % len(_COLOURS)]
        way = " ".join(f"{x:.1f},{y:.1f}" for x, y in (place(*point) for point in line.points))
        marks.append(f'<polyline points="{way}" fill="none" stroke="{colour}" stroke-width="2"/>')
        marks.append(_text(_WIDTH - 24, 40 + 16 * number, line.name, "end", colour))
    body = "\n".join(marks)
    Path(path).write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" '
        f'font-size="12"><rect width="100%" height="100%" fill="#fff"/>\n{body}\n</svg>\n'
    )


def _text(x: float, y: float, words: str, anchor: str = "start", colour: str = "#333") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{words}</text>'
