"""How values appear on a page: moments with their zone and how long ago, amounts, codes as words, text made harmless."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from markupsafe import Markup, escape

from worker.messages import Lang, Sentence, Text, checks, glossary, times
from worker.messages import console as words
from worker.messages.labels import LABELS
from worker.messages.on_pages import on_pages
from worker.messages.visible import visible

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CODE = re.compile(r"`([^`]+)`")
_URL = re.compile(r"https?://[\w.:/?=%#@+-]*[\w/]")


class Shown:
    """Everything a template says, in one language."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang

    def say(self, what: Text | Sentence, **values: object) -> str:
        """A text with its values."""
        return (what(**values) if isinstance(what, Text) else what).said_in(self.lang)

    def prose(self, what: Text | Sentence | str, **values: object) -> Markup:
        """Sentences of ours: what stands between backticks is code, an address a link, a line's end stays one."""
        text = what if isinstance(what, str) else self.say(what, **values)
        marked = _CODE.sub(r"<code>\1</code>", str(escape(visible(text))))
        marked = _URL.sub(r'<a href="\g<0>" rel="noreferrer">\g<0></a>', marked)
        return Markup(marked.replace("\n", "<br>"))  # noqa: S704 (escaped above)

    def todo(self, what: Text | Sentence | str) -> Markup:
        """What is to be done, with the buttons of these pages."""
        return self.prose(on_pages(what if isinstance(what, str) else self.say(what), self.lang))

    def moment(self, value: datetime | None) -> Markup:
        """When it was, with the zone, and how long ago that is."""
        if value is None:
            return Markup("-")
        seconds = (datetime.now(UTC) - value).total_seconds()
        distance = words.AGO(age=times.in_words(seconds)) if seconds >= 0 else words.AHEAD(age=times.in_words(-seconds))
        return Markup('<time datetime="{}"><span>{}</span> <span class="ago">({})</span></time>').format(
            value.astimezone(UTC).isoformat(), times.to_the_second(value, self.lang), self.say(distance)
        )

    def number(self, value: float) -> str:
        """Without digits that say nothing."""
        return times.amount(Decimal(f"{value:g}"), self.lang)

    def amount(self, value: Decimal | None) -> str:
        """In euros."""
        return "-" if value is None else self.say(words.AMOUNT(amount=value))

    def day(self, value: date | None) -> str:
        """A calendar day."""
        return "-" if value is None else self.say(words.VALUE(value=value))

    def code(self, kind: str, value: Any) -> str:
        """A code of the database as a word of the glossary; one that is not in it stays what it is."""
        text = _GLOSSARY.get(kind, {}).get(value)
        return self.say(text) if text else visible(str(value))

    def detail(self, value: Any, name: str = "") -> str:
        """What was recorded with an action, under its name: in words, without the brackets of a program."""
        match value:
            case dict():
                return ", ".join(f"{self._label(key)} {self.detail(part, key)}" for key, part in value.items())
            case list():
                return " ".join(self.detail(part, name) for part in value)
            case None:
                return ""
            case bool():
                return self.code("yes_no", value)
            case str() if _DAY.fullmatch(value):
                return self.day(date.fromisoformat(value))
            case _:
                return self.code(name, value)

    def _label(self, name: str) -> str:
        return self.say(LABELS[name]) if name in LABELS else name


_GLOSSARY: Mapping[str, Mapping[Any, Text]] = {
    "state": glossary.STATES,
    "kind": glossary.KINDS,
    "watched": glossary.WATCHED,
    "plan": glossary.PLANS,
    "connection": glossary.CONNECTIONS,
    "pause_reason": glossary.PAUSES,
    "held": {**glossary.CONNECTIONS, **glossary.PAUSES},
    "action": glossary.ACTIONS,
    "billing": glossary.BILLING,
    "lines": glossary.LINES,
    "matching": glossary.MATCHING,
    "tax_type": glossary.TAX_TYPES,
    "yes_no": glossary.YES_NO,
    "origin": glossary.ORIGINS,
    "verdict": glossary.VERDICTS,
    "effect": glossary.EFFECTS,
    "intent": glossary.INTENTS,
    "who": glossary.WHO,
    "role": words.ROLES,
    "level": checks.LEVELS,
    "check": checks.NAMES,
}
