"""`--help` and complaints about a command line, in the language of the reader, with plain ranges and one example each.

click looks its own words up by `gettext`, for which there is one catalogue in a program: ours takes its place where click
asks.
"""

import copy
import re
import sys
from collections.abc import Iterator
from typing import Any

import click
from click import core, decorators, exceptions, formatting, parser, termui, types

from worker.cli.paper import laid, width
from worker.config import language
from worker.messages import Lang, Sentence
from worker.messages import help as words

#: What click says of a range, like `[1<=x<=64]` or `x>=0`.
_RANGE = re.compile(r"(?P<least>-?\d+(?:\.\d+)?)<=x<=(?P<most>-?\d+(?:\.\d+)?)|x>=(?P<from>-?\d+(?:\.\d+)?)")
_NO_RANGE = re.compile(r"\s*\[0<=x<=\d{13,}\]")
#: More than anybody counts: a range up to there says nothing.
_NO_LIMIT = 10**12
_ERROR_WIDTH = len("Fehler: ")


def lang() -> Lang:
    """That of `--lang` when it is in the command line, else of the environment."""
    typed = re.search(r"(?:^|\s)--lang[= ](de|en)(?:\s|$)", " ".join(sys.argv[1:]))
    found = typed[1] if typed else language()
    return "de" if found == "de" else "en"


def usage(sentence: Sentence) -> str:
    """What is wrong with a command line."""
    return sentence.said_in(lang())


def speak() -> None:
    """Let click's own words be said in the reader's language. Called twice changes nothing."""

    def one(english: str) -> str:
        return words.translated(english, lang())

    def some(english: str, many: str, count: int) -> str:
        return one(english if count == 1 else many)

    for module in (core, decorators, exceptions, formatting, parser, termui, types):
        for name, ours in (("_", one), ("ngettext", some)):
            if hasattr(module, name):
                setattr(module, name, ours)


def plain(text: str) -> str:
    """A range in words; one that excludes nothing is left away."""

    def said(found: re.Match[str]) -> str:
        if found["from"] is not None:
            return words.AT_LEAST(least=found["from"]).said_in(lang())
        if float(found["most"]) > _NO_LIMIT:
            return words.AT_LEAST(least=found["least"]).said_in(lang())
        return words.BETWEEN(least=found["least"], most=found["most"]).said_in(lang())

    return _RANGE.sub(said, _NO_RANGE.sub("", text))


def mended(error: click.UsageError) -> click.UsageError:
    """The same complaint with plain ranges and the usage line's own names, as wide as the reader's screen."""
    if isinstance(error, click.BadParameter) and isinstance(error.param, click.Argument) and error.ctx:
        error.param_hint = repr(words.translated(error.param.make_metavar(error.ctx), lang()))
    wide = width(sys.stderr)
    error.message = laid(plain(error.message), wide and wide - _ERROR_WIDTH)  # type: ignore[misc]
    return error


class Spoken(click.Command):
    """A command whose help is in the reader's language."""

    def get_short_help_str(self, limit: int = 45) -> str:
        """Its first sentence, in the list of a group."""
        with _in_our_words(self):
            return super().get_short_help_str(limit)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What it does."""
        with _in_our_words(self):
            super().format_help_text(ctx, formatter)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """How it is called."""
        pieces = " ".join(self.collect_usage_pieces(ctx)).split(" ")
        formatter.write_usage(ctx.command_path, " ".join(words.translated(piece, lang()) for piece in pieces))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """A line or more for each option, and of a group its commands."""
        records = list(_records(self, ctx))
        if records:
            with formatter.section(words.translated("Options", lang())):
                formatter.write_dl(records)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The example, on one line that can be copied."""
        if example := words.EXAMPLES.get(ctx.command_path.partition(" ")[2]):
            with formatter.section(words.EXAMPLE().said_in(lang()).rstrip(":")):
                formatter.write(f"{'':{formatter.current_indent}}lexrelay {example}\n")


class SpokenGroup(Spoken, click.Group):
    """A group whose help, and that of its commands, is in the reader's language."""

    command_class = Spoken


class _in_our_words:  # noqa: N801 (used as a context manager)
    """For a while the help of a command is that of the reader's language."""

    def __init__(self, command: click.Command) -> None:
        self._command, self._english = command, command.help

    def __enter__(self) -> None:
        if self._english:
            self._command.help = words.translated(self._english, lang())

    def __exit__(self, *_: object) -> None:
        self._command.help = self._english


def _records(command: click.Command, ctx: click.Context) -> Iterator[tuple[str, str]]:
    for param in command.get_params(ctx):
        if isinstance(param, click.Argument):
            continue
        ours: Any = copy.copy(param)
        if getattr(ours, "help", None):
            ours.help = words.translated(ours.help, lang())
        if isinstance(getattr(ours, "show_default", None), str):
            ours.show_default = words.translated(ours.show_default, lang())
        if record := ours.get_help_record(ctx):
            names, _, value = record[0].replace(" RANGE", "").rpartition(" ")
            yield f"{names} {words.translated(value, lang())}".strip(), plain(record[1])
