"""What a row of the tables says, and what is demanded of every one of them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from causes.scene import Scene

Deed = Callable[[Scene], object]
Words = tuple[str, str]
"""A piece of what is said in German, and in English."""

LANGUAGES = ("de", "en")


@dataclass(frozen=True, kw_only=True)
class Cause:
    """One way to die. `happens` lets it come about and returns the document; `remedy` is what the words describe."""

    name: str
    happens: Callable[[Scene], int]
    reason: str
    who: str
    says: Words
    step: Words
    remedy: Callable[[Scene, int], object]
    replay: tuple[str, ...] | None = ()
    """Options of the replay that follows; None: the remedy is the end."""
    ends: tuple[str, int] = ("delivered", 1)
    """The event's state in the end, and how many copies of the document are in Lexware then."""
    refused: bool = False
    """A replay before the remedy is refused; otherwise it dies again, harmlessly, as long as the words demand a step."""
    again: str | None = None
    """What it dies of when it is replayed before the step, if that is told apart then."""
    is_cured_by_replay: bool = False
    """The step may turn out to be none: the replay reads anew what was believed, or finds the document in Lexware."""
    settings: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.name


def live_through(scene: Scene, cause: Cause) -> None:
    """It dies of the right reason; the words name it, who must act and the step; after the step exactly one arrives."""
    document = cause.happens(scene)
    event_id = scene.event_id(document)
    letter = _read(scene, event_id)
    assert (letter["reason"], letter["who"]) == (cause.reason, cause.who), letter
    _is_told(scene, document, cause)
    if cause.refused:
        assert _result(scene, event_id, exits=1) == "refused"
    elif letter["replay"] == "after_the_step" and not cause.is_cured_by_replay:
        _dies_again_without_the_step(scene, document, cause)
    cause.remedy(scene, document)
    if cause.replay is not None:
        assert _result(scene, event_id, *cause.replay) == "replayed"
    scene.stage.run()
    assert (scene.stage.event(document)["state"], len(scene.copies(document))) == cause.ends


def _read(scene: Scene, event_id: int) -> dict[str, Any]:
    return dict(json.loads(scene.say("dead", "show", event_id, "--json")))


def _is_told(scene: Scene, document: int, cause: Cause) -> None:
    """In both languages, wherever an operator may look: the list, the letter, the document's story."""
    event_id, number = scene.event_id(document), scene.number(document)
    for place, lang in enumerate(LANGUAGES):
        pages = [scene.say("dead", "show", event_id, "--lang", lang)]
        listed = json.loads(scene.say("dead", "list", "--json", "--lang", lang))
        pages += [f"{one['message']} {one['action']}" for one in listed if one["event_id"] == event_id]
        if number is not None:
            pages.append(scene.of_practice("show", number, "--lang", lang))
        for page in pages:
            assert cause.says[place] in page
            assert cause.step[place] in page


def _dies_again_without_the_step(scene: Scene, document: int, cause: Cause) -> None:
    """A replay before the step is done is harmless: nothing more in Lexware, and the same reason."""
    before = scene.copies(document)
    _result(scene, scene.event_id(document))
    scene.stage.run()
    assert (scene.stage.outcome(document), scene.copies(document)) == (("dead", cause.again or cause.reason), before)


def _result(scene: Scene, event_id: int, *options: str, exits: int = 0) -> str:
    words = ("replay", event_id, *options, "--by", "ada", "--json")
    [row] = json.loads(scene.commands(*words, exits=exits).stdout)
    return str(row["result"])
