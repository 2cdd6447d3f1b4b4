"""Deaths in doubt: a document may be in Lexware or not, or is there twice. Without proof it is never sent again."""

from typing import Any

from frost import frozen
from ledger_rows import restore
from polling import until
from sandbox_bodies import INVOICE

from causes.cause import Cause, Words
from causes.deeds import Happens, mend
from causes.scene import Scene
from outbox.ledger import Ledger
from worker.lab.sandbox.faults import Fault

_LOOK: Words = ("In Lexware nach dem Beleg sehen. Ist er da: discard --remote-id", "Look for the document in Lexware")
_TWICE: Words = ("Dieser Beleg liegt in Lexware mehr als einmal. Belege in Lexware: ",
                 "This document is in Lexware more than once. Documents in Lexware: ")  # fmt: skip
_NAME_IT: Words = ("die überzähligen Entwürfe löschen und den verbleibenden nennen: discard --remote-id",
                   "Delete the superfluous drafts in Lexware and name the one that stays: discard --remote-id")  # fmt: skip


def _lost(*then: Any, payer: dict[str, Any] | None = None, **fault: Any) -> Happens:
    """No answer came to the document's POST, and something happens before it is looked for."""

    def happens(scene: Scene) -> int:
        scene.fault(status=504, **fault)
        document = scene.practice.invoice(scene.known_payer(**payer or {}))
        until(lambda: scene.stage.turn() and scene.stage.event(document)["reason"] == "in_doubt")
        for deed in then:
            deed(scene)
        scene.stage.run()
        return document

    return happens


def _retext(scene: Scene) -> None:
    """A user writes another closing text, and our marker is gone."""
    scene.user("edit_draft", document=scene.lexware.documents()[0]["id"], changes={"remark": "Danke."})


def _copy(scene: Scene) -> None:
    """A user copies the draft, with all its texts."""
    original = scene.lexware.documents()[0]
    scene.user("copy_document", document=original["id"], changes={"remark": original["body"]["remark"]})


def _enter(scene: Scene, **changes: Any) -> str:
    """A user enters an invoice for the same contact by hand."""
    address = {"contactId": scene.lexware.contacts()[0]["id"]}
    body = INVOICE | {"address": address, "remark": "Danke."} | changes
    return str(scene.user("create_document", kind="invoice", body=body)["id"])


def _rename(scene: Scene) -> None:
    scene.host("update practice.customers set last_name = 'Muster'")


def _a_day_passes(scene: Scene) -> None:
    scene.host(
        "update outbox.intent set opened_at = opened_at - interval '25 hours', send_by = send_by - interval '25 hours'"
    )
    scene.lexware.add_fault(Fault(method="GET", path="/v1/voucherlist", status=503, count=None))


def _mend_the_list(scene: Scene, _document: int) -> None:
    scene.lexware.clear_faults()


def _restored(scene: Scene) -> int:
    """It went over, a user changed its text, and then the database came back from a backup of the day before."""
    document = scene.send(scene.known_payer())
    _retext(scene)
    restore(scene.stage.db)
    scene.say("migrate", "--after-restore")
    scene.of_practice("practice", "resume")
    scene.stage.run()
    return document


def _found_too_late(scene: Scene) -> int:
    """The list lagged longer than both looks; it was sent again, and looked up once more."""
    scene.lexware.set_switches(scene.stage.tenant.id, voucherlist_lag_seconds=3600)
    scene.fault(status=504, when="after")
    document = scene.practice.invoice(scene.known_payer())
    until(lambda: scene.stage.turn() and len(scene.lexware.documents()) == 2)
    scene.lexware.set_switches(scene.stage.tenant.id, voucherlist_lag_seconds=0)
    scene.stage.run()
    return document


def _answered_too_late(scene: Scene) -> int:
    """The first sender stood still with its 201 in hand, until the second had sent."""
    scene.lexware.set_switches(scene.stage.tenant.id, voucherlist_lag_seconds=60)
    document, runtime = scene.practice.invoice(scene.known_payer()), scene.stage.open_runtime()
    (handed,) = scene.stage.hand_out()
    with frozen(scene.stage, handed, Ledger, "settle", runtime=runtime) as sender:
        runtime._session_lock.stop()
        until(lambda: scene.stage.turn() and scene.stage.posts() == 2)
        sender.thaw()
    runtime.close()
    return document


def _state(scene: Scene, document: int, lexware_id: str) -> None:
    """The operator says which one it is."""
    scene.say("discard", scene.event_id(document), "--remote-id", lexware_id, "--why", "seen in Lexware", "--by", "ada")


def _it_is_there(scene: Scene, document: int) -> None:
    _state(scene, document, scene.lexware.documents()[0]["id"])


def _by_hand(scene: Scene, document: int) -> None:
    _state(scene, document, _enter(scene))


def _delete_one(scene: Scene, document: int) -> None:
    kept, superfluous = (one["id"] for one in scene.lexware.documents())
    scene.user("delete_draft", document=superfluous)
    _state(scene, document, kept)


def _delete_the_look_alike(scene: Scene, _document: int) -> None:
    scene.user("delete_draft", document=scene.lexware.documents()[0]["id"])


def _twice(name: str, happens: Happens) -> Cause:
    return Cause(
        name=name, happens=happens, reason="duplicate_found", who="practice", says=_TWICE, step=_NAME_IT, refused=True,
        remedy=_delete_one, replay=None, ends=("discarded", 1),
    )  # fmt: skip


OF_DOUBT = (
    Cause(
        name="retexted-while-in-doubt", happens=_lost(_retext, when="after"), reason="in_doubt", who="practice",
        says=("Ohne Beweis wird nicht noch einmal gesendet. Belege in Lexware: ", "Without proof it is not sent again. Documents in Lexware: "),
        step=_LOOK, remedy=_it_is_there, replay=None, ends=("discarded", 1),
    ),
    Cause(
        name="beside-a-look-alike", happens=_lost(_enter), reason="in_doubt", who="practice",
        says=("Ohne Beweis wird nicht noch einmal gesendet. Belege in Lexware: ", "Without proof it is not sent again. Documents in Lexware: "),
        step=("Ist er sicher nicht da: replay", "If it is certainly not: replay, which looks once more first"),
        remedy=_delete_the_look_alike,
    ),
    Cause(
        name="renamed-while-in-doubt", happens=_lost(_rename), reason="in_doubt", who="practice",
        says=("der Empfänger heißt seither anders", "its addressee has had another name since"),
        step=("den früheren Namen wieder eintragen, bis er übertragen ist", "give the addressee the former name back"),
        remedy=mend("update practice.customers set last_name = 'Beispiela'"),
    ),
    Cause(
        name="renamed-and-entered-by-hand", happens=_lost(_rename), reason="in_doubt", who="practice",
        says=("der Empfänger heißt seither anders", "its addressee has had another name since"),
        step=("Ist er nicht da: von Hand anlegen und discard --remote-id", "If not: enter it by hand and discard --remote-id"),
        remedy=_by_hand, replay=None, ends=("discarded", 1),
    ),
    Cause(
        name="not-to-be-looked-for-for-a-day", happens=_lost(_a_day_passes, when="after"), reason="in_doubt", who="practice",
        says=("Grund: Das Nachsehen in Lexware ist gescheitert und beweist nichts", "Cause: Looking it up in Lexware failed"),
        step=("replay, das zuerst noch einmal nachsieht", "replay, which looks once more first"), remedy=_mend_the_list,
    ),
    Cause(
        name="restored-from-a-backup", happens=_restored, reason="in_doubt", who="practice",
        says=("Grund: Die Datenbank stammt aus einer Sicherung", "Cause: The database comes from a backup"),
        step=_LOOK, remedy=_it_is_there, replay=None, ends=("discarded", 1),
    ),
    _twice("copied-while-in-doubt", _lost(_copy, when="after")),
    _twice("found-too-late", _found_too_late),
    _twice("answered-too-late", _answered_too_late),
)  # fmt: skip
