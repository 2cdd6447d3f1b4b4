"""The one door for text: whatever comes from a host or from Lexware takes one of these forms before it is used.

`line`, `paragraph` and `name` are sent; `compared` and `searched` find a contact; `checked` is looked through for what
must not leave; `shown` is for people. In all others what cannot be seen is gone, blank is absent, and folding twice is
folding once. Nothing here knows which text is which.
"""

import re
import unicodedata

_BREAKS = "\t\n\v\f\r\x85"
"""The control characters that are white space; all others are dropped."""

_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
"""Invisible, though Unicode counts them as letters, marks or symbols."""

_MARKS = {
    **dict.fromkeys("`\u00b4\u02b9\u02bb\u02bc\u02bd\u02c8\u2018\u2019\u201a\u201b\u2032\u2035\uff07", "'"),
    **dict.fromkeys("\u02d7\u058a\u05be\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u207b\u208b\u2212", "-"),
    **dict.fromkeys("\u2e3a\u2e3b\ufe58\ufe63\uff0d", "-"),
}
"""Apostrophes and dashes of every shape; before anything else, since Unicode takes some of them apart."""

_ALIKE = {
    **dict.fromkeys("\u00b7\u2022\u2024\u2027\u2219\u22c5\u3002\u30fb\uff61", "."),
    **dict(zip("АВЕЅІЈКМНОРСТХУЗ", "ABESIJKMHOPCTXY3", strict=True)),  # noqa: RUF001 (that is what they are for)
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΧΥ", "ABEZHIKMNOPTXY", strict=True)),  # noqa: RUF001
    **dict(zip("аеорсхуіјѕ", "aeopcxyijs", strict=True)),  # noqa: RUF001
}
"""Dots of every height, and letters of other alphabets that look like Latin ones: read as people see them."""

_OTHER_NUMBERS = ("<super>", "<sub>", "<fraction>", "<circle>", "<square>")
"""House number 3² is not 32: what Unicode would make of these means something else."""

_WORD = re.compile(r"[^\W_]+")
_LONG, _END, _SHORT, _FEWEST = 7, 3, 4, 2
"""Letters of a word from which only its ends are searched, of such an end, of one that is opened at all, to search by."""


def line(text: str | None) -> str | None:
    """As sent in one line: composed, without what cannot be seen, single blanks; None when nothing is left."""
    return " ".join(_visible(text).split()) or None


def paragraph(text: str | None) -> str | None:
    """As sent in several lines: with plain line breaks, nothing blank around it, and words in it; else None."""
    found = "\n".join([part.rstrip() for part in _visible(text).strip().splitlines()])
    return found if _says_something(found) else None


def name(text: str | None) -> str | None:
    """As sent, for names and addresses: what has no letter, digit or picture (`-`, `.`, `???`) stands for nothing."""
    found = line(text)
    return found if found and _says_something(found) else None


def compared(text: str | None) -> str:
    """For names and addresses of either side: equal apart from case, blanks, Unicode form and the shape of marks.

    Letters are never taken for others: `Mueller` is not `Müller`. Empty for what is absent.
    """
    found = _mapped(name(text) or "", _MARKS)
    for _ in range(2):  # folding the case may undo the composition, and the other way round
        found = unicodedata.normalize("NFC", "".join(map(_compatible, found)).casefold())
    return " ".join(_visible(found).split())


def searched(text: str | None) -> str | None:
    """A pattern (`%` is any run) that finds the text however it is spelled, and more: of its longest plain word the ends.

    Left open are letters with several spellings (beyond ASCII, `ss`) and the middle of the word, where a hyphen that
    nobody sees may stand. None for a text without two plain letters in a row of letters.
    """
    patterns = [_pattern(word) for word in _WORD.findall(compared(text))]
    best = max(patterns, key=_plain_letters, default="")
    return best if _plain_letters(best) >= _FEWEST else None


def checked(text: str | None) -> str:
    """For the guards of privacy: one width and shape of letters, digits, dots, dashes and blanks; the case is kept."""
    plain = unicodedata.normalize("NFKC", _mapped(_visible(text), _MARKS))
    return " ".join(_mapped("".join(map(_digit, _visible(plain))), _MARKS | _ALIKE).split())


def shown(text: str) -> str:
    """For people, on a terminal: what cannot be seen stands as its number, so that it does nothing and is noticed."""
    return "".join(
        char if char in "\n\t" or (char not in _BREAKS and _is_seen(char)) else _escaped(char) for char in text
    )


def _escaped(char: str) -> str:
    return char.encode("ascii", "backslashreplace").decode() if not char.isascii() else f"\\x{ord(char):02x}"


def _says_something(text: str) -> bool:
    return any(unicodedata.category(char)[0] in "LN" or unicodedata.category(char) == "So" for char in text)


def _visible(text: str | None) -> str:
    return unicodedata.normalize("NFC", "".join(char for char in text or "" if _is_seen(char)))


def _is_seen(char: str) -> bool:
    category = unicodedata.category(char)
    is_selector = "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
    return char in _BREAKS or not (category in ("Cc", "Cf", "Cs") or char in _FILLERS or is_selector)


def _mapped(text: str, changes: dict[str, str]) -> str:
    return "".join(changes.get(char, char) for char in text)


def _compatible(char: str) -> str:
    is_other = unicodedata.decomposition(char).startswith(_OTHER_NUMBERS)
    return char if is_other else _mapped(unicodedata.normalize("NFKC", char), _MARKS)


def _digit(char: str) -> str:
    return str(unicodedata.decimal(char)) if char.isdecimal() else char


def _pattern(word: str) -> str:
    length = len(word)
    plain = [char if char.isascii() else "%" for char in word.replace("ss", "%%")]
    if length >= _LONG:
        plain[_END:-_END] = "%"
    elif length >= _SHORT:
        plain.insert(length // 2, "%")
    return re.sub("%+", "%", "".join(plain))


def _plain_letters(pattern: str) -> int:
    return len(pattern.replace("%", ""))
