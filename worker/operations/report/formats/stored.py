"""The text of a stored report, read where it is asked: a list gives its rows one by one, since it may be long."""

from collections.abc import Iterator
from json import JSONDecoder
from typing import Any

_DECODER = JSONDecoder()


class StoredText:
    """Canonical JSON, so every part is found by its place. Parts are named by their key, or by two of nested objects."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places: dict[tuple[str, ...], int] = {}
        self._find(0, ())

    def __getitem__(self, name: str | tuple[str, ...]) -> Any:
        """The value of a part."""
        value, _ = _DECODER.raw_decode(self._text, self._places[(name,) if isinstance(name, str) else name])
        return value

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        """The names of the parts, in their order; objects themselves are none."""
        return iter(self._places)

    def rows(self, *name: str) -> Iterator[Any]:
        """The values of a part that is a list."""
        place = self._places[name] + 1
        while self._text[place] != "]":
            row, place = _DECODER.raw_decode(self._text, place + (self._text[place] == ","))
            yield row

    def is_list(self, name: tuple[str, ...]) -> bool:
        """Whether a part is one."""
        return self._text[self._places[name]] == "["

    def _find(self, place: int, above: tuple[str, ...]) -> int:
        """Note where the values of an object begin; returns where it ends."""
        while self._text[place] != "}":
            key, place = _DECODER.raw_decode(self._text, place + 1)
            name, place = (*above, str(key)), place + 1
            if self._text[place] == "{":
                place = self._find(place, name)
            else:
                self._places[name] = place
                place = self._after(name)
        return place + 1

    def _after(self, name: tuple[str, ...]) -> int:
        place = self._places[name]
        if self._text[place] != "[":
            return _DECODER.raw_decode(self._text, place)[1]
        place += 1
        while self._text[place] != "]":
            _, place = _DECODER.raw_decode(self._text, place + (self._text[place] == ","))
        return place + 1
