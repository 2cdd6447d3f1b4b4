"""Text that comes from a host, from Lexware or from a command line, made harmless for whoever looks at it.

A terminal obeys what it reads: an escape in a company's name could hide lines, fill the clipboard or turn the reading
direction. What cannot be seen is replaced by a sign that can.
"""

import re

#: Control characters of both sets but the line's end, separators of lines and paragraphs, direction marks, tags, halves
#: of pairs. The soft hyphen and the joiners of some scripts stay: they belong to words.
_UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff\ud800-\udfff]"
)
_SIGN = "\N{REPLACEMENT CHARACTER}"


def visible(text: str) -> str:
    """The text with a sign for everything that cannot be seen; a tab becomes a blank, a line's end stays."""
    return _UNSEEN.sub(lambda found: " " if found[0] == "\t" else _SIGN, text)


def escaped(json: str) -> str:
    r"""A JSON document that means the same, with everything that cannot be seen written as `\uXXXX`."""
    return _UNSEEN.sub(lambda found: _escape(found[0]), json)


def _escape(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[place]:02x}{units[place + 1]:02x}" for place in range(0, len(units), 2))
