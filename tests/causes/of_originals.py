"""Deaths of documents that belong elsewhere: to another company in Lexware, or to an invoice that never went over."""

from polling import until

from causes.cause import Cause, Words
from causes.deeds import command, discard, nothing
from causes.scene import Scene

_FORMER: Words = (
    "Im früheren Unternehmen nachsehen; von Hand erledigen und mit discard schließen",
    "Look it up in the former company; settle it by hand and close it with discard",
)
_RIGHT_KEY: Words = ("den richtigen verbinden (practice connect)", "connect the right one (practice connect)")
_NEVER_OVER: Words = ("die nie zu Lexware übertragen wurde", "an invoice that was never brought to Lexware")


def _connect(scene: Scene, key: str) -> None:
    scene.of_practice("practice", "connect", "--new-organisation", stdin=key)


def _move(scene: Scene) -> None:
    """The practice is connected with another company."""
    _connect(scene, scene.lexware.add_organisation().key)


def _moved_while_in_doubt(scene: Scene) -> int:
    scene.fault(status=504, when="after")
    document = scene.practice.invoice(scene.known_payer())
    until(lambda: scene.stage.turn() and scene.stage.event(document)["reason"] == "in_doubt")
    _move(scene)
    scene.stage.run()
    return document


def _moved_before_the_cancellation(scene: Scene) -> int:
    original = scene.send()
    _move(scene)
    document = scene.practice.cancel(original)
    scene.stage.run()
    return document


def _move_back(scene: Scene, _document: int) -> None:
    _connect(scene, scene.stage.tenant.key)


def _before_the_switch_on(scene: Scene) -> int:
    """The cancelled invoice was completed while the transfer was off."""
    scene.of_practice("practice", "disable")
    original = scene.practice.invoice(scene.practice.customer())
    scene.of_practice("practice", "enable")
    document = scene.practice.cancel(original)
    scene.stage.run()
    return document


def _cancels_a_cancellation(scene: Scene) -> int:
    """The practice software names a cancellation, where an invoice is meant."""
    first, other = scene.practice.cancel(scene.send()), scene.send()
    with scene.practice.db.transaction():
        document = scene.practice.cancel(other)
        scene.practice.db.execute("update practice.invoices set cancels_id = %s where id = %s", (first, document))
    scene.stage.run()
    return document


def _name_the_invoice(scene: Scene, document: int) -> None:
    scene.practice.db.execute(
        "update practice.invoices o set cancels_id = (select max(i.id) from practice.invoices i"
        " where i.practice_id = o.practice_id and i.kind = 'invoice') where o.id = %s",
        (document,),
    )


def _never_over(name: str, step: Words, **more: object) -> Cause:
    return Cause(
        name=name, happens=_before_the_switch_on, reason="original_not_transferred", who="operator", says=_NEVER_OVER,
        step=step, **more,
    )  # fmt: skip


OF_ORIGINALS = (
    Cause(
        name="moved-by-mistake-while-in-doubt", happens=_moved_while_in_doubt, reason="other_organisation", who="operator",
        says=("Er wird in keinem zweiten angelegt", "It is not created in a second one"), step=_RIGHT_KEY, remedy=_move_back,
    ),
    Cause(
        name="moved-while-in-doubt", happens=_moved_while_in_doubt, reason="other_organisation", who="operator",
        says=("mit einem anderen Unternehmen in Lexware bearbeitet", "already dealt with in another company"),
        step=_FORMER, remedy=discard, replay=None, ends=("discarded", 1),
    ),
    Cause(
        name="cancelled-after-the-move", happens=_moved_before_the_cancellation, reason="other_organisation", who="operator",
        says=("Dieser Beleg (oder sein Original)", "This document (or its original)"), step=_FORMER, remedy=discard,
        replay=None, ends=("discarded", 0),
    ),
    Cause(
        name="cancels-a-cancellation", happens=_cancels_a_cancellation, reason="original_not_invoice", who="practice",
        says=("ist selbst ein Storno", "is itself a cancellation"),
        step=("Ist eine Rechnung gemeint: sie in der Praxissoftware eintragen, dann replay", "If an invoice is meant: enter it in the practice software, then replay"),
        remedy=_name_the_invoice,
    ),
    _never_over(
        "original-backfilled", ("Erst die Rechnung nachholen (backfill) und dann replay", "Bring the invoice over first (backfill), then replay"),
        remedy=command("backfill", "--from", "2026-11-01", "--to", "2026-11-30"),
    ),
    _never_over(
        "sent-alone", ("das Storno allein senden (replay --unlinked)", "send the cancellation alone (replay --unlinked)"),
        remedy=nothing, replay=("--unlinked",),
    ),
    _never_over(
        "neither-is-wanted", ("mit discard schließen, wenn beide nicht nach Lexware sollen", "when neither is wanted in Lexware"),
        remedy=discard, replay=None, ends=("discarded", 0),
    ),
)  # fmt: skip
