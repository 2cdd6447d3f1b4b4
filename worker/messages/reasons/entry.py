"""The shape of an entry of the catalogue: what it says, who must act, and what a replay does about it."""

from dataclasses import dataclass
from typing import Literal

from worker.messages import Text

Who = Literal["practice", "operator", "lexware", "developer", "nobody"]
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

    @property
    def replay_safe(self) -> bool:
        """True when a replay can do no harm, whatever was done before; False: it is refused."""
        return self.replay != "never"


WHO: dict[Who, Text] = {
    "practice": Text(de="die Praxis", en="the practice"),
    "operator": Text(de="der Betrieb von lexrelay", en="whoever runs lexrelay"),
    "lexware": Text(de="der Support von Lexware", en="Lexware's support"),
    "developer": Text(de="die Entwickler von lexrelay", en="the developers of lexrelay"),
    "nobody": Text(de="niemand", en="nobody"),
}
