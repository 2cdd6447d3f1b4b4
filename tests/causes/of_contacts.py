"""Deaths by what is the matter with the payer's contact in Lexware, each settled by naming the right one."""

from typing import Any

from polling import until

from causes.cause import Cause, Words
from causes.deeds import Happens, after, link, switch
from causes.scene import Scene

_LINK: Words = (
    "den richtigen hinterlegen (contact link), dann replay",
    "enter the right one (contact link), then replay",
)
_OTHER: Words = ("einen anderen hinterlegen (contact link)", "enter another one (contact link), then replay")
_MERGE: Words = ("zusammenführen und den verbleibenden hinterlegen", "Merge the contacts named in Lexware")
_GONE: Words = (
    "Er wird nicht still neu angelegt.",
    "It is not silently created again.",
)
_FIND: Words = ("den richtigen Kontakt hinterlegen (contact link)", "enter the right contact (contact link)")


def _link_the_first(scene: Scene, document: int) -> None:
    link(scene, document, scene.lexware.contacts()[0]["id"])


def _ambiguous(scene: Scene) -> int:
    for _ in range(2):
        scene.person()
    return scene.send()


def _linked(deed: Any = None, **body: Any) -> Happens:
    """The customer is linked with a contact to which something happens."""

    def happens(scene: Scene) -> int:
        contact, payer = scene.person(**body), scene.practice.customer()
        scene.practice.link(payer, contact, scene.stage.tenant.id)
        if deed:
            scene.user(deed, contact=contact)
        return scene.send(payer)

    return happens


def _unlinked(deed: Any) -> Happens:
    """We made the contact, its link was taken away, and something happens to it."""

    def happens(scene: Scene) -> int:
        payer = scene.practice.customer()
        scene.send(payer)
        scene.of_practice("contact", "unlink", "--customer", payer)
        scene.user(deed, contact=scene.lexware.contacts()[0]["id"])
        return scene.send(payer)

    return happens


def _deleted_before_the_cancellation(scene: Scene) -> int:
    """Somebody deletes the contact after its invoice was finalised, which the credit note then refers to as well."""
    payer = scene.known_payer()
    original = scene.send(payer)
    scene.user("finalise", document=scene.stage.lexware_id(original))
    scene.user("delete_contact", contact=scene.lexware.contacts()[0]["id"])
    document = scene.practice.cancel(original)
    scene.stage.run()
    return document


def _make_customer(scene: Scene, _document: int) -> None:
    contact = scene.lexware.contacts()[0]["id"]
    scene.user("edit_contact", contact=contact, changes={"roles": {"customer": {}}})


def _lost(then: Any, **fault: Any) -> Happens:
    """No answer came to the contact's POST, and somebody is at work in Lexware before it is looked for."""

    def happens(scene: Scene) -> int:
        scene.fault("/v1/contacts", status=504, **fault)
        document = scene.practice.invoice(scene.practice.customer())
        until(lambda: scene.stage.turn() and scene.stage.event(document)["reason"] == "in_doubt")
        then(scene)
        scene.stage.run()
        return document

    return happens


def _copied(scene: Scene) -> None:
    """A user copies the contact, note and all."""
    made = scene.lexware.contacts()[0]["body"]
    scene.user("create_contact", body={name: made[name] for name in ("roles", "person", "addresses", "note")})


def _turned_up_late(scene: Scene) -> int:
    """The search lagged longer than both looks; made again, the first one turns up."""
    scene.lexware.set_switches(scene.stage.tenant.id, contact_search_lag_seconds=3600)
    scene.fault("/v1/contacts", status=504, when="after")
    document = scene.practice.invoice(scene.practice.customer())
    until(lambda: scene.stage.turn() and len(scene.lexware.contacts()) == 2)
    scene.lexware.set_switches(scene.stage.tenant.id, contact_search_lag_seconds=0)
    scene.stage.run()
    return document


def _merge(scene: Scene, document: int) -> None:
    first, second = (contact["id"] for contact in scene.lexware.contacts())
    scene.user("merge_contacts", contact=second, into=first)
    link(scene, document, first)


OF_CONTACTS = (
    Cause(
        name="two-of-one-name", happens=_ambiguous, reason="contact_ambiguous", who="practice",
        says=("Mehrere Kontakte in Lexware passen genau", "Several contacts in Lexware fit the addressee exactly"),
        step=_LINK, remedy=_link_the_first,
    ),
    Cause(
        name="linked-and-deleted", happens=_linked("delete_contact"), reason="contact_gone", who="practice",
        says=_GONE, step=_OTHER, remedy=link,
    ),
    Cause(
        name="linked-and-archived", happens=after(switch(accepts_archived_contact=False), then=_linked("archive_contact")),
        reason="contact_gone", who="practice", says=_GONE, step=_OTHER, remedy=link,
    ),
    Cause(
        name="cancelled-and-deleted", happens=_deleted_before_the_cancellation, reason="contact_gone", who="practice", says=_GONE,
        step=_OTHER, remedy=link,
    ),
    Cause(
        name="linked-with-a-supplier", happens=_linked(roles={"vendor": {}}), reason="contact_gone", who="practice",
        says=("er ist dort kein Kunde; an ihn geht keine Rechnung. Status: ", "is no customer there; no invoice can go to it. Status: "),
        step=("Dem Kontakt in Lexware die Rolle Kunde geben", "Give the contact the role customer in Lexware"),
        remedy=_make_customer,
    ),
    Cause(
        name="ours-and-deleted", happens=_unlinked("delete_contact"), reason="contact_gone", who="practice",
        says=_GONE,
        step=_OTHER, remedy=link,
    ),
    Cause(
        name="ours-and-archived", happens=_unlinked("archive_contact"), reason="contact_gone", who="practice",
        says=("oder er ist archiviert", "or is archived"), step=_OTHER, remedy=link,
    ),
    Cause(
        name="in-doubt-beside-a-look-alike", happens=_lost(lambda scene: scene.person()), reason="in_doubt", who="practice",
        says=("Der Beleg selbst wurde noch nicht gesendet. Kontakte in Lexware: ",
              "The document itself was not sent yet. Contacts in Lexware: "),
        step=_FIND, remedy=_link_the_first,
    ),
    Cause(
        name="renamed-while-in-doubt", reason="in_doubt", who="practice",
        happens=_lost(lambda scene: scene.host("update practice.customers set last_name = 'Muster'")),
        says=("ob der Kontakt des Empfängers in Lexware angelegt wurde", "whether the addressee's contact was created"),
        step=_FIND, remedy=lambda scene, document: link(scene, document, scene.person("Muster")),
    ),
    Cause(
        name="copied-while-in-doubt", happens=_lost(_copied, when="after"), reason="contact_ambiguous", who="practice",
        says=("Mehrere Kontakte in Lexware passen genau", "Several contacts in Lexware fit the addressee exactly"),
        step=_LINK, remedy=_link_the_first,
    ),
    Cause(
        name="made-twice", happens=_turned_up_late, reason="duplicate_found", who="practice",
        says=("Der Kontakt des Empfängers liegt in Lexware mehr als einmal. Kontakte in Lexware: ",
              "The addressee's contact is in Lexware more than once. Contacts in Lexware: "),
        step=_MERGE, remedy=_merge, is_cured_by_replay=True,
    ),
)  # fmt: skip
