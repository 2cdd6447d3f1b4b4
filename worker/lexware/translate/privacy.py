"""No health data in what would leave (design 6 "What leaves").

It looks for ICD-10-like codes, and heeds `contract.leaks`. It names fields, never values. It cannot see a diagnosis
written in words: that is why neutral lines are the default.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator

from worker.lexware.translate.host_texts import HostText
from worker.lexware.translate.problems import Problem

_SUBDIVIDED = re.compile(r"(?<!\w)(?:[A-Z] ?|[a-z])\d\d\.(?:\d\d?|-)[GVAZRLB]{0,2}(?!\w|\.\d)")
"""F32.1, f32.1, F 32.1, J45.-, M54.5G (certain), M17.1LG (left, certain); not 20.1, X0501, a12.03.2026."""

_CATEGORY = re.compile(r"(?<!\w)(?<!\d-)([A-Z]\d\d)[GVAZ]?(?!\w|-\d|\.\d+\.)")
"""Z73, F32G (certain), F32/F33, F30-F39; not RE-2026, M1, X0501, R24-0012."""

_DOOR = re.compile(
    r"(?i:\b(?:app|apartment|apt|block|haus|nr|raum|top|tür|whg|wohnung|zi|zimmer|stiege)\b\.?) ?[A-Z] ?\d\d\.\d\d?(?!\w)"
)
"""App. B 04.12: which door, in an address."""

_COMMON = frozenset({"A36", "A72", "B12", "C30", "D10", "D12", "D20", "D30", "D60", "Q10"})
"""Vitamin B12, coenzyme Q10, homeopathic potencies, analogous numbers of the GOÄ. As diagnoses these either do not
exist or are always subdivided, and then the dot tells."""


def health_data(
    host_texts: Iterable[HostText], leaks: Collection[str] = (), own_numbers: Collection[str] = ()
) -> Iterator[Problem]:
    """A problem for each field that would leave and holds a code or what `contract.leaks` found.

    `own_numbers` are the documents' own, which a text may repeat: `R24` is no code there. A leak in a field unknown
    here counts as leaving.
    """
    staying = set()
    for host_text in host_texts:
        if not host_text.leaves:
            staying.add(host_text.field)
        elif host_text.field not in leaks and has_code(host_text, own_numbers):
            yield Problem("health_data", host_text.field)
    yield from (Problem("health_data", field) for field in leaks if field not in staying)


def has_code(host_text: HostText, own_numbers: Collection[str] = ()) -> bool:
    """True when the text holds something like an ICD-10 code.

    A category alone (`Z73`) counts in free words only: in names and addresses it is a motorway, a flat or a British
    postcode, and as the code of a line a massage of 60 minutes (`M60`).
    """
    if host_text.content == "technical":
        return False
    text = unicodedata.normalize("NFKC", host_text.text)
    for number in filter(text.__contains__, own_numbers):
        text = re.sub(rf"(?<!\w){re.escape(number)}(?!\w)", "", text)
    if host_text.content == "identity":
        text = _DOOR.sub("", text)
    if _SUBDIVIDED.search(text):
        return True
    return host_text.content == "prose" and any(found not in _COMMON for found in _CATEGORY.findall(text))
