"""What holds a practice's documents back: its pause, or what it lacks; the same words wherever an operator may ask."""

from worker.catalogue.entry import WHO
from worker.catalogue.pauses import PAUSED
from worker.words import Sentence
from worker.words import status as words


def why_held(reason: str) -> Sentence:
    """What it is, who must act, and the step. `reason` is that of a pause, or how the practice is not connected."""
    if reason not in PAUSED:
        return words.LACKS[reason]()
    entry = PAUSED[reason]
    return words.PAUSED(message=entry.message(), who=WHO[entry.who](), action=entry.action())
