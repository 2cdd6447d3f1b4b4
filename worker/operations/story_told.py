"""Where a document is in Lexware, and what happens to it next, as sentences: for whoever shows its story."""

from collections.abc import Iterator

from outbox.db import Row
from worker.messages import Lang, Sentence, glossary, reasons
from worker.messages import story as words
from worker.operations.knowledge import known
from worker.operations.story import DocumentStory


def in_lexware(story: DocumentStory) -> Iterator[Sentence]:
    """Its address there, its contact, and what it is linked with."""
    link = story.link
    if link["lexware_id"]:
        yield words.IN_LEXWARE(url=story.url)
        yield words.TO_EDIT(url=story.edit_url)
    yield from _what_became_of_it(story)
    if link["contact_id"]:
        yield words.ITS_CONTACT(url=story.contact_url)
    if link["linked_invoice_id"]:
        yield words.LINKED(lexware_id=link["linked_invoice_id"])
    if link["notice"] == "original_is_draft":
        yield words.DRAFT_PART() if link["is_part"] else words.DRAFT_PAIR()
    elif link["notice"]:
        yield words.UNLINKED(notice=link["notice"])


def _what_became_of_it(story: DocumentStory) -> Iterator[Sentence]:
    """What was seen of it there last."""
    seen = story.watched
    if not seen.get("lexware_status"):
        return
    state = glossary.WATCHED[seen["lexware_status"]]()
    yield words.SEEN(state=state, at=seen["seen_at"])
    if story.lexware_number:
        yield words.NUMBERED(number=story.lexware_number)
    if seen["paid_on"]:
        yield words.PAID_ON(day=seen["paid_on"])
    elif seen["open_amount"]:
        yield words.STILL_OPEN(amount=seen["open_amount"])
    if seen["differs"]:
        yield words.DIFFERS(what=[glossary.DIFFERS[one]() for one in seen["differs"]])
    if seen["absent_since"]:
        yield words.ABSENT(at=seen["absent_since"])


def what_next(story: DocumentStory, lang: Lang) -> Iterator[Sentence]:
    """What happens by itself and when, or who must do what."""
    event, following = story.story.event, story.next
    if story.letter is not None:
        asked = story.letter.reason, known(story.letter)
        who = glossary.WHO[reasons.entry(*asked).who]()
        to_do = glossary.TO_DO(who=who, action=reasons.action(*asked, lang))
        yield words.DEAD(event_id=event["event_id"], message=reasons.message(*asked, lang), to_do=to_do)
    elif following is None:
        yield words.NOTHING()
    elif event["state"] == "held":
        yield words.HELD(why=reasons.why_held(story.reason or "disabled"))
    elif event["state"] == "blocked":
        yield _blocked(event)
    else:
        yield words.NEXT[following["what"]](at=following["at"])
        yield from _queue(event)


def _blocked(event: Row) -> Sentence:
    if event["original_state"] in ("pending", "dead"):
        of = {"number": event["original_number"], "event_id": event["original_event_id"]}
        state = glossary.STATES[event["original_state"]]()
        because = words.REASON(title=state, reason=event["original_reason"]) if event["original_reason"] else state
        return words.BEHIND_ORIGINAL(state=because, **of)
    return words.BEHIND_CUSTOMER(number=event["holder_number"], event_id=event["holder_event_id"])


def _queue(event: Row) -> Iterator[Sentence]:
    """What is before it, and what slows the lane."""
    if event["place"] and event["state"] != "in_flight":
        yield words.BEFORE_IT(place=event["place"])
    if event["is_cooling"]:
        yield words.COOLING(reason=event["cool_reason"])
    if event["probe_at"]:
        yield words.OUTAGE()
