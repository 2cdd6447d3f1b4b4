"""In which language a command speaks: `--lang`, else LEXRELAY_LANG, else the locale.

A command that is decorated with `in_language` gets a `Voice` as `say`; whatever declines below it becomes its sentence
and exit code 1.
"""

import functools
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar, cast

import click
from rich.console import Console
from rich.progress import track

from worker.cli.output import Failure, complain, put
from worker.config import language
from worker.messages import Declined, Lang, Sentence, Text, times
from worker.messages.lexware import WAITING

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")
_YES = ("j", "ja", "y", "yes")
_ASK = Text(de="{question} [j/N]", en="{question} [y/N]")
_NOTHING_DONE = Text(de="Es wurde nichts geändert.", en="Nothing was changed.")
_VALUE = Text(de="{value}", en="{value}")


class Voice:
    """Says sentences in one language."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang

    def __call__(self, *sentences: Sentence) -> None:
        """On stdout, a line each: what a command has to tell."""
        for sentence in sentences:
            put(self.words(sentence))

    def aside(self, *sentences: Sentence) -> None:
        """On stderr: warnings, and what is going on."""
        for sentence in sentences:
            complain(self.words(sentence))

    def waiting(self, seconds: float) -> None:
        """On stderr: this command waits for a slot, since Lexware is called often or has to be left alone."""
        self.aside(WAITING(seconds=round(seconds)))

    def progress(self, items: Sequence[T], doing: Sentence) -> Iterable[T]:
        """The items one after another, with a bar on stderr when there are any."""
        return track(items, self.words(doing), console=Console(stderr=True)) if items else items

    def agree(self, question: Sentence, *, yes: bool) -> None:
        """Ask on a terminal before something changes that cannot be undone, or many things do; `--yes` answers.

        Not on a terminal: no question. Raises Declined when the answer is not yes.
        """
        if yes or not sys.stdin.isatty():
            return
        answer = click.prompt(self.words(_ASK(question=question)), default="", show_default=False)
        if str(answer).strip().lower() not in _YES:
            raise Declined(_NOTHING_DONE())

    def value(self, value: object) -> str:
        """A cell of a table: days, moments to the minute and amounts as the language writes them; nothing is empty."""
        match value:
            case None:
                return ""
            case datetime():
                return times.to_the_minute(value, self.lang)
            case list() | tuple():
                return ", ".join(map(self.value, value))
            case _:
                return self.words(_VALUE(value=value))

    def second(self, moment: datetime) -> str:
        """A moment where the second matters."""
        return times.to_the_second(moment, self.lang)

    def words(self, sentence: Sentence) -> str:
        """The sentence as a string."""
        return sentence.said_in(self.lang)


def in_language(command: F) -> F:
    """Add `--lang` and pass a `Voice` as `say`; `Declined` ends the command with its sentence and exit code 1."""

    @click.option("--lang", type=click.Choice(["de", "en"]), help="Language; default from LEXRELAY_LANG or the locale.")
    @functools.wraps(command)
    def spoken(*args: Any, lang: Lang | None, **options: Any) -> Any:
        say = Voice(lang or language())
        try:
            return command(*args, say=say, **options)
        except Declined as refusal:
            raise Failure(say.words(refusal.sentence)) from None

    return cast("F", spoken)
