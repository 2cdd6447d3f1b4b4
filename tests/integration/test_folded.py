"""Texts are folded in SQL as they are in Python: character for character, so that neither check sees less than the other."""

import unicodedata
from collections.abc import Iterator

import psycopg

from worker.lexware.translate import fold


def _characters() -> Iterator[str]:
    """All that the door knows by name, all digits, all that nobody sees, and what Unicode has of another width or shape."""
    for code in range(1, 0x110000):
        char = chr(code)
        if 0xD800 <= code <= 0xDFFF or unicodedata.category(char) in ("Cn", "Co"):
            continue
        known = code in fold._ALIKE or char.isdecimal() or not fold._is_seen(char)
        shaped = unicodedata.normalize("NFKC", char)
        if known or (shaped != char and shaped.isascii() and not any(map(str.isspace, shaped))):
            yield char


def test_one_table_holds_for_both(db: psycopg.Connection) -> None:
    """Blanks aside, which the patterns of SQL take in any number."""
    texts = [f"x{char}Y" for char in _characters()]

    rows = db.execute("select t, outbox.folded(t) from unnest(%s::text[]) t", (texts,)).fetchall()

    assert len(rows) > 2000
    assert [
        (text, found) for text, found in rows if "".join(found.split()) != "".join(fold.checked(text).split())
    ] == []
