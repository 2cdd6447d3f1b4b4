"""The story of a document as sentences, each with its moment: what a person can read aloud.

Pure. Ids, numbers and codes only, and no person.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from outbox.db import Row
from outbox.story import Story
from worker.messages import Lang, Sentence, glossary, reasons
from worker.messages import story as words

Moment = tuple[datetime, Sentence]

#: What is written so close to the end of an attempt, or to an operator's action, was written with it.
_ONE_TRANSACTION = timedelta(seconds=0.5)


def moments(story: Story, lang: Lang) -> list[Moment]:
    """Everything that happened, in order of time: what an attempt brought about, then its end, then the event's."""
    return sorted(_moments(story, lang), key=lambda moment: moment[0])


def _moments(story: Story, lang: Lang) -> Iterator[Moment]:
    event = story.event
    causes = [attempt["ended_at"] for attempt in story.attempts if attempt["ended_at"] is not None]
    causes += [action["at"] for action in story.actions]
    yield event["created_at"], words.WRITTEN[event["origin"]](event_id=event["event_id"])
    for intent in story.intents:
        yield from _of_intent(intent, causes)
    for place, attempt in enumerate(story.attempts, 1):
        began = words.LOOK_BEGAN if _is_look(attempt, story.intents) else words.BEGAN[attempt["step"]]
        yield attempt["begun_at"], began(place=place)
        if attempt["ended_at"] is not None:
            yield attempt["ended_at"], words.ENDED(place=place, words=_ending(attempt, lang))
    for action in story.actions:
        text = words.DONE_WHY if action["why"] else words.DONE
        yield action["at"], text(by=action["by"], action=_did(action["action"]), why=action["why"])
    if event["closed_at"] is not None:
        yield _with_its_cause(event["closed_at"], causes), words.SETTLED(state=glossary.STATES[event["state"]]())


def _is_look(attempt: Row, intents: list[Row]) -> bool:
    """Whether an earlier claim's send was in doubt when this attempt began: then it looks before anything else."""
    begun = attempt["begun_at"]
    return any(
        intent["fence"] < attempt["fence"] and intent["opened_at"] <= begun
        and (intent["closed_at"] is None or intent["closed_at"] > begun)
        for intent in intents
    )  # fmt: skip


def _did(action: str) -> str | Sentence:
    return glossary.ACTIONS[action]() if action in glossary.ACTIONS else action


def _ending(attempt: Row, lang: Lang) -> str | Sentence:
    detail = (attempt["detail"] or {}) | {"http_status": attempt["http_status"]}
    ending: str | Sentence = reasons.ended(attempt["outcome"], attempt["reason"], detail, lang)
    if facts := reasons.facts(detail, lang):
        ending = words.FACTS(words=ending, facts=facts)
    return words.COUNTED(words=ending) if attempt["counted"] else ending


def _of_intent(intent: Row, causes: list[datetime]) -> Iterator[Moment]:
    of = {"intent_id": intent["intent_id"]}
    effect = glossary.EFFECTS[intent["effect"]]()
    yield intent["opened_at"], words.OPENED(effect=effect, send_by=intent["send_by"], **of)
    for look in intent["looks"]:
        yield datetime.fromisoformat(look["looked_at"]), words.LOOKED(verdict=_verdict(look), **of)
    if intent["closed_at"] is not None:
        outcome = _with_ids(glossary.INTENTS[intent["outcome"]](), intent["lexware_id"])
        yield _with_its_cause(intent["closed_at"], causes), words.CLOSED(outcome=outcome, **of)
    if intent["late_at"] is not None:
        yield intent["late_at"], words.LATE(lexware_id=intent["late_lexware_id"], **of)


def _with_its_cause(moment: datetime, causes: list[datetime]) -> datetime:
    near = (cause for cause in causes if abs(cause - moment) < _ONE_TRANSACTION)
    return min(near, key=lambda cause: abs(cause - moment), default=moment)


def _verdict(look: Row) -> Sentence:
    verdict = _with_ids(glossary.VERDICTS[look["verdict"]](), *look["evidence"].get("lexware_ids", ()))
    return verdict if look["counts"] else words.UNCOUNTED(verdict=verdict)


def _with_ids(sentence: Sentence, *ids: object) -> Sentence:
    known = [found for found in ids if found is not None]
    return words.WITH_ID(outcome=sentence, lexware_id=known) if known else sentence
