"""The shape of an entry: what it says, who must act, and what a replay does about it."""

from dataclasses import dataclass
from typing import Literal

from worker.messages import Text
from worker.messages.glossary import Who

Replay = Literal["as_it_is", "after_the_step", "never"]
"""Whether a replay may help as it is, only after the step is done (before, it dies again, harmlessly), or never."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One way to end or to wait, in words a practice owner understands; no text holds a blank to fill."""

    code: str
    who: Who
    replay: Replay
    message: Text
    action: Text


UNKNOWN = Entry(
    code="unknown",
    who="developer",
    replay="after_the_step",
    message=Text(
        de="Der Grund stammt von einer anderen Version von lexrelay und ist hier nicht beschrieben.",
        en="The reason comes from another version of lexrelay and is not described here.",
    ),
    action=Text(
        de="Die Befehle mit der Version ausführen, die auch überträgt.",
        en="Run the commands with the version that does the transfer.",
    ),
)
