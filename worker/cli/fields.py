"""Fields of the practice's side as people read them: codes become words, days and amounts as the language writes them."""

from collections.abc import Iterable, Mapping
from typing import Any

from worker.cli.language import Voice
from worker.cli.output import show_table
from worker.messages import Text, contact_file, glossary
from worker.messages import practice as words

#: Values that are codes in JSON and words for people, by the name of their field.
_SPOKEN: Mapping[str, Mapping[Any, Text]] = {
    "connection": glossary.CONNECTIONS,
    "billing": glossary.BILLING,
    "reason": glossary.CHARGED_FOR,
    "tax_type": glossary.TAX_TYPES,
    "small_business": glossary.YES_NO,
    "lines": glossary.LINES,
    "matching": glossary.MATCHING,
    "origin": glossary.ORIGINS,
    "current": glossary.YES_NO,
    "result": contact_file.RESULTS,
    "state": glossary.CONTACT_STATES,
}


def field(name: str, value: object, say: Voice) -> str:
    """One field; what is not known is empty."""
    if value is None:
        return ""
    text = _SPOKEN.get(name, {}).get(value, words.VALUE)
    return say.words(text(value=value))


def id_of(number: int, host_key: str | None) -> str:
    """An id as people know it: the host's own key with the number beside it, or the number alone."""
    return str(number) if host_key is None else f"{host_key} ({number})"


def show_fields(labels: Mapping[str, Text], rows: Iterable[Mapping[str, Any]], say: Voice) -> None:
    """A table of these fields, a line for each row."""
    cells: list[list[object]] = [[_cell(name, row, say) for name in labels] for row in rows]
    show_table([say.words(label()) for label in labels.values()], cells)


def _cell(name: str, row: Mapping[str, Any], say: Voice) -> str:
    """A row has one key: that of the customer or the practice that it is about."""
    is_keyed = name in ("customer_id", "practice_id")
    return id_of(row[name], row.get("host_key")) if is_keyed else field(name, row[name], say)
