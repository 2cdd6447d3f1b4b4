"""How one of Lexware's answers has changed: fields that are new, gone or of another type, and new words. No values. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from worker.lexware.api.shape import Shape
from worker.lexware.probe import KNOWN_WORDS, NEEDED

Known = Mapping[str, Any]
"""A shape as it is kept: `types` and `words` by path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is different in one answer; `lacking` are fields that lexrelay cannot do without."""

    answer: str
    refused: int | None = None
    new: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)
    new_words: list[dict[str, Any]] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)

    @property
    def is_quiet(self) -> bool:
        """All is as it was."""
        return not (self.refused or self.new or self.gone or self.changed or self.new_words or self.lacking)

    @property
    def is_bad(self) -> bool:
        """Something that was there is gone, of another type, or refused; what is new harms nobody."""
        return bool(self.gone or self.changed or self.lacking or self.refused == 403)

    def to_json(self) -> dict[str, Any]:
        """As `probe --json` has it."""
        return {name: getattr(self, name) for name in Change.__slots__}


def refused(answer: str, status: int) -> Change:
    """The answer that was not given; a draft has no payments, which is nothing new."""
    expected = answer == "payments" and status == 406
    return Change(answer=answer, refused=None if expected else status)


def compared(answer: str, shape: Shape, known: Known | None) -> Change:
    """What is different from the last time; `known` is None when there was none."""
    lacking = [path for path in NEEDED.get(answer, ()) if path not in shape.types and not _is_empty(path, shape.types)]
    words = (known or {}).get("words", {})
    new_words = [
        {"field": path, "words": sorted(fresh)}
        for path, seen in shape.words.items()
        if (fresh := set(seen) - set(words.get(path, ())) - KNOWN_WORDS) and (path in words or "voucherStatus" in path)
    ]
    if known is None:
        return Change(answer=answer, lacking=lacking, new_words=new_words)
    was = known["types"]
    return Change(
        answer=answer,
        new=_only(shape.types, was),
        gone=_only(was, shape.types),
        changed=[
            {"field": path, "was": was[path], "is": seen}
            for path, seen in shape.types.items()
            if path in was and not set(seen) - {"null"} <= set(was[path]) | {"null"} and set(was[path]) != {"null"}
        ],
        new_words=new_words,
        lacking=lacking,
    )


def kept(shape: Shape, known: Known | None) -> Known:
    """What the next comparison is made with: the types of now, within a list that is empty now those of before; all words."""
    was: Mapping[str, list[str]] = (known or {}).get("types", {})
    within = {path: types for path, types in was.items() if _is_empty(path, shape.types)}
    return {"types": within | shape.types, "words": _merged(shape.words, (known or {}).get("words", {}))}


def _only(these: Mapping[str, list[str]], others: Mapping[str, list[str]]) -> list[str]:
    """What only one of two has, unless a list has been filled or emptied for it."""
    only = these.keys() - others.keys()
    return sorted(path for path in only if not _is_empty(path, others) and not _is_filled(path, others))


def _is_empty(path: str, types: Mapping[str, list[str]]) -> bool:
    """The list that a field stands in was empty there: nothing can be said of it."""
    parts = path.split("[]")
    return any("[]".join(parts[:place]) in types for place in range(1, len(parts)))


def _is_filled(path: str, types: Mapping[str, list[str]]) -> bool:
    """It is a list that is not empty any more."""
    return any(each.startswith(f"{path}[]") for each in types)


def _merged(one: Mapping[str, list[str]], other: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return {path: sorted({*one.get(path, ()), *other.get(path, ())}) for path in one.keys() | other.keys()}
