"""No health data in what would leave (design 6 "What leaves").

It looks for codes of diagnoses and diseases by name, insurance numbers and birth dates whosoever they are, and names of
persons in numbers of documents; and it heeds `contract.leaked`. It names fields, never values. What it cannot see is said
in the README: that is why neutral lines are the default.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from worker.lexware.translate import fold, misread
from worker.lexware.translate.births import has_birth_date, has_old_date, may_have_date
from worker.lexware.translate.diagnoses import has_diagnosis
from worker.lexware.translate.documents import Payer
from worker.lexware.translate.host_texts import Content, HostText
from worker.lexware.translate.icd import has_code
from worker.lexware.translate.persons import has_insurance_number, has_name, is_insurance_number
from worker.lexware.translate.problems import Problem

_ASIDE = re.compile(r"\([^)]*|\b(?:wegen|wg\.|diagnose|diag\.|leidet|hat|nach|z\. ?n\.|v\. ?a\.).*", re.IGNORECASE)
_OF_DOCUMENTS = ("document.number", "original.number")


@dataclass(frozen=True, slots=True)
class Known:
    """What texts may repeat although it looks like a secret: the documents' own numbers, the payer's own names."""

    numbers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    """Of the names, casefolded."""
    year: int | None = None
    """Of the document: what is dated long before it is no service of it."""

    @classmethod
    def of(cls, payer: Payer, *numbers: str | None, year: int | None = None) -> "Known":
        """Of a payer and some documents."""
        folded = tuple(number for one in numbers if (number := fold.checked(one)))
        names = tuple(filter(None, map(fold.name, (payer.first_name, payer.last_name))))
        words = frozenset(part for name in names for part in fold.checked(name).casefold().split())
        return cls(folded, names, words, year)


def health_data(
    host_texts: Iterable[HostText],
    leaks: Mapping[str, str] = MappingProxyType({}),
    known: Known = Known(),
) -> Iterator[Problem]:
    """A problem for each field that would leave and holds a secret, or what `contract.leaks` found.

    A leak in a field unknown here counts as leaving.
    """
    staying = set()
    for host_text in host_texts:
        if not host_text.leaves:
            staying.add(host_text.field)
        elif host_text.field not in leaks and is_secret(host_text, known):
            yield Problem("health_data", host_text.field)
    for field, secret in leaks.items():
        if field not in staying:
            yield Problem("health_data", field, {"secret": f"private.{secret}"} if secret else {})


def is_secret(host_text: HostText, known: Known = Known()) -> bool:
    """True when the text holds something that must not leave.

    Diseases by name count in free words, and in what is put beside a name: a street may be called after one, and a person.
    """
    text, content = fold.checked(host_text.text), host_text.content
    if content == "technical":
        return any(map(is_insurance_number, {text, misread.figures(text)})) or (
            host_text.field in _OF_DOCUMENTS and has_name(text, known.names)
        )
    for number in filter(text.__contains__, known.numbers):
        text = re.sub(rf"(?<!\w){re.escape(number)}(?!\w)", "", text)
    if may_have_date(text):  # names and streets mostly have no figure
        read = misread.figures(text)
        if _in_figures(text, content, known.year) or (read != text and _in_figures(read, "identity", known.year)):
            return True
    if content == "prose":
        return has_diagnosis(misread.words(text), known.words)
    return has_diagnosis(misread.words(_aside(text)))


def _in_figures(text: str, content: Content, year: int | None) -> bool:
    return (
        has_code(text, content)
        or has_insurance_number(text)
        or has_birth_date(text)
        or (content != "code" and year is not None and has_old_date(text, year))
    )


def _aside(name: str) -> str:
    """Of a name or address what is put beside it: in brackets, or with a reason."""
    return " ".join(_ASIDE.findall(name))
