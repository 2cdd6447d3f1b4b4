"""What holds a practice's documents back: its pause, or what it lacks; the same words wherever an operator may ask."""

from worker.messages import Sentence, Text
from worker.messages.glossary import LACKS, TO_DO, WHO
from worker.messages.reasons.entry import UNKNOWN
from worker.messages.reasons.pauses import PAUSED

_PAUSED = Text(de="{message} {to_do}", en="{message} {to_do}")


def why_held(reason: str) -> Sentence:
    """What it is, who must act, and the step. `reason` is that of a pause, or how the practice is not connected."""
    if reason in LACKS:
        return LACKS[reason]()
    entry = PAUSED.get(reason, UNKNOWN)
    return _PAUSED(message=entry.message(), to_do=TO_DO(who=WHO[entry.who](), action=entry.action()))
