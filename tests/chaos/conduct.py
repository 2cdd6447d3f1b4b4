"""The invariants of conduct: no POST without its intent (I3), order (I4), rate (I5), and nobody starved (I7)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import pairwise

from tests.chaos.evidence import Evidence, Violation
from tests.chaos.history import Row
from tests.chaos.nemesis import Strike
from tests.chaos.oracle import Arrival
from tests.chaos.pace import MOST_CALLS_A_SECOND, PACE, WAIT_SECONDS

Subject = tuple[int, str, int]
_EFFECTS = {"invoice": "invoice", "cancellation": "credit_note"}
#: The two clocks are one, but an arrival is stamped a little before or after it is read.
_BLUR = timedelta(seconds=0.1)


def every_post_has_an_intent(evidence: Evidence) -> Iterator[Violation]:
    """I3: intents of a subject never overlap, and every POST that arrived falls into one of its own: after it was
    opened, and before the first look at what it may have done.
    """
    intents: dict[Subject, list[Row]] = defaultdict(list)
    for intent in evidence.history.intents:
        intents[(intent["practice_id"], intent["effect"], intent["subject_id"])].append(intent)
    for subject, opened in intents.items():
        for one, after in pairwise(opened):
            if one["closed_at"] is None or one["closed_at"] > after["opened_at"]:
                yield Violation("I3", f"{subject}: intent {after['intent_id']} was opened beside {one['intent_id']}")
    for code, posts in evidence.posts_by_code.items():
        subject = _subject(evidence, code)
        for post in _unlicensed(posts, intents.get(subject, [])):
            yield Violation("I3", f"{subject}: POST {post.number} at {post.at.time()} has no intent of its own")


def original_first(evidence: Evidence) -> Iterator[Violation]:
    """I4: a cancellation is sent when its original is delivered, never before."""
    for event in evidence.history.all_events:
        posts = evidence.posts_by_code.get(event["marker_code"], [])
        if event["kind"] != "cancellation" or not posts:
            continue
        linked = [link["linked_at"] for link in evidence.history.links.get(event["original_id"], [])]
        if not linked or posts[0].at < min(linked):
            yield Violation("I4", f"event {event['event_id']} ({event['number']}) was sent before its original")


def rate(evidence: Evidence) -> Iterator[Violation]:
    """I5."""
    for organisation, calls in evidence.densest.items():
        if calls > MOST_CALLS_A_SECOND:
            yield Violation("I5", f"{calls} calls within a second for organisation {organisation}")


def nobody_starved(evidence: Evidence, strikes: Iterable[Strike]) -> Iterator[Violation]:
    """I7: an invoice is taken up in time, whatever others suffer; its own practice's troubles are not counted."""
    own = [strike for strike in strikes if strike.practices is not None]
    for event, waited in waits(evidence):
        begun = event["created_at"] + timedelta(seconds=waited)
        troubled = any(
            event["practice_id"] in (strike.practices or ())
            and strike.began < begun
            and strike.ended > event["created_at"]
            for strike in own
        )
        if waited > WAIT_SECONDS and not troubled:
            yield Violation("I7", f"event {event['event_id']} of practice {event['practice_id']} waited {waited:.1f} s")


def waits(evidence: Evidence) -> Iterator[tuple[Row, float]]:
    """For every invoice the seconds from its landing to its first claim."""
    for event in evidence.history.all_events:
        attempts = evidence.history.attempts.get(event["event_id"])
        if event["kind"] == "invoice" and attempts:
            yield event, (attempts[0]["begun_at"] - event["created_at"]).total_seconds()


def _subject(evidence: Evidence, code: str) -> Subject:
    if event := evidence.events_by_code.get(code):
        return event["practice_id"], _EFFECTS[event["kind"]], event["document_id"]
    customer = evidence.customers_by_code.get(code, {"practice_id": 0, "customer_id": 0})
    return customer["practice_id"], "contact", customer["customer_id"]


def _unlicensed(posts: list[Arrival], intents: list[Row]) -> Iterator[Arrival]:
    """The POSTs that find no intent for themselves; each takes the earliest that fits."""
    settle = timedelta(seconds=PACE.settle_seconds)
    free = list(intents)
    for post in posts:
        fitting = (i for i in free if i["opened_at"] - _BLUR <= post.at <= i["send_by"] + settle)
        intent = next(fitting, None)
        if intent is None:
            yield post
        else:
            free.remove(intent)
