"""The invariants of conduct: no POST without its intent (I3), order (I4), rate (I5), and nobody starved (I7)."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from tests.chaos.evidence import Evidence, Violation
from tests.chaos.history import Row
from tests.chaos.nemesis import Strike
from tests.chaos.oracle import Arrival
from tests.chaos.pace import AFTERMATH_SECONDS, MOST_CALLS_A_SECOND, PACE, STARVED_SECONDS

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
    """I7: no lane with an invoice to take up goes without a claim for long while others are served.

    Seconds in which nobody was served at all count for nothing; a practice's own troubles excuse it.
    """
    served, begun = _claims(evidence)
    own = [strike for strike in strikes if strike.practices is not None]
    for event, waited in waits(evidence):
        began = event["created_at"] + timedelta(seconds=waited)
        moments = begun[event["practice_id"]]
        turns = moments[bisect_right(moments, event["created_at"]) : bisect_left(moments, began)]
        for one, after in pairwise([event["created_at"], *turns, began]):
            missed = bisect_left(served, int(after.timestamp())) - bisect_right(served, int(one.timestamp()))
            if missed > STARVED_SECONDS and not _troubled(evidence, event, one, after, own):
                yield Violation(
                    "I7",
                    f"event {event['event_id']}: practice {event['practice_id']} went without a claim "
                    f"from {one.time()} to {after.time()}, while others were served in {missed} of the seconds",
                )


def _claims(evidence: Evidence) -> tuple[list[int], dict[int, list[datetime]]]:
    """The seconds in which anybody was served, and the moments of each lane's claims; both ascending."""
    practice = {event["event_id"]: event["practice_id"] for event in evidence.history.all_events}
    begun: dict[int, list[datetime]] = defaultdict(list)
    for event_id, attempts in evidence.history.attempts.items():
        begun[practice[event_id]] += [attempt["begun_at"] for attempt in attempts]
    served = {int(moment.timestamp()) for moments in begun.values() for moment in moments}
    return sorted(served), {practice_id: sorted(moments) for practice_id, moments in begun.items()}


def _troubled(evidence: Evidence, event: Row, since: datetime, until: datetime, own: list[Strike]) -> bool:
    """Whether the practice itself was struck, or a contact of this payer was in doubt."""
    aftermath = timedelta(seconds=AFTERMATH_SECONDS)
    return any(
        event["practice_id"] in (strike.practices or ()) and strike.began < until and strike.ended + aftermath > since
        for strike in own
    ) or any(
        intent["effect"] == "contact"
        and (intent["practice_id"], intent["subject_id"]) == (event["practice_id"], event["payer_id"])
        and intent["opened_at"] < until
        and (intent["closed_at"] is None or intent["closed_at"] > since)
        for intent in evidence.history.intents
    )


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
