"""Planted words found again in whatever form they may lie: folded, escaped, or encoded."""

import base64
import html
import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from urllib.parse import unquote

_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]+)\}|x([0-9a-fA-F]{2})|U([0-9a-fA-F]{8})|([0-7]{3}))")
_UNSEEN = ("Cc", "Cf", "Mn")


def found(text: str, words: Iterable[str]) -> set[str]:
    """Which of these words (ASCII, as they were planted) a text holds in any form."""
    plain = {_folded(each) for each in _read(text)}
    return {word for word in words if any(form in text for form in encoded(word)) or any(map(_holds(word), plain))}


def encoded(word: str) -> set[str]:
    """The word within base64 (wherever it begins), in hexadecimal digits, and as UTF-16."""
    raw = word.encode()
    wide = word.encode("utf-16-le")
    inner = {_within(raw, place) for place in range(3)} | {_within(raw, place).translate(_URL) for place in range(3)}
    return inner | {raw.hex(), raw.hex().upper(), raw.hex(" "), wide.hex(), wide.decode("latin-1")}


_URL = str.maketrans("+/", "-_")


def _within(raw: bytes, place: int) -> str:
    """What of its base64 depends on nothing that stands around it, when `place` bytes stand before."""
    shifted = base64.b64encode(b"\0" * place + raw).decode().rstrip("=")
    begin = (place * 8 + 5) // 6
    end = (place + len(raw)) * 8 // 6
    return shifted[begin:end]


def _read(text: str) -> set[str]:
    """The text, and what it says once its escapes are taken for what they stand for, twice."""
    once = _unescaped(text)
    return {text, once, _unescaped(once)}


def _unescaped(text: str) -> str:
    text = _ESCAPED.sub(lambda one: _char(int(one[one.lastindex or 0], 8 if one.lastindex == 5 else 16)), text)
    return html.unescape(unquote(text))


def _char(code: int) -> str:
    return chr(code) if code < 0x110000 else "?"


def _folded(text: str) -> str:
    """Without letter case, marks, invisible characters, blanks and all that is no letter or digit."""
    return "".join(_FOLDED_OUT.sub("", _plain(line).casefold()) for line in text.splitlines())


_FOLDED_OUT = re.compile(r"[\W_]+")


@lru_cache(100_000)
def _plain(line: str) -> str:
    if line.isascii():
        return line
    wide = unicodedata.normalize("NFKD", line)
    return "".join(_digit(char) for char in wide if unicodedata.category(char) not in _UNSEEN)


def _digit(char: str) -> str:
    return str(unicodedata.decimal(char)) if char.isdecimal() else char


def _holds(word: str) -> Callable[[str], object]:
    core = _folded(word)
    if not core.isdigit():
        return lambda text: core in text
    return re.compile(rf"(?<!\d){core}(?!\d)").search
