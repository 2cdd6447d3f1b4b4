"""What comes about and what is done about it, in the words of the tables."""

from collections.abc import Callable, Mapping
from typing import Any

import hosting

from causes.scene import Scene

Happens = Callable[[Scene], int]
Remedy = Callable[[Scene, int], object]


def invoice(
    payer: Mapping[str, Any] | None = None, items: list[dict[str, Any]] | None = None, **columns: Any
) -> Happens:
    """An invoice of these columns is completed, for a customer of these."""

    def happens(scene: Scene) -> int:
        return scene.send(scene.practice.customer(**payer or {}), items, **columns)

    return happens


def cancellation(**columns: Any) -> Happens:
    """An invoice that went over is cancelled by a document of these columns."""

    def happens(scene: Scene) -> int:
        document = scene.practice.cancel(scene.send(), **columns)
        scene.stage.run()
        return document

    return happens


def after(*first: Callable[[Scene], object], then: Happens) -> Happens:
    """Something is done before."""

    def happens(scene: Scene) -> int:
        for deed in first:
            deed(scene)
        return then(scene)

    return happens


def mend(*statements: str) -> Remedy:
    """The practice puts its data right."""

    def remedy(scene: Scene, _document: int) -> None:
        for statement in statements:
            scene.host(statement)

    return remedy


def command(*words: object) -> Remedy:
    """The operator runs a command for the practice."""

    def remedy(scene: Scene, _document: int) -> None:
        scene.of_practice(*words)

    return remedy


def described(file: str, old: str, new: str) -> Callable[[Scene], object]:
    """The practice software is described otherwise in one place."""
    return lambda scene: hosting.put(scene.stage._url, hosting.edited(file, old, new))


def described_right(scene: Scene, _document: int) -> None:
    """The select is put right, and applied."""
    hosting.put(scene.stage._url, hosting.reference())


def user(action: str, **arguments: Any) -> Callable[[Scene], object]:
    """Somebody changes a setting in Lexware."""
    return lambda scene: scene.user(action, **arguments)


def switch(**values: Any) -> Callable[[Scene], object]:
    """Lexware behaves so."""
    return lambda scene: scene.lexware.set_switches(scene.stage.tenant.id, **values)


def discard(scene: Scene, document: int) -> None:
    """The operator closes the letter."""
    scene.say("discard", scene.event_id(document), "--why", "settled otherwise", "--by", "ada")


def link(scene: Scene, document: int, contact: str | None = None, *options: str) -> None:
    """The operator enters the contact of the document's payer: this one, or a new one that somebody enters in Lexware."""
    payer = scene.stage.event(document)["payer_id"]
    scene.of_practice("contact", "link", "--customer", payer, contact or scene.person(), *options)


def nothing(_scene: Scene, _document: int) -> None:
    """There is nothing to be done before the replay."""
