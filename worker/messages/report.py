"""The proof of a month in words: its parts, their columns, and what keeps it from being proven."""

from collections.abc import Mapping

from worker.messages import Text
from worker.messages.glossary import KINDS, STATES, VOUCHER_STATUS
from worker.messages.reasons import DEAD, DISCARDED
from worker.messages.reasons.delays import DELAYS, DOUBTS

TITLE = Text(de="Nachweis für {month}, Praxis {practice}", en="Proof of {month}, practice {practice}")
ORGANISATION = Text(de="Organisation in Lexware: {organisation}", en="Organisation in Lexware: {organisation}")
NO_ORGANISATION = Text(de="Nicht mit Lexware verbunden", en="Not connected with Lexware")
PERIOD = Text(
    de="Zeitraum nach Rechnungsdatum: {first} bis {last}. Beträge in Euro, Stornos negativ.",
    en="Period by invoice date: {first} to {last}. Amounts in EUR, cancellations negative.",
)
PROVEN = Text(de="VOLLSTÄNDIG: alles ist nachgewiesen.", en="COMPLETE: everything is proven.")
NOT_PROVEN = Text(
    de="NICHT VOLLSTÄNDIG. Dem Nachweis steht entgegen:", en="NOT COMPLETE. What keeps it from being proven:"
)
ASKED = Text(
    de="Lexware wurde gefragt vom {begun} bis {ended}. Belege: {listed}, Seiten: {pages}, Aufrufe: {calls}.",
    en="Lexware was asked from {begun} to {ended}. Documents: {listed}, pages: {pages}, calls: {calls}.",
)
HASHES = Text(de="Prüfsumme (SHA-256): {hash}", en="Checksum (SHA-256): {hash}")
PREVIOUS = Text(de="Vorheriger Nachweis: {hash}", en="Previous report: {hash}")
FIRST = Text(de="Vorheriger Nachweis: keiner", en="Previous report: none")
SIGNED = Text(de="Geprüft am {at} von {by}.", en="Checked on {at} by {by}.")
REMARK = Text(de="Bemerkung: {why}", en="Remark: {why}")
TO_SIGN = Text(
    de="Datum: ______________  Name, Unterschrift: ____________________________________",
    en="Date: ______________  Name, signature: ________________________________________",
)
PAGE = Text(de="Seite {page} von {pages}", en="Page {page} of {pages}")
NOTHING = Text(de="Nichts.", en="Nothing.")
TOO_MANY = Text(
    de="Mehr als 1000 Zeilen; sie stehen in den Formaten csv und json.",
    en="More than 1000 lines; the formats csv and json have them.",
)

PARTS: Mapping[str, Text] = {
    "totals": Text(de="Kontrollsummen", en="Control totals"),
    "funnel": Text(de="Verbleib der Belege", en="Where the documents stand"),
    "not_transferred": Text(de="Nicht in Lexware", en="Not in Lexware"),
    "gaps": Text(de="Fehlende Nummern", en="Missing numbers"),
    "doubles": Text(de="Doppeltes", en="What is there twice"),
    "pairs": Text(de="Rechnungen und ihre Stornos", en="Invoices and their cancellations"),
    "drafts": Text(de="Noch Entwürfe in Lexware", en="Still drafts in Lexware"),
    "changed": Text(de="Nach der Übertragung geändert", en="Changed after the transfer"),
    "missing": Text(de="In Lexware nicht mehr da", en="No longer in Lexware"),
    "orphans": Text(de="In Lexware ohne Zuordnung", en="In Lexware without a link"),
    "decisions": Text(de="Entscheidungen von Menschen", en="Decisions by humans"),
    "mapping": Text(de="Nummern der Praxis und in Lexware", en="Numbers of the practice and in Lexware"),
}

COLUMNS: Mapping[str, Text] = {
    "group": Text(de="Steuer", en="Tax"),
    "kind": Text(de="Art", en="Kind"),
    "column": Text(de="Spalte", en="Column"),
    "count": Text(de="Anzahl", en="Count"),
    "gross": Text(de="brutto", en="gross"),
    "net": Text(de="netto", en="net"),
    "tax": Text(de="Steuerbetrag", en="tax"),
    "standing": Text(de="Verbleib", en="Standing"),
    "reason": Text(de="Grund", en="Reason"),
    "number": Text(de="Nummer", en="Number"),
    "lexware_id": Text(de="Lexware-ID", en="Lexware id"),
    "lexware_number": Text(de="Nummer in Lexware", en="Number in Lexware"),
    "state": Text(de="Stand in Lexware", en="State in Lexware"),
    "in": Text(de="wo", en="Where"),
    "document_ids": Text(de="Belege", en="Documents"),
    "lexware_ids": Text(de="Lexware-IDs", en="Lexware ids"),
    "invoice_number": Text(de="Rechnung", en="Invoice"),
    "cancellation_number": Text(de="Stornorechnung", en="Cancellation"),
    "invoice_state": Text(de="Stand der Rechnung", en="State of the invoice"),
    "cancellation_state": Text(de="Stand des Stornos", en="State of the cancellation"),
    "finding": Text(de="Befund", en="Finding"),
    "age_days": Text(de="Alter in Tagen", en="Age in days"),
    "late": Text(de="über 10 Tage", en="over 10 days"),
    "month": Text(de="Monat", en="Month"),
    "what": Text(de="Was", en="What"),
    "before": Text(de="vorher", en="before"),
    "after": Text(de="nachher", en="after"),
    "noticed_at": Text(de="bemerkt", en="noticed"),
    "accepted_by": Text(de="gebilligt von", en="accepted by"),
    "total": Text(de="Betrag", en="Amount"),
    "voucher_date": Text(de="Datum", en="Date"),
    "why": Text(de="Warum", en="Why"),
    "at": Text(de="Wann", en="When"),
    "by": Text(de="Wer", en="Who"),
    "decision": Text(de="Entscheidung", en="Decision"),
}

_SIDES: Mapping[str, Text] = {
    "practice": Text(de="Praxis", en="practice"),
    "sent": Text(de="gesendet", en="sent"),
    "lexware": Text(de="Lexware jetzt", en="Lexware now"),
}
_GROUPS: Mapping[str, Text] = {
    "exempt": Text(de="steuerfrei", en="exempt"),
    "0": Text(de="0 %", en="0 %"),
    "7": Text(de="7 %", en="7 %"),
    "19": Text(de="19 %", en="19 %"),
    "unclear": Text(de="unklar", en="unclear"),
}
STANDINGS: Mapping[str, Text] = {
    "documents": Text(de="Belege des Monats", en="Documents of the month"),
    "transferred": Text(de="übertragen", en="transferred"),
    "excluded": Text(de="bewusst nicht übertragen", en="left out on purpose"),
    "held": Text(de="wartet", en="waiting"),
    "failed": Text(de="aufgegeben", en="given up"),
    "in_doubt": STATES["in_doubt"],
    "lost": Text(de="ohne Verbleib", en="unaccounted for"),
}
_STATES: Mapping[str, Text] = {
    "draft": VOUCHER_STATUS["draft"],
    "open": VOUCHER_STATUS["open"],
    "paid": VOUCHER_STATUS["paid"],
    "voided": VOUCHER_STATUS["voided"],
    "partly_paid": Text(de="teilweise bezahlt", en="partly paid"),
    "overdue": Text(de="überfällig", en="overdue"),
    "changed": Text(de="geändert", en="changed"),
    "back_to_draft": Text(de="wieder Entwurf", en="back to draft"),
    "deleted": Text(de="gelöscht", en="deleted"),
    "deleted_with_pair": Text(de="samt Gegenstück gelöscht", en="deleted together with its pair"),
    "missing": Text(de="verschwunden", en="missing"),
    "unconfirmed": Text(de="nicht gefunden, noch unbestätigt", en="not found, not confirmed yet"),
    "never_seen": Text(de="nie gesehen", en="never seen"),
}
_FINDINGS: Mapping[str, Text] = {
    "both_drafts": Text(de="beide Entwürfe: fertigstellen oder löschen", en="both drafts: finalise or delete both"),
    "in_part": Text(de="zum Teil storniert", en="cancelled in part"),
    "amounts_not_opposite": Text(de="mehr storniert als berechnet", en="more cancelled than charged"),
    "original_not_transferred": Text(de="Rechnung nicht übertragen", en="the invoice did not go over"),
    "still_alive": Text(de="storniert, in Lexware noch gültig", en="cancelled, still valid in Lexware"),
    "undone_twice": Text(de="in Lexware doppelt storniert", en="undone twice in Lexware"),
    "voided_in_lexware": Text(de="nur in Lexware storniert", en="voided in Lexware only"),
    "no_cancellation": Text(de="storniert ohne Stornorechnung", en="cancelled without a cancellation"),
    "no_original": Text(de="Storno ohne Rechnung", en="a cancellation without its invoice"),
}
_CHANGES: Mapping[str, Text] = {
    "practice": Text(de="Betrag in der Praxis", en="amount in the practice"),
    "money": Text(de="Betrag", en="amount"),
    "tax": Text(de="Steuer", en="tax"),
    "day": Text(de="Datum", en="day"),
    "payer": Text(de="Empfänger", en="addressee"),
    "back_to_draft": _STATES["back_to_draft"],
    "came_late": Text(de="nachträglich in geschlossenem Monat", en="came late, into a closed month"),
    "other": Text(de="anderes", en="something else"),
}
_ORPHANS: Mapping[str, Text] = {
    "marker": Text(de="trägt unser Kennzeichen", en="bears our marker"),
    "look_alike": Text(
        de="gleicht einem übertragenen Beleg (Kontakt, Betrag, sieben Tage)",
        en="is like a transferred document (contact, amount, seven days)",
    ),
}
_REASONS: Mapping[str, Text] = {
    "not_switched_on": Text(de="nicht in der Zeit, die übertragen wird", en="not of the time that is transferred"),
    **{code: one.message for code, one in {**DEAD, **DISCARDED}.items()},
    **DELAYS,
    **DOUBTS,
}
WORDS: Mapping[str, Mapping[str, Text]] = {
    "reason": _REASONS,
    "column": _SIDES,
    "in": _SIDES,
    "group": _GROUPS,
    "kind": KINDS,
    "standing": STANDINGS,
    "state": _STATES,
    "invoice_state": _STATES,
    "cancellation_state": _STATES,
    "finding": _FINDINGS,
    "what": _CHANGES,
    "why": _ORPHANS,
}
"""Codes and what they mean, by the name of their column; a word that is no code stays as it is."""

WHY_NOT: Mapping[str, Text] = {
    "not_connected": Text(
        de="Die Praxis ist nicht mit Lexware verbunden (`lexrelay practice connect`).",
        en="The practice is not connected with Lexware (`lexrelay practice connect`).",
    ),
    "key_unreadable": Text(
        de="Der gespeicherte API-Schlüssel lässt sich nicht öffnen (LEXRELAY_SECRET_KEYS).",
        en="The stored API key cannot be opened (LEXRELAY_SECRET_KEYS).",
    ),
    "key_refused": Text(de="Lexware weist den API-Schlüssel ab.", en="Lexware refuses the API key."),
    "plan_too_small": Text(
        de="Der Lexware-Tarif enthält die Schnittstelle nicht.", en="The Lexware plan does not include the interface."
    ),
    "permission_missing": Text(
        de="Dem API-Schlüssel fehlt ein Recht: Belegliste, Rechnungen, Rechnungskorrekturen.",
        en="The API key lacks a permission: voucher list, invoices, credit notes.",
    ),
    "other_organisation": Text(
        de="Hinter dem API-Schlüssel steht ein anderes Unternehmen.", en="Behind the API key is another organisation."
    ),
    "too_many_calls": Text(
        de="Lexware will gerade nicht so oft gefragt werden. Später noch einmal.",
        en="Lexware does not want to be asked so often. Try again later.",
    ),
    "not_reached": Text(de="Lexware ist nicht zu erreichen.", en="Lexware cannot be reached."),
    "no_answer": Text(de="Lexware hat nicht geantwortet.", en="Lexware did not answer."),
    "refused": Text(de="Lexware hat die Frage abgewiesen.", en="Lexware refused the question."),
    "window_full": Text(
        de="Ein Tag hat mehr Belege, als Lexware auflistet.", en="A day has more documents than Lexware lists."
    ),
    "list_changed": Text(
        de="Die Belegliste hat sich beim Lesen immer wieder geändert.", en="The list kept changing while it was read."
    ),
    "too_many_missing": Text(
        de="Zu viele Belege fehlen auf einmal: das deutet auf einen falschen Schlüssel.",
        en="Too many documents are missing at once: that looks like a wrong key.",
    ),
    "elsewhere": Text(
        de="Belege liegen in einem anderen Unternehmen, das nicht gefragt werden kann.",
        en="Documents lie in another organisation, which cannot be asked.",
    ),
    "lost": Text(de="Belege ohne Verbleib.", en="Documents unaccounted for."),
    "held": Text(de="Belege warten noch auf die Übertragung.", en="Documents still wait to be transferred."),
    "failed": Text(de="Aufgegebene Belege.", en="Documents that were given up."),
    "in_doubt": Text(
        de="Belege, von denen ungeklärt ist, ob sie ankamen.", en="Documents that may or may not have arrived."
    ),
    "unreadable": Text(
        de="Die Beschreibung der Praxissoftware gibt nicht alles her, was zu lesen war (Grund host_data).",
        en="The practice software's description does not give all that was to be read (reason host_data).",
    ),
    "unnumbered": Text(de="Belege ohne Nummer.", en="Documents without a number."),
    "unclear": Text(
        de="Belege, deren Zeilen nicht die Summe ergeben.", en="Documents whose lines do not come to their total."
    ),
    "gaps": Text(de="Fehlende Nummern.", en="Missing numbers."),
    "doubles": Text(de="Doppelte Nummern oder Belege.", en="Numbers or documents that are there twice."),
    "pairs": Text(
        de="Rechnungen und Stornos, die nicht zusammenpassen.", en="Invoices and cancellations that do not match."
    ),
    "changed": Text(de="Nach der Übertragung geänderte Belege.", en="Documents changed after the transfer."),
    "missing": Text(de="Belege, die in Lexware nicht mehr da sind.", en="Documents that are no longer in Lexware."),
    "orphans": Text(de="Belege in Lexware ohne Zuordnung.", en="Documents in Lexware without a link."),
}

# Signing and verifying

NO_REPORT = Text(
    de="Für {month} gibt es noch keinen Nachweis der Praxis {practice}: erst `lexrelay report --practice {practice} --month {typed}`.",
    en="There is no report of {month} for practice {practice} yet: first `lexrelay report --practice {practice} --month {typed}`.",
)
SIGNED_ALREADY = Text(
    de="Der Nachweis für {month} ist schon unterschrieben, von {by}. Was sich danach ändert, steht im nächsten.",
    en="The report of {month} is signed already, by {by}. What changes afterwards stands in the next one.",
)
CHANGED = Text(
    de="Der gespeicherte Nachweis für {month} ist nicht mehr, wie er gemacht wurde: `lexrelay report verify` sagt mehr.",
    en="The stored report of {month} is not as it was made any more: `lexrelay report verify` tells more.",
)
CLOSED = Text(
    de="Nachweis für {month} unterschrieben von {by} und geschlossen, Prüfsumme {hash}.",
    en="The report of {month} is signed by {by} and closed, checksum {hash}.",
)
CLOSED_INCOMPLETE = Text(
    de="Er ist nicht vollständig: was fehlt, ist damit zur Kenntnis genommen, nicht behoben.",
    en="It is not complete: what is missing is taken note of by this, not mended.",
)
LINK = Text(de="{sequence}. {month}: {verdict}", en="{sequence}. {month}: {verdict}")
FAULTS: Mapping[str, Text] = {
    "none": Text(de="unverändert", en="unchanged"),
    "body_changed": Text(de="VERÄNDERT, die Prüfsumme stimmt nicht", en="CHANGED, its checksum is not right"),
    "chain_broken": Text(
        de="UNTERBROCHEN, er schließt nicht an den vorigen an", en="BROKEN, it does not follow on the one before"
    ),
    "not_as_signed": Text(de="NICHT, WIE ER UNTERSCHRIEBEN WURDE", en="NOT AS IT WAS SIGNED"),
}
SIGNED_LINK = Text(de="{verdict}, unterschrieben von {by}", en="{verdict}, signed by {by}")
NO_REPORTS = Text(de="Es gibt noch keinen Nachweis.", en="There are no reports yet.")
KEPT = Text(de="Geschrieben: {file}", en="Written: {file}")
NEEDS_FILE = Text(
    de="Ein PDF gehört nicht auf ein Terminal: bitte --out DATEI angeben.",
    en="A PDF is nothing for a terminal: give --out FILE.",
)
NOT_WRITABLE = Text(de="{file} lässt sich nicht schreiben: {problem}.", en="{file} cannot be written: {problem}.")
NO_PDF = Text(
    de="Für PDF fehlt ein Paket ({package}): `pip install 'lexrelay[pdf]'`.",
    en="For PDF a package is missing ({package}): `pip install 'lexrelay[pdf]'`.",
)
