"""One word for one thing: what the codes of the database and of JSON are called, wherever somebody reads them.

All other modules of messages take a term from here. A practice that stands still is *angehalten* (paused), its events are
*zurückgehalten* (held); whoever waits for another event is *blockiert* (blocked).
"""

from collections.abc import Mapping
from typing import Literal

from worker.messages import Text

Who = Literal["practice", "operator", "lexware", "developer", "nobody"]

WHO: Mapping[Who, Text] = {
    "practice": Text(de="die Praxis", en="the practice"),
    "operator": Text(de="der Betrieb von lexrelay", en="whoever runs lexrelay"),
    "lexware": Text(de="der Support von Lexware", en="Lexware's support"),
    "developer": Text(de="die Entwickler von lexrelay", en="the developers of lexrelay"),
    "nobody": Text(de="niemand", en="nobody"),
}
TO_DO = Text(de="Zu tun ({who}): {action}", en="To do ({who}): {action}")
YES_NO: Mapping[bool, Text] = {True: Text(de="ja", en="yes"), False: Text(de="nein", en="no")}

# Documents

KINDS: Mapping[str, Text] = {
    "invoice": Text(de="Rechnung", en="Invoice"),
    "cancellation": Text(de="Stornorechnung", en="Cancellation"),
}
DOCUMENT_STATUS: Mapping[str, Text] = {
    "draft": Text(de="noch ein Entwurf", en="still a draft"),
    "completed": Text(de="abgeschlossen", en="completed"),
    "cancelled": Text(de="storniert", en="cancelled"),
}
VOUCHER_STATUS: Mapping[str, Text] = {
    "draft": Text(de="Entwurf", en="draft"),
    "open": Text(de="offen", en="open"),
    "paid": Text(de="bezahlt", en="paid"),
    "paidoff": Text(de="ausgeglichen", en="paid off"),
    "voided": Text(de="storniert", en="voided"),
}
#: What became of a delivered document in Lexware, as the watch says it.
WATCHED: Mapping[str, Text] = {
    "draft": VOUCHER_STATUS["draft"],
    "open": VOUCHER_STATUS["open"],
    "partly_paid": Text(de="teilweise bezahlt", en="partly paid"),
    "paid": VOUCHER_STATUS["paid"],
    "overdue": Text(de="überfällig", en="overdue"),
    "voided": VOUCHER_STATUS["voided"],
    "back_to_draft": Text(de="wieder Entwurf", en="back to draft"),
    "changed": Text(de="geändert", en="changed"),
    "deleted": Text(de="als Entwurf gelöscht", en="deleted as a draft"),
    "missing": Text(de="fertiggestellt und nicht mehr da", en="finalised and no longer there"),
}
DIFFERS: Mapping[str, Text] = {
    "money": Text(de="Betrag", en="amount"),
    "day": Text(de="Datum", en="date"),
    "payer": Text(de="Empfänger", en="addressee"),
}

# Events, their attempts, and what was found out about them

STATES: Mapping[str, Text] = {
    "pending": Text(de="wartet", en="pending"),
    "in_flight": Text(de="in Arbeit", en="in flight"),
    "in_doubt": Text(de="ungeklärt", en="in doubt"),
    "blocked": Text(de="blockiert", en="blocked"),
    "held": Text(de="zurückgehalten", en="held"),
    "delivered": Text(de="übertragen", en="delivered"),
    "dead": Text(de="aufgegeben", en="dead"),
    "discarded": Text(de="geschlossen", en="discarded"),
}
ATTEMPTS: Mapping[str | None, Text] = {
    None: Text(de="Wird gerade bearbeitet.", en="Under way."),
    "delivered": Text(de="In Lexware angekommen.", en="Arrived in Lexware."),
    "needs_contact": Text(de="Zuerst braucht es den Kontakt in Lexware.", en="The contact in Lexware is needed first."),
    "retry": Text(de="Gescheitert, wird wiederholt.", en="Failed, will be tried again."),
    "snooze": Text(de="Zurückgestellt, ohne als Versuch zu zählen.", en="Put off, not counted as a try."),
    "dead": Text(de="Aufgegeben: ein Mensch muss handeln.", en="Given up: a human must act."),
    "not_needed": Text(de="Nicht mehr nötig.", en="No longer needed."),
    "crashed": Text(de="Der bearbeitende Prozess ist gestorben.", en="The process that worked on it died."),
    "lost": Text(de="Zu spät: ein anderer Prozess hatte übernommen.", en="Too late: another process had taken over."),
}
EFFECTS: Mapping[str, Text] = {
    "invoice": Text(de="Rechnung", en="invoice"),
    "credit_note": Text(de="Rechnungskorrektur", en="credit note"),
    "contact": Text(de="Kontakt", en="contact"),
}
INTENTS: Mapping[str | None, Text] = {
    None: STATES["in_doubt"],
    "created": Text(de="angelegt", en="created"),
    "adopted": Text(de="wiedergefunden", en="found again"),
    "refused": Text(de="abgelehnt", en="refused"),
    "not_sent": Text(de="nicht gesendet", en="not sent"),
    "absent": Text(de="nachweislich nicht angekommen", en="proven not to have arrived"),
    "resolved": Text(de="von Hand geklärt", en="settled by hand"),
}
VERDICTS: Mapping[str, Text] = {
    "found": Text(de="in Lexware gefunden", en="found in Lexware"),
    "several": Text(de="mehrfach in Lexware", en="several in Lexware"),
    "look_alike": Text(de="Ähnliches in Lexware", en="something alike in Lexware"),
    "absent": Text(de="nicht in Lexware", en="not in Lexware"),
    "failed": Text(de="Nachsehen gescheitert", en="the look failed"),
}
PLANS: Mapping[str, Text] = {
    "send": Text(de="senden", en="send"),
    "look_first": Text(de="erst nachsehen", en="look first"),
    "wait": Text(de="warten", en="wait"),
    "human": Text(de="braucht einen Menschen", en="needs a human"),
}

# Practices: how the transfer stands, what it lacks, its settings and its order

CONNECTIONS: Mapping[str, Text] = {
    "active": Text(de="aktiv", en="active"),
    "disabled": Text(de="ausgeschaltet", en="disabled"),
    "not_booked": Text(de="nicht bestellt", en="not booked"),
    "not_connected": Text(de="ohne API-Schlüssel", en="not connected"),
    "paused": Text(de="angehalten", en="paused"),
}
PAUSES: Mapping[str, Text] = {"operator": Text(de="von Hand", en="by hand")}
"""Reasons of a pause that are words; the others are the codes of the runbook."""
LACKS: Mapping[str, Text] = {
    "not_booked": Text(
        de="Die Übertragung ist nicht bestellt (`lexrelay practice book`).",
        en="The transfer is not booked (`lexrelay practice book`).",
    ),
    "not_connected": Text(
        de="Es ist kein API-Schlüssel hinterlegt (`lexrelay practice connect`).",
        en="No API key is stored (`lexrelay practice connect`).",
    ),
    "disabled": Text(
        de="Die Übertragung ist ausgeschaltet (`lexrelay practice enable`).",
        en="The transfer is switched off (`lexrelay practice enable`).",
    ),
}
LINES: Mapping[str, Text] = {
    "neutral": Text(de="eine Zeile je Steuersatz", en="one line per tax rate"),
    "itemised": Text(de="einzeln, mit Ziffer und Bezeichnung", en="itemised, with code and description"),
}
MATCHING: Mapping[str, Text] = {
    "exact": Text(de="Name und Anschrift genau gleich", en="name and address exactly equal"),
    "never": Text(de="nie, immer ein eigener Kontakt", en="never, always a contact of its own"),
    "none": Text(de="kein Kontakt, nur die Anschrift auf dem Beleg", en="no contact, only the address on the document"),
}
TAX_TYPES: Mapping[str, Text] = {
    "net": Text(de="netto", en="net"),
    "gross": Text(de="brutto", en="gross"),
    "vatfree": Text(de="umsatzsteuerfrei", en="free of VAT"),
}
BILLING: Mapping[str, Text] = {
    "monthly": Text(de="monatlich", en="monthly"),
    "yearly": Text(de="jährlich", en="yearly"),
}
PERIOD: Mapping[str, Text] = {
    "monthly": Text(de="Monat", en="month"),
    "yearly": Text(de="Jahr", en="year"),
}
CHARGED_FOR: Mapping[str, Text] = {
    "period": Text(de="Abrechnungszeitraum", en="period"),
    "trial": Text(de="Testphase", en="trial"),
    "included_in_plan": Text(de="im Tarif enthalten", en="included in the plan"),
}

# What operators did

ACTIONS: Mapping[str, Text] = {
    "replay": Text(de="wiederholt", en="replayed"),
    "discard": Text(de="geschlossen", en="discarded"),
    "accept": Text(de="hingenommen", en="accepted"),
    "send again": Text(de="noch einmal gesendet", en="sent again"),
    "backfill": Text(de="nachgetragen", en="backfilled"),
    "preview": Text(de="Vorschau gesehen", en="saw a preview"),
    "reveal": Text(de="Namen gesehen", en="saw a name"),
    "restore": Text(de="nach Rücksicherung angehalten", en="paused after a restore"),
    "console.link": Text(de="Link zur Konsole gemacht", en="made a link into the console"),
    "host.force": Text(de="Beschreibung erzwungen", en="forced the description"),
    "practice.book": Text(de="bestellt", en="booked"),
    "practice.unbook": Text(de="abbestellt", en="ended the booking"),
    "practice.keep": Text(de="Abbestellung zurückgenommen", en="took the end back"),
    "practice.alarm": Text(de="Adresse für Alarme", en="address for alarms"),
    "practice.confirm_note": Text(de="Wortlaut bestätigt", en="confirmed a note"),
    "practice.connect": Text(de="API-Schlüssel hinterlegt", en="stored an API key"),
    "practice.enable": Text(de="eingeschaltet", en="switched on"),
    "practice.disable": Text(de="ausgeschaltet", en="switched off"),
    "practice.pause": Text(de="angehalten", en="paused"),
    "practice.resume": Text(de="fortgesetzt", en="resumed"),
    "contact.forget": Text(de="Namen vergessen", en="forgot a name"),
    "contact.link": Text(de="Kontakt verknüpft", en="linked a contact"),
    "contact.unlink": Text(de="Kontakt gelöst", en="unlinked a contact"),
    "contact.suggest": Text(de="Kontakte vorgeschlagen", en="saw suggestions"),
    "probe.trial": Text(de="Probe im Testkonto gemacht", en="made a trial"),
    "probe.weekly": Text(de="wöchentliche Probe gestellt", en="set the weekly probe"),
    "report.sign": Text(de="Nachweis geprüft", en="signed a report"),
    "secrets.rotate": Text(de="Schlüssel erneuert", en="rotated keys"),
}

# Contacts

CONTACT_STATES: Mapping[str, Text] = {
    "usable": Text(de="verwendbar", en="usable"),
    "archived": Text(de="archiviert", en="archived"),
    "not_a_customer": Text(de="nur Lieferant", en="supplier only"),
    "gone": Text(de="nicht mehr da", en="gone"),
}
ORIGINS: Mapping[str, Text] = {
    "created": Text(de="angelegt", en="created"),
    "matched": Text(de="gefunden", en="found"),
    "linked": Text(de="von Hand", en="by hand"),
}
