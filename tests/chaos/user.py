"""The practices' own people in Lexware's web app, busy while lexrelay works: they finalise, pay, edit, delete and copy.

They pick from what is there, mostly the newest, so documents in doubt are touched too. Every touch is kept, because
only a touch excuses a document that does not end as a draft exactly as sent.
"""

import random
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx

from tests.chaos.town import Town
from worker.lab.sandbox.control import Action

_RECENT = 12


@dataclass(frozen=True, slots=True)
class Touch:
    """One thing done by hand; `made` is the id of a document that came of it."""

    at: datetime
    organisation: str
    what: str
    document: str
    made: str | None = None


@dataclass(frozen=True, slots=True)
class Habit:
    """Something people do, how often, and to documents in which state."""

    what: str
    weight: float
    action: Action
    status: str
    arguments: Mapping[str, Any]


_HABITS = (
    Habit("finalise", 6, "finalise", "draft", {}),
    Habit("pay", 4, "pay", "open", {}),
    Habit("edit", 3, "edit_draft", "draft", {"changes": {"introduction": "Vielen Dank für Ihren Besuch."}}),
    Habit("reopen", 1, "reopen", "open", {}),
    Habit("void", 1, "void", "open", {}),
    Habit("delete", 2, "delete_draft", "draft", {}),
    Habit("remove_marker", 0.2, "edit_draft", "draft", {"changes": {"remark": "Vielen Dank."}}),
    Habit("copy_without_marker", 0.2, "copy_document", "draft", {}),
    Habit("copy_with_marker", 0.2, "copy_document", "draft", {}),
)


class User(threading.Thread):
    """Touches documents until stopped."""

    def __init__(self, town: Town, seed: int, per_second: float) -> None:
        super().__init__(name="user", daemon=True)
        self._town, self._random, self._per_second = town, random.Random(f"{seed} user"), per_second
        self._stop_touching = threading.Event()
        self.touches: list[Touch] = []

    def stop(self) -> None:
        """End after the touch it is at."""
        self._stop_touching.set()
        self.join()

    def run(self) -> None:
        """Touch something, again and again."""
        while not self._stop_touching.wait(self._random.expovariate(self._per_second)):
            organisation = self._random.choice(self._town.sites).tenant.id
            habit = self._random.choices(_HABITS, [habit.weight for habit in _HABITS])[0]
            there = [d for d in self._town.control.documents(organisation) if not d["deleted_at"]][-_RECENT:]
            fitting = [document for document in there if document["status"] == habit.status]
            if fitting:
                self._touch(organisation, habit, self._random.choice(fitting))

    def _touch(self, organisation: str, habit: Habit, document: dict[str, Any]) -> None:
        arguments = dict(habit.arguments)
        if habit.what == "copy_with_marker":
            arguments["changes"] = {"remark": document["source"].get("remark")}
        at = datetime.now(UTC)
        try:
            done = self._town.control.act(organisation, habit.action, document=document["id"], **arguments)
        except httpx.HTTPStatusError:  # the web app does not offer it for this one
            return
        made = done["id"] if habit.action == "copy_document" else None
        self.touches.append(Touch(at, organisation, habit.what, document["id"], made))
