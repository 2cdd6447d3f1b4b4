"""What people read, in German and English: pairs of texts, filled with values, said in one language at the very end.

Logic returns or raises `Sentence`s and never asks which language is spoken; the commands say them, by `--lang` or
LEXRELAY_LANG (`worker/cli/language.py`). A new text is one `Text(de=..., en=...)` in the module of its subject, with the
same {blanks} on both sides; a test holds that. Where a number may be 1, the blank is {count} and `one` has both texts
for it. Whatever fills a blank is made visible first (`visible.py`).

Knows nothing of practices, Lexware or terminals.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from worker.messages import times
from worker.messages.visible import visible

Lang = times.Lang


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text with the values for its blanks; not yet in any language."""

    text: "Text"
    values: Mapping[str, object]

    def said_in(self, lang: Lang) -> str:
        """The words; days, months and amounts as the language writes them, sentences within sentences too."""
        words = self.text.in_language(lang, one=self.values.get("count") == 1)
        return words.format(**{name: _shown(value, lang) for name, value in self.values.items()})

    def __str__(self) -> str:
        return self.said_in("en")


@dataclass(frozen=True, slots=True)
class Text:
    """The same in both languages, with blanks like `{day}`."""

    de: str
    en: str
    one: tuple[str, str] | None = None
    """German and English where the blank `count` is 1 and more words than the number change."""

    def in_language(self, lang: Lang, *, one: bool) -> str:
        """The words with their blanks."""
        de, en = self.one if self.one and one else (self.de, self.en)
        return de if lang == "de" else en

    def __call__(self, **values: object) -> Sentence:
        """The sentence with these values in its blanks."""
        return Sentence(self, values)


class Declined(Exception):
    """What was asked for cannot be done; the sentence says why and what to do. Nothing has changed."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def _shown(value: object, lang: Lang) -> str:
    match value:
        case None:
            return "-"
        case Sentence() | times.Month():
            return value.said_in(lang)
        case datetime():
            return times.to_the_second(value, lang)
        case date():
            return times.day(value, lang)
        case Decimal():
            return times.amount(value, lang)
        case list() | tuple():
            return ", ".join(_shown(item, lang) for item in value)
        case _:
            return visible(str(value))
