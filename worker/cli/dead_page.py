"""One dead letter as facts for programs and as a page for people. Ids, codes and times; the payer only when revealed."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import click

from outbox.db import Row
from outbox.dead_letters import DeadLetter
from worker.cli.language import Voice
from worker.lexware.api.answers import VoucherKind
from worker.lexware.api.links import contact_url, voucher_url
from worker.messages import Lang, Sentence, reasons
from worker.messages import letters as words
from worker.messages.story import KINDS
from worker.messages.times import to_the_second
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


def row(letter: DeadLetter, lang: Lang) -> dict[str, Any]:
    """As `dead list --json` has it (design section 3)."""
    return {
        "event_id": letter.event_id,
        "practice_id": letter.practice_id,
        "number": letter.number,
        "kind": letter.kind,
        "reason": letter.reason,
        "group": letter.group,
        "message": reasons.message(letter.reason, known(letter), lang),
        "action": reasons.action(letter.reason, known(letter), lang),
        "http_status": letter.http_status,
        "attempts": letter.attempts,
        "died_at": letter.died_at,
    }


def facts(letter: DeadLetter, attempts: list[Row], intents: list[Row], app_url: str, lang: Lang) -> dict[str, Any]:
    """Everything there is to say about a letter; attempts and intents in full."""
    entry = reasons.entry(letter.reason, known(letter))
    return row(letter, lang) | {
        "who": entry.who,
        "replay": entry.replay,
        "detail": letter.detail,
        "customer_id": letter.payer_id,
        "urls": list(dict.fromkeys(_urls(letter, intents, app_url))),
        "attempts": attempts,
        "intents": intents,
    }


def _urls(letter: DeadLetter, intents: list[Row], app_url: str) -> Iterator[str]:
    """Where to look in Lexware: whatever id the letter, its intents or their looks name."""
    kind: VoucherKind = "invoice" if letter.kind == "invoice" else "credit_note"
    for found in letter.detail.get("lexware_ids", ()):
        yield voucher_url(app_url, kind, UUID(found))
    for found in letter.detail.get("contact_ids", ()):
        yield contact_url(app_url, UUID(found))
    for intent in intents:
        seen = [UUID(one) for look in intent["looks"] for one in look["evidence"].get("lexware_ids", ())]
        for found in filter(None, (intent["lexware_id"], intent["late_lexware_id"], *seen)):
            is_contact = intent["effect"] == "contact"
            yield contact_url(app_url, found) if is_contact else voucher_url(app_url, kind, found)


def show_causes(letters: Sequence[DeadLetter], say: Voice) -> None:
    """Of each cause among these letters once: what it is, who must act, and how."""
    for group, letter in {letter.group: letter for letter in letters}.items():
        asked = letter.reason, known(letter)
        entry = reasons.entry(*asked)
        who, action = reasons.WHO[entry.who](), entry.action()
        say(words.WHAT_TO_DO(group=group, message=reasons.cause(*asked, say.lang), who=who, action=action))


def show_letter(told: dict[str, Any], say: Voice) -> None:
    """Print the page."""
    spoken = told | {
        "kind": say.words(KINDS[told["kind"]]()),
        "who": say.words(reasons.WHO[told["who"]]()),
        "plan": say.words(_on_replay(told)),
        "died_at": to_the_second(told["died_at"]),
    }
    for name in _SHOWN:
        if spoken.get(name) is not None:
            click.echo(f"{say.words(words.LABELS[name]())}: {spoken[name]}")
    if told["contact_url"]:
        click.echo(f"{say.words(words.LABELS['contact_url']())}: {told['contact_url']}")
    for url in told["urls"]:
        click.echo(f"{say.words(words.LABELS['urls']())}: {url}")
    say(words.ATTEMPTS())
    for attempt in told["attempts"]:
        sentence = reasons.spoken(attempt["outcome"], attempt["reason"], attempt["detail"] or {}, say.lang)
        say(words.ATTEMPT(at=to_the_second(attempt["begun_at"]), words=sentence))
    if told["intents"]:
        say(words.INTENTS())
    for intent in told["intents"]:
        _show_intent(intent, say)


def _on_replay(told: dict[str, Any]) -> Sentence:
    plan = words.PLANS[told["plan"]]()
    return words.AFTER_THE_STEP(plan=plan) if told["replay"] == "after_the_step" else plan


def _show_intent(intent: Row, say: Voice) -> None:
    effect, outcome = words.EFFECTS[intent["effect"]](), words.OUTCOMES[intent["outcome"]]()
    at = to_the_second(intent["opened_at"])
    say(words.INTENT(at=at, effect=effect, outcome=outcome, remote_id=intent["lexware_id"] or ""))
    for look in intent["looks"]:
        found = ", ".join(look["evidence"].get("lexware_ids", ()))
        at = to_the_second(datetime.fromisoformat(look["looked_at"]))
        say(words.LOOK(at=at, verdict=words.VERDICTS[look["verdict"]](), lexware_ids=found))
