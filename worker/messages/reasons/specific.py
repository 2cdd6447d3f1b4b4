"""What the detail tells beyond the reason: the same reason may need other words, another step, another actor.

Each entry is chosen by one value of the detail; what is not listed keeps the words of its reason.
"""

from collections.abc import Mapping
from typing import Any

from worker.messages import Text
from worker.messages.reasons.entry import Entry
from worker.messages.reasons.issues import explain
from worker.messages.reasons.originals import OF_ORIGINALS

CONTACT_IN_DOUBT = Entry(
    code="in_doubt.contact",
    who="practice",
    replay="after_the_step",
    message=Text(
        de="Es ließ sich nicht feststellen, ob der Kontakt des Empfängers in Lexware angelegt wurde. Der Beleg selbst wurde "
        "noch nicht gesendet.",
        en="It could not be found out whether the addressee's contact was created in Lexware. The document itself was not "
        "sent yet.",
    ),
    action=Text(
        de="Den Empfänger in Lexware suchen und den richtigen Kontakt hinterlegen (contact link); fehlt er, ihn dort anlegen und "
        "hinterlegen. Dann replay.",
        en="Find the addressee in Lexware and enter the right contact (contact link); if there is none, create it there and "
        "enter it. Then replay.",
    ),
)
PAYER_CHANGED = Entry(
    code="in_doubt.payer_changed",
    who="practice",
    replay="after_the_step",
    message=Text(
        de="Es ließ sich nicht feststellen, ob der Beleg in Lexware angekommen ist, und der Empfänger heißt seither anders: dass "
        "nichts gefunden wird, beweist darum nichts.",
        en="It could not be found out whether the document arrived in Lexware, and its addressee has had another name since: "
        "that nothing is found proves nothing therefore.",
    ),
    action=Text(
        de="In Lexware nach dem Beleg sehen. Ist er da: discard --remote-id. Ist er nicht da: von Hand anlegen und discard "
        "--remote-id; oder in der Praxissoftware den früheren Namen wieder eintragen, bis er übertragen ist, und replay.",
        en="Look for the document in Lexware. If it is there: discard --remote-id. If not: enter it by hand and discard "
        "--remote-id; or give the addressee the former name back in the practice software until it has gone over, and "
        "replay.",
    ),
)
CONTACT_TWICE = Entry(
    code="duplicate_found.contact",
    who="practice",
    replay="after_the_step",
    message=Text(
        de="Der Kontakt des Empfängers liegt in Lexware mehr als einmal.",
        en="The addressee's contact is in Lexware more than once.",
    ),
    action=Text(
        de="Die genannten Kontakte in Lexware zusammenführen und den verbleibenden hinterlegen (contact link), dann replay: der "
        "Beleg wird dabei nicht noch einmal gesendet, wenn er schon da ist.",
        en="Merge the contacts named in Lexware and enter the one that stays (contact link), then replay: the document is not "
        "sent again if it is there already.",
    ),
)
NOT_A_CUSTOMER = Entry(
    code="contact_gone.not_a_customer",
    who="practice",
    replay="after_the_step",
    message=Text(
        de="Den verknüpften Kontakt gibt es in Lexware, aber er ist dort kein Kunde; an ihn geht keine Rechnung.",
        en="The linked contact is in Lexware but is no customer there; no invoice can go to it.",
    ),
    action=Text(
        de="Dem Kontakt in Lexware die Rolle Kunde geben, oder einen anderen hinterlegen (contact link), dann replay.",
        en="Give the contact the role customer in Lexware, or enter another one (contact link), then replay.",
    ),
)
CONTACT_MISSING = Entry(
    code="contact_gone.missing",
    who="practice",
    replay="after_the_step",
    message=Text(
        de="Den verknüpften Kontakt gibt es in Lexware nicht mehr. Er wird nicht still neu angelegt.",
        en="The linked contact no longer exists in Lexware. It is not silently created again.",
    ),
    action=Text(
        de="Wurde er in Lexware zusammengeführt, den verbliebenen hinterlegen, sonst einen anderen hinterlegen (contact link), "
        "dann replay.",
        en="If it was merged in Lexware, enter the one that stayed, else enter another one (contact link), then replay.",
    ),
)
CONTACT_ARCHIVED = Entry(
    code="contact_gone.archived",
    who="practice",
    replay="after_the_step",
    message=Text(
        de="Der verknüpfte Kontakt ist in Lexware archiviert. Er wird nicht still neu angelegt.",
        en="The linked contact is archived in Lexware. It is not silently created again.",
    ),
    action=Text(
        de="Den Kontakt in Lexware aus dem Archiv holen oder einen anderen hinterlegen (contact link), dann replay.",
        en="Bring the contact back from the archive in Lexware, or enter another one (contact link), then replay.",
    ),
)
UNEXPECTED = Entry(
    code="retries_exhausted.unexpected",
    who="developer",
    replay="after_the_step",
    message=Text(
        de="lexrelay ist an diesem Beleg gescheitert, jedes Mal mit einem unerwarteten Fehler.",
        en="lexrelay failed at this document, each time with an unexpected error.",
    ),
    action=Text(
        de="Die Stelle aus dem Protokoll (delivery.failed) den Entwicklern geben. Nach einer neuen Version: replay, am besten "
        "mit --canary.",
        en="Give the place in the log (delivery.failed) to the developers. After a new version: replay, best with --canary.",
    ),
)
TOO_MANY_FOUND = Entry(
    code="retries_exhausted.truncated",
    who="practice",
    replay="after_the_step",
    message=Text(
        de="Unter dem Namen des Empfängers findet Lexware mehr Kontakte, als sich lesen lassen; welcher gemeint ist, bleibt offen.",
        en="Lexware finds more contacts of the addressee's name than can be read; which one is meant stays open.",
    ),
    action=Text(
        de="Den Kontakt in Lexware suchen oder anlegen und hinterlegen (contact link), dann replay.",
        en="Find or create the contact in Lexware and enter it (contact link), then replay.",
    ),
)

_BY_DETAIL: Mapping[tuple[str, str, object], Entry] = {
    ("in_doubt", "about_contact", True): CONTACT_IN_DOUBT,
    ("in_doubt", "why", "payer_changed"): PAYER_CHANGED,
    ("duplicate_found", "about_contact", True): CONTACT_TWICE,
    ("contact_gone", "contact", "missing"): CONTACT_MISSING,
    ("contact_gone", "contact", "archived"): CONTACT_ARCHIVED,
    ("contact_gone", "contact", "not_a_customer"): NOT_A_CUSTOMER,
    ("contact_gone", "codes", "INVALID address.contactId"): NOT_A_CUSTOMER,
    ("retries_exhausted", "last_reason", "unexpected"): UNEXPECTED,
    ("retries_exhausted", "last_reason", "truncated"): TOO_MANY_FOUND,
    **OF_ORIGINALS,
}
SPECIFIC = tuple({entry.code: entry for entry in _BY_DETAIL.values()}.values())


def specific(reason: str, detail: Mapping[str, Any]) -> Entry | None:
    """The entry that explains it better than its reason's; None: there is none."""
    for (of_reason, key, value), entry in _BY_DETAIL.items():
        if reason == of_reason and _tells(detail.get(key), value):
            return entry
    return explain(detail) if reason in ("refused_by_lexware", "retries_exhausted") else None


def _tells(found: object, value: object) -> bool:
    return value in found if isinstance(found, list) else found == value
