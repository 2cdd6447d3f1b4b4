"""What goes wrong and comes right by itself, or ends by itself: no letter, no operator, but a story that says what it was."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from polling import until
from stage import PACE

from causes.cause import LANGUAGES, Words
from causes.scene import Scene
from worker.lab.sandbox.faults import Fault

_DOUBT: Words = (
    "Gesendet, aber ohne lesbare Antwort: nun wird in Lexware nachgesehen",
    "Sent, but without a readable answer: Lexware is now looked up",
)
_NEUTRAL: Words = (
    "nahm den Beleg mit einer negativen Position nicht an",
    "did not take the document with a negative line",
)


@dataclass(frozen=True, kw_only=True)
class ByItself:
    """One mishap. `happens` lets it come about and returns the document."""

    name: str
    happens: Callable[[Scene], int]
    says: Words
    ends: tuple[str, int] = ("delivered", 1)
    settings: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.name


def come_right(scene: Scene, mishap: ByItself) -> None:
    """It never dies, no try is used up, its story tells it in both languages, and exactly one arrives."""
    document = mishap.happens(scene)
    scene.stage.run()
    event = scene.stage.event(document)
    assert (event["state"], len(scene.copies(document))) == mishap.ends
    died = scene.stage.db.execute("select count(*) from outbox.attempt where outcome = 'dead'").fetchone()
    assert died == (0,)
    for place, lang in enumerate(LANGUAGES):
        assert mishap.says[place] in scene.of_practice("show", scene.number(document), "--lang", lang)
    scene.say("replay", event["event_id"], exits=1)


def _faulty(path: str = "/v1/invoices", method: str = "POST", **fault: Any) -> Callable[[Scene], int]:
    def happens(scene: Scene) -> int:
        payer = scene.known_payer()
        scene.fault(path, method, **fault)
        return scene.practice.invoice(payer)

    return happens


def _discount(switch: str, *, cancelled: bool = False) -> Callable[[Scene], int]:
    """Lexware takes no negative line, and there is one."""

    def happens(scene: Scene) -> int:
        scene.lexware.set_switches(scene.stage.tenant.id, **{switch: False})
        invoice = scene.practice.invoice(scene.known_payer(), [{}, {"unit_price": Decimal(-5)}])
        if not cancelled:
            return invoice
        scene.stage.run()
        return scene.practice.cancel(invoice)

    return happens


def _outage(scene: Scene) -> int:
    """Lexware answers nobody, for longer than all tries would last."""
    document = scene.practice.invoice(scene.known_payer())
    scene.lexware.start_outage(Fault(status=503, mode="status"))
    scene.until(lambda: scene.stage.db.execute("select 1 from outbox.outage").fetchone())
    story = [scene.of_practice("show", scene.number(document), "--lang", lang) for lang in LANGUAGES]
    assert "Lexware antwortet gerade niemandem." in story[0]
    assert "Lexware answers nobody at the moment." in story[1]
    scene.lexware.end_outage()
    return document


def _number_race(scene: Scene) -> int:
    scene.send()
    scene.lexware.set_switches(scene.stage.tenant.id, account_number_race_seconds=3600)
    document = scene.practice.invoice(scene.practice.customer())
    until(lambda: scene.stage.turn() and scene.stage.event(document)["reason"] == "account_number_race")
    scene.lexware.set_switches(scene.stage.tenant.id, account_number_race_seconds=0)
    return document


def _young_contact(scene: Scene) -> int:
    scene.lexware.set_switches(scene.stage.tenant.id, contact_unusable_seconds=1)
    return scene.practice.invoice(scene.practice.customer())


def _death(scene: Scene) -> int:
    """The process that began it is killed."""
    document, victim = scene.practice.invoice(scene.practice.customer()), scene.stage.open_runtime()
    (handed,) = scene.stage.hand_out()
    victim.ledger.begin(handed.event_id, handed.epoch)
    victim.close()
    return document


def _cancelled(*deeds: Any, **fault: Any) -> Callable[[Scene], int]:
    """The original went over, users do something with it, and it is cancelled."""

    def happens(scene: Scene) -> int:
        original = scene.send()
        for deed in deeds:
            scene.user(deed, document=scene.stage.lexware_id(original))
        if fault:
            scene.fault("/v1/credit-notes", **fault)
        return scene.practice.cancel(original)

    return happens


BY_ITSELF = (
    ByItself(name="too-many-calls", happens=_faulty(status=429), says=("zu viele Anfragen", "Lexware has too many calls")),
    ByItself(
        name="key-refused-once", happens=_faulty(status=401),
        says=("gleich wird gefragt, ob er wirklich ungültig ist", "it is asked soon whether it is really invalid"),
    ),
    ByItself(
        name="outage", happens=_outage,
        says=("Gesendet, aber ohne lesbare Antwort", "Sent, but without a readable answer"),
    ),
    ByItself(name="504-and-there", happens=_faulty(status=504, when="after"), says=_DOUBT),
    ByItself(name="cut-and-there", happens=_faulty(mode="reset", when="after"), says=_DOUBT),
    ByItself(name="silent-and-there", happens=_faulty(mode="hang", when="after", answer_after_seconds=2.0), says=_DOUBT),
    ByItself(name="unreadable-and-there", happens=_faulty(status=200, body="html", when="after"), says=_DOUBT),
    ByItself(
        name="500-and-not-there", happens=_faulty(status=500),
        says=("Zweimal in Lexware nicht gefunden", "Twice not found in Lexware: it did not arrive and may be sent again"),
    ),
    ByItself(
        name="number-given-twice", happens=_number_race,
        says=("wollte eine Kundennummer zweimal vergeben", "was about to give a customer number twice"),
    ),
    ByItself(
        name="contact-too-young", happens=_young_contact, settings={"pace": replace(PACE, settle_seconds=4)},
        says=("kennt den gerade angelegten Kontakt noch nicht", "does not know the new contact yet"),
    ),
    ByItself(
        name="worker-killed", happens=_death,
        says=("Der bearbeitende Prozess ist gestorben", "The process that worked on it died"),
    ),
    ByItself(
        name="link-refused", happens=_cancelled("finalise", status=406),
        says=("wollte das Storno nicht mit der Rechnung verknüpfen", "would not link the cancellation with the invoice"),
    ),
    ByItself(
        name="discount-on-an-invoice", happens=_discount("accepts_negative_line_prices"), settings={"lines": "itemised"},
        says=_NEUTRAL,
    ),
    ByItself(
        name="discount-on-a-credit-note", happens=_discount("accepts_negative_credit_lines", cancelled=True),
        settings={"lines": "itemised"}, says=_NEUTRAL,
    ),
    ByItself(
        name="original-is-a-draft", happens=_cancelled(),
        says=("Bitte stellen Sie beide fertig, oder löschen Sie beide", "Finalise both or delete both"),
    ),
    ByItself(
        name="original-deleted", happens=_cancelled("delete_draft"), ends=("discarded", 0),
        says=("es gibt nichts mehr zu stornieren", "there is nothing left to cancel"),
    ),
    ByItself(
        name="original-voided", happens=_cancelled("finalise", "void"), ends=("discarded", 0),
        says=("ein zweites Storno wäre falsch", "a second cancellation would be wrong"),
    ),
)  # fmt: skip
