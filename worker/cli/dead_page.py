"""A dead letter as a page for people, and of each cause what to do. Ids, codes and times; the payer only when revealed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import click

from outbox.db import Row
from outbox.dead_letters import DeadLetter
from worker.cli.language import Voice
from worker.cli.output import put
from worker.messages import Sentence, glossary, reasons
from worker.messages import dead_letters as words
from worker.operations.knowledge import known

_SHOWN = (
    "event_id",
    "practice_id",
    "number",
    "kind",
    "customer_id",
    "payer",
    "reason",
    "group",
    "died_at",
    "message",
    "who",
    "action",
    "plan",
)


def show_causes(letters: Sequence[DeadLetter], say: Voice) -> None:
    """Of each cause among these letters once: what it is, who must act, and how."""
    for group, letter in {letter.group: letter for letter in letters}.items():
        asked = letter.reason, known(letter)
        entry = reasons.entry(*asked)
        to_do = glossary.TO_DO(who=glossary.WHO[entry.who](), action=entry.action())
        say(words.WHAT_TO_DO(group=group, message=reasons.cause(*asked, say.lang), to_do=to_do))
        click.echo()


def show_letter(told: dict[str, Any], say: Voice) -> None:
    """Print the page of a letter, from what `dead show --json` has."""
    spoken = told | {
        "kind": say.words(glossary.KINDS[told["kind"]]()),
        "who": say.words(glossary.WHO[told["who"]]()),
        "plan": say.words(_on_replay(told)),
        "died_at": say.second(told["died_at"]),
    }
    for name in _SHOWN:
        if spoken.get(name) is not None:
            put(f"{say.words(words.LABELS[name]())}: {spoken[name]}")
    if told["contact_url"]:
        put(f"{say.words(words.LABELS['contact_url']())}: {told['contact_url']}")
    for url in told["urls"]:
        put(f"{say.words(words.LABELS['urls']())}: {url}")
    say(words.ATTEMPTS())
    for attempt in told["attempts"]:
        sentence = reasons.ended(attempt["outcome"], attempt["reason"], attempt["detail"] or {}, say.lang)
        say(words.ATTEMPT(at=attempt["begun_at"], words=sentence))
    if told["intents"]:
        say(words.INTENTS())
    for intent in told["intents"]:
        _show_intent(intent, say)


def _on_replay(told: dict[str, Any]) -> Sentence:
    plan = glossary.PLANS[told["plan"]]()
    return words.AFTER_THE_STEP(plan=plan) if told["replay"] == "after_the_step" else plan


def _show_intent(intent: Row, say: Voice) -> None:
    effect, outcome = glossary.EFFECTS[intent["effect"]](), glossary.INTENTS[intent["outcome"]]()
    at = intent["opened_at"]
    say(words.INTENT(at=at, effect=effect, outcome=outcome, remote_id=intent["lexware_id"] or ""))
    for look in intent["looks"]:
        found = ", ".join(look["evidence"].get("lexware_ids", ()))
        at = datetime.fromisoformat(look["looked_at"])
        say(words.LOOK(at=at, verdict=glossary.VERDICTS[look["verdict"]](), lexware_ids=found))
