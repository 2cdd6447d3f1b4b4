"""Templates become pages: every text is escaped and made visible, none is formatted into markup by hand."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from outbox.event_list import UNSETTLED
from worker.console.asked import Asked
from worker.console.shown import Shown
from worker.console.visitor import Visitor
from worker.messages import (
    Lang,
    Sentence,
    Text,
    console_operator,
    console_practice,
    contact_suggest,
    dead_letters,
    drafts,
    glossary,
    labels,
    preview,
)
from worker.messages import console as words
from worker.messages.reasons import why_held
from worker.messages.visible import visible

_FOLDER = Path(__file__).with_name("templates")


def render(
    template: str, values: Mapping[str, Any], *,
    lang: Lang, visitor: Visitor, token: str, here: str, said: Sequence[Sentence] = (), problem: Sentence | None = None,
) -> str:  # fmt: skip
    """The page, whole."""
    shown = Shown(lang)
    frame = {
        "lang": lang, "visitor": visitor, "csrf": token, "here": here, "said": said, "problem": problem, "say": shown.say, "prose": shown.prose, "todo": shown.todo,
        "moment": shown.moment, "amount": shown.amount, "number": shown.number, "day": shown.day, "code": shown.code, "detail": shown.detail,
    }  # fmt: skip
    return _environment().get_template(template).render({**frame, **values})


def address(asked: Asked, **changes: object) -> str:
    """The page that is asked for with some of its query changed; None leaves a field out."""
    fields = {name: values[0] for name, values in asked.query.values.items() if values and name != "said"}
    fields |= {name: str(value) for name, value in changes.items() if value is not None}
    kept = {name: value for name, value in fields.items() if value and changes.get(name, value) is not None}
    return f"{asked.path}?{urlencode(kept)}" if kept else asked.path


def pages_of(visitor: Visitor) -> list[tuple[str, Text]]:
    """The pages that lead to all others."""
    if visitor.role == "practice":
        own = (
            ("", words.SETTINGS),
            ("/customers", words.CUSTOMERS),
            ("/documents", words.DOCUMENTS),
            ("/reports", words.REPORTS),
        )
        return [(f"{visitor.home}{path}", text) for path, text in own]
    return [
        ("/", words.MORNING), ("/letters", words.LETTERS), ("/documents", words.DOCUMENTS), ("/practices", words.PRACTICES),
        ("/history", words.HISTORY), ("/system", words.SYSTEM),
    ]  # fmt: skip


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        auto_reload=False, finalize=_harmless,
    )  # fmt: skip
    made.globals |= {
        "w": words, "wo": console_operator, "wp": console_practice, "glossary": glossary, "labels": labels.LABELS,
        "pw": preview, "cs": contact_suggest, "dw": drafts, "results": dead_letters.RESULTS, "why_held": why_held, "unsettled": UNSETTLED,
        "pages_of": pages_of, "release": version("lexrelay"),
    }  # fmt: skip
    return made


def _harmless(value: Any) -> Any:
    """What cannot be seen is replaced by a sign that can, wherever a value came from."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
