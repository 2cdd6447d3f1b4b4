"""How a secret may be spelled so that a reader still reads it."""

import unicodedata
from collections.abc import Callable, Iterator


def _wide(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def _bold(text: str) -> str:
    digits = {str(n): chr(0x1D7CE + n) for n in range(10)}
    letters = {chr(65 + n): chr(0x1D400 + n) for n in range(26)}
    return "".join((digits | letters).get(char, char) for char in text)


def _arabic(text: str) -> str:
    return "".join(chr(0x660 + int(char)) if char in "0123456789" else char for char in text)


def _between(sign: str) -> Callable[[str], str]:
    return sign.join


def _instead(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new)


#: What is done to a secret that a reader still reads.
DRESSES: list[Callable[[str], str]] = [
    str, str.lower, str.upper, _wide, _bold, _arabic,
    *(_between(sign) for sign in ("\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u200e", "\u202d", "\u034f", "\u180e")),
    *(_instead(" ", sign) for sign in ("\u00a0", "\u2009", "\u202f", "\u3000", "\u2003", "  ", "\t")),
    *(_instead(".", sign) for sign in ("\u2024", "\uff0e")),
    *(_instead("-", sign) for sign in ("\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212", "\ufe63", "\uff0d")),
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: f"({text})", lambda text: f"\u201e{text}\u201c", lambda text: f"x, {text}; y",
]  # fmt: skip


def spelled(*secrets: str) -> Iterator[str]:
    """Each secret in each dress, none twice."""
    seen = set()
    for secret in secrets:
        for dress in DRESSES:
            if (text := dress(secret)) not in seen:
                seen.add(text)
                yield text
