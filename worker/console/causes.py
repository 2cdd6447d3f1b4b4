"""A cause of dead letters in words: what happened, who must act, what to do."""

from typing import Any

from outbox.dead_letters import DeadLetter
from worker.messages import Lang, reasons
from worker.messages.glossary import WHO
from worker.messages.on_pages import on_pages
from worker.operations.dead_letters import Group
from worker.operations.knowledge import known


def cause(group: Group, lang: Lang) -> dict[str, Any]:
    """A group with its explanation; without one when its letters were replayed a moment ago."""
    return group.to_json() | (explanation(group.example, lang) if group.example else {"message": "", "action": ""})


def explanation(letter: DeadLetter, lang: Lang) -> dict[str, Any]:
    """What is told about a letter."""
    asked = letter.reason, known(letter)
    entry = reasons.entry(*asked)
    return {
        "message": reasons.message(*asked, lang),
        "action": on_pages(reasons.action(*asked, lang), lang),
        "who": WHO[entry.who]().said_in(lang),
        "helps": entry.replay,
    }
