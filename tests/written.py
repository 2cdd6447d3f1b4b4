"""Days, months and amounts in a text that its readers do not write so: an ISO date or a decimal point in German, a comma in English.

What a person types, an address and a number of a document are no text: they stay as they are.
"""

import re
from collections.abc import Iterator

_NO_TEXT = re.compile(
    r"PostgreSQL [\d.]+|`[^`]*`|https?://\S+|^ *\d+\.\d+:|--[a-z][\w-]*(?:[ =]\S+)?|^ *\$? *lexrelay .*$|\S+\.(?:csv|json|pdf|txt)\b",
    re.MULTILINE,
)
_BEFORE, _AFTER = r"(?<![\w.,:/#-])", r"(?![\w/-]|[.,]\d)"
_ODD = {
    "de": re.compile(
        rf"{_BEFORE}(?:(?:19|20)\d\d-[01]\d(?:-\d\d)?(?:T[\d:.]+Z?)?|-?\d+\.\d\d?|-?\d{{4,}},\d\d|\d EUR){_AFTER}"
    ),
    "en": re.compile(rf"{_BEFORE}(?:\d\d\.\d\d\.\d{{4}}|-?\d+,\d\d|(?:19|20)\d\d-[01]\d){_AFTER}"),
}


def odd(said: str, lang: str) -> Iterator[str]:
    """Each of them with the words around it."""
    text = _NO_TEXT.sub(" ", said)
    for found in _ODD[lang].finditer(text):
        yield " ".join(text[max(0, found.start() - 40) : found.end() + 20].split())
