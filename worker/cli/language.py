"""In which language a command speaks: `--lang`, else LEXRELAY_LANG, else the locale.

A command that is decorated with `in_language` gets a `Voice` as `say`; whatever declines below it becomes its sentence
and exit code 1.
"""

import functools
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar, cast

import click
from rich.console import Console
from rich.progress import track

from worker.cli.output import Failure, complain
from worker.config import language
from worker.messages import Declined, Lang, Sentence
from worker.messages.lexware import WAITING

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")


class Voice:
    """Says sentences in one language."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang

    def __call__(self, *sentences: Sentence) -> None:
        """On stdout, a line each: what a command has to tell."""
        for sentence in sentences:
            click.echo(self.words(sentence))

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
