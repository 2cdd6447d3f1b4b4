"""The one door for text: whatever comes from a host or from Lexware takes one of these forms before it is used.

| what for | form |
|---|---|
| sent | `line`, `paragraph`, `name`; in a pasted id or key, too |
| compared | `compared` |
| searched in Lexware | `searched` |
| looked through: for what must not leave, for markers | `checked`, and as people read it all the same `misread.py` |
| shown | as it is, with a sign for what cannot be seen: `visible`, `escaped` of `worker/messages/visible.py`, below all floors |
| logged | never: `worker/logs.py` has a closed list of keys |

In all of them but what is shown, what cannot be seen is gone, blank is absent, and folding twice is folding once. A test
(`test_one_door.py`) finds a path beside the door. Nothing here knows which text is which.
"""

import re
import unicodedata
from functools import lru_cache

_BREAKS = "\t\n\v\f\r\x85"
"""The control characters that are white space; all others are dropped."""

_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
"""Invisible, though Unicode counts them as letters, marks or symbols."""

_MARKS: dict[int, str] = str.maketrans(
    {
        **dict.fromkeys(
            "`\u00b4\u02b9\u02bb\u02bc\u02bd\u02c8\u02ca\u02cb\u055a\u05f3\u2018\u2019\u201a\u201b\u2032\u2035\u2039\u203a",
            "'",
        ),
        **dict.fromkeys("\ua78b\ua78c\uff07", "'"),
        **dict.fromkeys(
            "\u00ab\u00bb\u02ba\u02ee\u05f4\u201c\u201d\u201e\u201f\u2033\u2036\u275d\u275e\u301d\u301e\u301f\uff02",
            '"',
        ),
        **dict.fromkeys("\u02d7\u058a\u05be\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u207b\u208b\u2212", "-"),
        **dict.fromkeys("\u2e3a\u2e3b\ufe58\ufe63\uff0d", "-"),
    }
)
"""Apostrophes, quotation marks and dashes of every shape; before anything else, since Unicode takes some of them apart."""

_ALIKE: dict[int, str] = _MARKS | str.maketrans(
    {
        **dict.fromkeys("\u00b7\u2022\u2024\u2027\u2219\u22c5\u3002\u30fb\uff61", "."),
        **dict(zip("АВЕЅІЈКМНОРСТХУЗ", "ABESIJKMHOPCTXY3", strict=True)),  # noqa: RUF001 (that is what they are for)
        **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΧΥ", "ABEZHIKMNOPTXY", strict=True)),  # noqa: RUF001
        **dict(zip("аеорсхуіјѕ", "aeopcxyijs", strict=True)),  # noqa: RUF001
    }
)
"""Dots of every height, and letters of other alphabets that look like Latin ones: read as people see them."""

_HAS_MARKS = re.compile(f"[{re.escape(''.join(map(chr, _ALIKE)))}]")

_OTHER_NUMBERS = ("<super>", "<sub>", "<fraction>", "<circle>", "<square>")
"""House number 3² is not 32: what Unicode would make of these means something else."""

_RARE = re.compile(f"[{''.join(_FILLERS)}\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""What cannot be seen although it counts as printable: those, and the variation selectors."""

_WORD = re.compile(r"[^\W_]+")
_LONG, _END, _SHORT, _FEWEST = 7, 3, 4, 2
"""Letters of a word from which only its ends are searched, of such an end, of one that is opened at all, to search by."""


def line(text: str | None) -> str | None:
    """As sent in one line: composed, without what cannot be seen, single blanks; None when nothing is left."""
    return " ".join(_visible(text).split()) or None


def paragraph(text: str | None) -> str | None:
    """As sent in several lines: with plain line breaks, nothing blank around it, and words in it; else None."""
    found = _visible(text).strip()
    if not found.isprintable():
        found = "\n".join([part.rstrip() for part in found.splitlines()])
    return found if _says_something(found) else None


def name(text: str | None) -> str | None:
    """As sent, for names and addresses: what has no letter, digit or picture (`-`, `.`, `???`) stands for nothing."""
    found = line(text)
    return found if found and _says_something(found) else None


def compared(text: str | None) -> str:
    """For names and addresses of either side: equal apart from case, blanks, Unicode form and the shape of marks.

    Letters are never taken for others: `Mueller` is not `Müller`. Empty for what is absent.
    """
    found = _alike(name(text) or "", _MARKS)
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
    plain = unicodedata.normalize("NFKC", _alike(_visible(text), _MARKS))
    return " ".join(_alike(_digits(_visible(plain)), _ALIKE).split())


def _says_something(text: str) -> bool:
    return any(map(str.isalnum, text)) or any(unicodedata.category(char) == "So" for char in text)


def _visible(text: str | None) -> str:
    """Composed, and without what cannot be seen; most texts are that already, which is quickly found out."""
    if not text or (text.isprintable() and (text.isascii() or _is_plain(text))):
        return text or ""
    return unicodedata.normalize("NFC", "".join(filter(_is_seen, text)))


def _alike(text: str, marks: dict[int, str]) -> str:
    """Most texts have none of these marks, which is found out sooner than each letter is looked up."""
    return text.translate(marks) if _HAS_MARKS.search(text) else text


def _is_plain(printable: str) -> bool:
    return unicodedata.is_normalized("NFC", printable) and not _RARE.search(printable)


@lru_cache(4096)
def _is_seen(char: str) -> bool:
    return char in _BREAKS or not (unicodedata.category(char) in ("Cc", "Cf", "Cs") or _RARE.match(char))


@lru_cache(4096)
def _compatible(char: str) -> str:
    is_other = unicodedata.decomposition(char).startswith(_OTHER_NUMBERS)
    return char if is_other else unicodedata.normalize("NFKC", char).translate(_MARKS)


def _digits(text: str) -> str:
    """With digits of every script as ours."""
    return text if text.isascii() else "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


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
