"""What waits for people in Lexware, in words, and what they decided about it."""

from collections.abc import Mapping

from worker.messages import Text
from worker.messages.labels import labels

NOTHING = Text(de="In Lexware wartet nichts auf jemanden.", en="Nothing waits for anybody in Lexware.")
MORE = Text(de="Und {count} weitere; --json zeigt alle.", en="And {count} more; --json shows all.")

# One section each: what stands above its table, and its columns

TITLES: Mapping[str, Text] = {
    "stopped": Text(
        de="So viele Belege fehlten auf einmal, dass keiner als gelöscht gilt. Bitte prüfen Sie, ob der API-Schlüssel zum "
        "richtigen Unternehmen gehört (`lexrelay check`); wurde in Lexware wirklich so viel gelöscht, bestätigen Sie es "
        "je Beleg mit `lexrelay drafts accept`.",
        en="So many documents were missing at once that none counts as deleted. Check whether the API key belongs to the "
        "right company (`lexrelay check`); if so much was deleted in Lexware, confirm it for each document with "
        "`lexrelay drafts accept`.",
    ),
    "missing": Text(
        de="Fertiggestellt und in Lexware nicht mehr da. Bitte klären Sie, warum; `lexrelay drafts accept` hält es fest.",
        en="Finalised, and no longer in Lexware. Find out why; `lexrelay drafts accept` records it.",
    ),
    "deleted": Text(
        de="In Lexware als Entwurf gelöscht. Von selbst wird nichts noch einmal gesendet: `lexrelay drafts accept` oder "
        "`lexrelay drafts send-again`.",
        en="Deleted in Lexware as a draft. Nothing is sent again by itself: `lexrelay drafts accept` or "
        "`lexrelay drafts send-again`.",
    ),
    "absent": Text(
        de="Einmal nicht gefunden; das beweist noch nichts und wird nachgeprüft.",
        en="Not found once; that proves nothing yet and is checked again.",
    ),
    "changed": Text(de="In Lexware anders, als sie gesendet wurden.", en="Not in Lexware as they were sent."),
    "back_to_draft": Text(de="In Lexware wieder zum Entwurf gemacht.", en="Put back to draft in Lexware."),
    "orphans": Text(
        de="In Lexware mit unserem Vermerk, aber zu keinem Beleg gehörig: meist eine Kopie. Bitte prüfen und löschen.",
        en="In Lexware with our marker but of no document: mostly a copy. Look at them and delete them.",
    ),
    "contacts": Text(
        de="Verknüpfte Kontakte, an denen der nächste Beleg scheitern würde: bitte neu verknüpfen (`lexrelay contact link`) "
        "oder aus dem Archiv holen.",
        en="Linked contacts that the next document would fail at: link anew (`lexrelay contact link`) or bring them back "
        "from the archive.",
    ),
    "pairs": Text(
        de="Storniert, als die Rechnung noch ein Entwurf war: bitte stellen Sie beide fertig, oder löschen Sie beide.",
        en="Cancelled while the invoice was a draft: finalise both or delete both.",
    ),
    "drafts": Text(de="Entwürfe, die noch niemand fertiggestellt hat.", en="Drafts that nobody has finalised yet."),
}
COLUMNS: Mapping[str, Mapping[str, Text]] = {
    "stopped": labels("practice_id", "at", kind="read"),
    "missing": labels("practice_id", "number", "lexware_number", "total", "seen_at", "url"),
    "deleted": labels("practice_id", "number", "lexware_number", "total", "seen_at"),
    "absent": labels("practice_id", "number", "lexware_number", "absent_since"),
    "changed": labels("practice_id", "number", "differs", "sent_total", "total", "seen_at", "url"),
    "back_to_draft": labels("practice_id", "number", "lexware_number", "seen_at", "url"),
    "orphans": labels("practice_id", "number", "lexware_number", "total", "found_at", "url"),
    "contacts": labels("practice_id", "customer_id", "state", "seen_at", "url"),
    "pairs": labels("practice_id", "invoice_number", "cancellation_number", "invoice_id", "credit_note_id"),
    "drafts": labels("practice_id", "number", "lexware_number", "total", "age_days", "url"),
}

# Decisions

ACCEPTED = Text(de="{number}: hingenommen und festgehalten.", en="{number}: accepted, and recorded.")
SENT_AGAIN = Text(
    de="{number} wird noch einmal gesendet, nachdem in Lexware nachgesehen wurde.",
    en="{number} is sent again, after a look in Lexware.",
)
NOT_LINKED = Text(
    de="{number} der Praxis {practice} ist kein übertragener Beleg.",
    en="{number} of practice {practice} is no document that was delivered.",
)
NOTHING_TO_ACCEPT = Text(
    de="{number} ist in Lexware, wie es gesendet wurde; es gibt nichts hinzunehmen.",
    en="{number} is in Lexware as it was sent; there is nothing to accept.",
)
NOT_DELETED = Text(
    de="{number} ist nicht als gelöschter Entwurf bekannt und wird nicht noch einmal gesendet; `lexrelay show {number}` sagt, "
    "wie es steht.",
    en="{number} is not known to be a deleted draft and is not sent again; `lexrelay show {number}` says how it stands.",
)
NOT_DELIVERED = Text(
    de="{number} ist nicht mehr als übertragen geführt; `lexrelay show {number}` sagt, was mit ihm geschieht.",
    en="{number} no longer counts as delivered; `lexrelay show {number}` says what happens with it.",
)
