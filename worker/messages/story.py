"""The story of a document in words. Why an attempt ended as it did stands in `reasons`."""

from worker.messages import Text
from worker.messages.labels import labels

TITLE = Text(de="{kind} {number} der Praxis {practice}: {state}", en="{kind} {number} of practice {practice}: {state}")
REASON = Text(de="{title} ({reason})", en="{title} ({reason})")

# What happened

WRITTEN = {
    "trigger": Text(
        de="Abgeschlossen; Ereignis {event_id} wurde geschrieben.", en="Completed; event {event_id} was written."
    ),
    "sweep": Text(
        de="Das Sicherheitsnetz fand den Beleg ohne Ereignis und schrieb Ereignis {event_id}.",
        en="The safety net found the document without an event and wrote event {event_id}.",
    ),
    "backfill": Text(
        de="Ein Nachtrag (backfill) schrieb Ereignis {event_id}.", en="A backfill wrote event {event_id}."
    ),
}
LOOK_BEGAN = Text(
    de="Versuch {place} beginnt: in Lexware nachsehen, ob es angekommen ist; gesendet wird nichts.",
    en="Attempt {place} begins: look in Lexware whether it has arrived; nothing is sent.",
)
BEGAN = {
    "document": Text(de="Versuch {place} beginnt: den Beleg senden.", en="Attempt {place} begins: send the document."),
    "contact": Text(
        de="Versuch {place} beginnt: den Kontakt finden oder anlegen.",
        en="Attempt {place} begins: find or create the contact.",
    ),
    "verify": Text(
        de="Versuch {place} beginnt: noch einmal nach einem Doppel sehen.",
        en="Attempt {place} begins: look once more for a twin.",
    ),
}
ENDED = Text(de="Versuch {place}: {words}", en="Attempt {place}: {words}")
FACTS = Text(de="{words} {facts}.", en="{words} {facts}.")
COUNTED = Text(de="{words} Zählt als Versuch.", en="{words} Counts as a try.")
OPENED = Text(
    de="Absicht {intent_id}: {effect} anlegen, bis {send_by} darf sie gehen.",
    en="Intent {intent_id}: create {effect}, it may leave until {send_by}.",
)
CLOSED = Text(de="Absicht {intent_id}: {outcome}.", en="Intent {intent_id}: {outcome}.")
WITH_ID = Text(de="{outcome}, {lexware_id}", en="{outcome}, {lexware_id}")
LOOKED = Text(
    de="Nachgesehen für Absicht {intent_id}: {verdict}.", en="Looked in Lexware for intent {intent_id}: {verdict}."
)
UNCOUNTED = Text(
    de="{verdict}; das zählt nicht, solange der Absender noch leben kann",
    en="{verdict}; that does not count while its sender may be alive",
)
LATE = Text(
    de="Späte Antwort zu Absicht {intent_id}: Lexware hatte doch {lexware_id} angelegt.",
    en="A late answer for intent {intent_id}: Lexware had created {lexware_id} after all.",
)
DONE = Text(de="{by}: {action}.", en="{by}: {action}.")
DONE_WHY = Text(de="{by}: {action} ({why}).", en="{by}: {action} ({why}).")
SETTLED = Text(de="Abgeschlossen als: {state}.", en="Settled: {state}.")

# In Lexware

IN_LEXWARE = Text(de="In Lexware: {url}", en="In Lexware: {url}")
TO_EDIT = Text(de="Bearbeiten: {url}", en="To edit it: {url}")
ITS_CONTACT = Text(de="Kontakt: {url}", en="Its contact: {url}")
LINKED = Text(de="Verknüpft mit der Rechnung {lexware_id}.", en="It is linked with the invoice {lexware_id}.")
DRAFT_PAIR = Text(
    de="Die Rechnung war noch ein Entwurf: beide sind Entwürfe. Bitte stellen Sie beide fertig, oder löschen Sie beide.",
    en="Its invoice was still a draft: both are drafts. Finalise both or delete both.",
)
DRAFT_PART = Text(
    de="Die Rechnung war noch ein Entwurf, und storniert ist nur ein Teil: beide sind Entwürfe. Bitte stellen Sie beide fertig; "
    "gelöscht fehlte auch der Rest der Rechnung.",
    en="Its invoice was still a draft, and only a part is cancelled: both are drafts. Finalise both; deleted, the rest of the "
    "invoice would be missing, too.",
)
UNLINKED = Text(de="Nicht mit der Rechnung verknüpft ({notice}).", en="It is not linked with its invoice ({notice}).")
SEEN = Text(de="Dort zuletzt gesehen, {at}: {state}.", en="Last seen there, {at}: {state}.")
NUMBERED = Text(de="Nummer in Lexware: {number}.", en="Its number in Lexware: {number}.")
PAID_ON = Text(de="Bezahlt am {day}.", en="Paid on {day}.")
STILL_OPEN = Text(de="Noch offen: {amount} €.", en="Still open: {amount} EUR.")
DIFFERS = Text(de="Anders, als es gesendet wurde: {what}.", en="Not as it was sent: {what}.")
ABSENT = Text(
    de="Seit {at} nicht gefunden; das beweist noch nichts und wird nachgeprüft.",
    en="Not found since {at}; that proves nothing yet and is checked again.",
)

# What happens next

NOTHING = Text(de="Mehr geschieht nicht.", en="Nothing more happens.")
DEAD = Text(
    de="{message} {to_do} Von selbst geschieht nichts; `lexrelay dead show {event_id}` sagt alles Weitere.",
    en="{message} {to_do} Nothing happens by itself; `lexrelay dead show {event_id}` tells the rest.",
)
HELD = Text(
    de="Zurückgehalten, bis die Praxis wieder übertragen darf. {why}",
    en="Held until its practice may transfer again. {why}",
)
BEHIND_ORIGINAL = Text(
    de="Wartet auf die Rechnung {number} (Ereignis {event_id}: {state}).",
    en="It waits for its invoice {number} (event {event_id}: {state}).",
)
BEHIND_CUSTOMER = Text(
    de="Wartet auf {number} desselben Empfängers (Ereignis {event_id}), dessen Kontakt ungeklärt ist.",
    en="It waits for the same customer's {number} (event {event_id}), whose contact is in doubt.",
)
NEXT = {
    "finish": Text(
        de="Gerade in Arbeit, längstens bis {at}.", en="A worker has it right now, until {at} at the latest."
    ),
    "look": Text(
        de="Als Nächstes, etwa {at}: in Lexware nachsehen, ob es dort ist; vorher wird nichts gesendet.",
        en="Next, about {at}: look in Lexware whether it is there; nothing is sent before.",
    ),
    "verify": Text(
        de="Übertragen; weil es zweimal gesendet wurde, wird etwa {at} noch einmal nach einem Doppel gesehen.",
        en="Delivered; as it was sent twice, Lexware is asked once more for a twin, about {at}.",
    ),
    "create_contact": Text(
        de="Als Nächstes, etwa {at}: den Kontakt finden oder anlegen.",
        en="Next, about {at}: find or create its payer's contact.",
    ),
    "upload_invoice": Text(
        de="Als Nächstes, etwa {at}: als Rechnungsentwurf senden.", en="Next, about {at}: send it as a draft invoice."
    ),
    "upload_cancellation": Text(
        de="Als Nächstes, etwa {at}: als Entwurf einer Rechnungskorrektur senden.",
        en="Next, about {at}: send it as a draft credit note.",
    ),
}
BEFORE_IT = Text(de="Davor sind noch {place}.", en="Before it: {place}.")
COOLING = Text(de="Die Praxis kühlt ab ({reason}).", en="The practice cools down ({reason}).")
OUTAGE = Text(de="Lexware antwortet gerade niemandem.", en="Lexware answers nobody at the moment.")

# No event

NO_DOCUMENT = Text(
    de="Die Praxis {practice} hat keinen Beleg {number}.", en="Practice {practice} has no document {number}."
)
STILL_A_DRAFT = Text(
    de="{kind} {number} ist in der Praxissoftware noch ein Entwurf und wird erst nach dem Abschließen übertragen.",
    en="{kind} {number} is still a draft in the practice software; it goes over when it is completed.",
)
RENUMBERED = Text(
    de="{kind} {number} hat seit dem Abschließen eine andere Nummer bekommen. Die Geschichte steht unter der früheren: "
    "`lexrelay show {former} --practice {practice}`.",
    en="{kind} {number} was given another number after it was completed. Its story stands under the former one: "
    "`lexrelay show {former} --practice {practice}`.",
)
EXPECTED = Text(
    de="{kind} {number} hat noch kein Ereignis. Der Poller schreibt es binnen einer Minute; `lexrelay status` sagt, ob "
    "einer läuft.",
    en="{kind} {number} has no event yet. The poller writes it within a minute; `lexrelay status` says whether one runs.",
)
SWITCHED_OFF = Text(
    de="{kind} {number} hat kein Ereignis: beim Abschließen war die Übertragung ausgeschaltet. {remedy}",
    en="{kind} {number} has no event: the transfer was switched off when it was completed. {remedy}",
)
LEFT = Text(
    de="{kind} {number} hat kein Ereignis: das Rechnungsdatum liegt vor dem Tag, ab dem übertragen wird. {remedy}",
    en="{kind} {number} has no event: its invoice date is before the day from which on documents go over. {remedy}",
)
NEVER_ON = Text(
    de="{kind} {number} hat kein Ereignis: die Übertragung war noch nie eingeschaltet. {remedy}",
    en="{kind} {number} has no event: the transfer was never switched on. {remedy}",
)
BACKFILL = Text(
    de="`lexrelay backfill --practice {practice} --from TAG --to TAG` bringt es nach.",
    en="`lexrelay backfill --practice {practice} --from DATE --to DATE` brings it over.",
)
PRACTICE_NEEDED = Text(
    de="Zu einer Belegnummer gehört --practice ID; ohne das ist die Kennung eines Ereignisses gemeint, eine Zahl.",
    en="A document's number goes with --practice ID; without it an event's id is meant, a number.",
)
NO_EVENT = Text(de="Ein Ereignis {event_id} gibt es nicht.", en="There is no event {event_id}.")

# What operators did

NOTHING_DONE = Text(de="Hier hat niemand etwas getan.", en="Nobody has done anything here.")
HISTORY = labels("at", "by", "action", "practice_id", "event_id", "why", "detail", action="did")
