"""The quirks of Lexware's contact search: substrings, wildcards, limits (lexware-api 4.4).

It ignores what it does not know, and knows no other spelling of a name, so it is asked for a part that is the same in
every spelling; whatever it brings is compared field by field afterwards (`lexware/names.py`).
"""

import html
import itertools

from worker.lexware.translate import fold

SHORTEST, LONGEST = 3, 128
"""Characters that a search text may have (lexware-api 4.4)."""


def name_pattern(name: str) -> str:
    """The value for the filter `name` that finds it in every spelling that `names.same_name` takes for the same.

    Not found are spellings without a letter in common (letters of another width) and a character that nobody sees
    within the three letters that a word begins or ends with. Raises ValueError for a blank name.
    """
    pattern = fold.searched(name)
    return pattern.ljust(SHORTEST, "%") if pattern else search_text(name)


def search_text(wanted: str) -> str:
    """The value for the filter `name` or `email` that finds `wanted`, still to be URL-encoded.

    Wildcards are escaped and `& < >` HTML-encoded. A short text is filled up with the wildcard for any run, a long one
    is cut between two characters; both find more than asked for, never less. Raises ValueError for a blank one, which
    would find everything.
    """
    characters = fold.line(wanted)
    if not characters:
        raise ValueError("There is nothing to search for.")
    encoded = [html.escape(rf"\{char}" if char in r"\_%" else char, quote=False) for char in characters]
    ends = itertools.accumulate(map(len, encoded))
    kept = "".join(piece for piece, end in zip(encoded, ends, strict=True) if end <= LONGEST)
    return kept.ljust(SHORTEST, "%")
