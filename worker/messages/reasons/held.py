"""What holds a practice's documents back: its pause, or what it lacks; the same words wherever an operator may ask."""

from worker.messages import Sentence
from worker.messages import status as words
from worker.messages.reasons.entry import WHO
from worker.messages.reasons.pauses import PAUSED


def why_held(reason: str) -> Sentence:
    """What it is, who must act, and the step. `reason` is that of a pause, or how the practice is not connected."""
    if reason not in PAUSED:
        return words.LACKS[reason]()
    entry = PAUSED[reason]
    return words.PAUSED(message=entry.message(), who=WHO[entry.who](), action=entry.action())
