"""A trial of Lexware's interface in words: what was asked, what it means, and what only a human can find out."""

from collections.abc import Mapping

from worker.messages import Text

NO_CONSENT = Text(
    de="Eine Probe mit --trial legt in Lexware Kontakte, Entwürfe und fertiggestellte Rechnungen an, die nicht mehr weggehen. "
    "Nur in einem Testkonto: nennen Sie mit --consent dessen Organisations-ID.",
    en="A probe with --trial makes contacts, drafts and finalised invoices in Lexware that do not go away. Only in a trial "
    "account: name its organisation id with --consent.",
)
ASK = Text(
    de="Diese Probe legt in Lexware Kontakte, Entwürfe und fertiggestellte Rechnungen namens Test an; löschen lassen sie sich "
    "über die API nicht. Tippen Sie die Organisations-ID des Testkontos, wenn das geschehen soll",
    en="This probe makes contacts, drafts and finalised invoices named Test in Lexware; the API cannot delete them. Type the "
    "organisation id of the trial account if that is to happen",
)
ANOTHER_ORGANISATION = Text(
    de="Das ist nicht die Organisation hinter dem Schlüssel der Praxis {practice}; es wurde nichts angelegt.",
    en="This is not the organisation behind the key of practice {practice}; nothing was made.",
)
ONLY_WITH_TRIAL = Text(de="Das gehört zu --trial.", en="This belongs to --trial.")
BEGINS = Text(
    de="Die Fragen werden gestellt, etwa hundert Aufrufe im Takt der Praxis.",
    en="The questions are asked, some hundred calls at the practice's pace.",
)
HEAD = Text(
    de="Probe im Testkonto, Steuerart {tax_type}. Aufrufe: {calls}, davon zu schnell (429): {refused}. Vorn steht jeweils die "
    "Nummer der Frage in den Notizen der Entwickler.",
    en="Trial in a trial account, tax type {tax_type}. Calls: {calls}, too fast (429): {refused}. In front stands the number of "
    "each question in the developers' notes.",
)
SETTLED = Text(de="{question}: {what}: {value}.", en="{question}: {what}: {value}.")
AT_LEAST = Text(
    de="{question}: {what}: mindestens {least}, mehr wurde nicht versucht.",
    en="{question}: {what}: at least {least}, no more was tried.",
)
SEEN = Text(de="{question}: {what}: Status {statuses}.", en="{question}: {what}: status {statuses}.")
SEEN_WITH = Text(
    de="{question}: {what}: Status {statuses} ({codes}).", en="{question}: {what}: status {statuses} ({codes})."
)
UNSETTLED = Text(de="{question}: {what}: offen, {why}.", en="{question}: {what}: open, {why}.")
FOR_HUMANS = Text(
    de="Das kann nur ein Mensch in der Web-Oberfläche oder mit einem zweiten Schlüssel klären:",
    en="Only a human can settle these, in the web application or with a second key:",
)
FOR_HUMAN = Text(de="{question}: {what}", en="{question}: {what}")
HOW_TO_SET = Text(
    de="So wird der Simulator gestellt: POST {path} mit `{body}`",
    en="This sets the simulated Lexware: POST {path} with `{body}`",
)
LEFT = Text(
    de="Die API löscht nichts davon; es bleibt im Konto, alles namens Test. Kontakte: {contacts}; Rechnungen: {invoices}, davon "
    "fertiggestellt: {finalised}; Rechnungskorrekturen: {credit_notes}. Wer es loswerden will, löscht die Entwürfe und storniert "
    "die Rechnungen in der Web-Oberfläche.",
    en="The API deletes none of it; it stays in the account, all of it named Test. Contacts: {contacts}; invoices: {invoices}, "
    "finalised of these: {finalised}; credit notes: {credit_notes}. Whoever wants to be rid of it deletes the drafts and voids "
    "the invoices in the web application.",
)
SEND = Text(
    de="Der Bericht enthält keine Namen und keine IDs. Bitte geben Sie ihn (mit --json oder --out) den Entwicklern.",
    en="The report holds no names and no ids. Please give it (with --json or --out) to the developers.",
)

WHY: Mapping[str, Text] = {
    "refused": Text(de="Lexware hat es abgelehnt", en="Lexware refused it"),
    "no_answer": Text(de="es kam keine Antwort", en="no answer came"),
    "too_many_calls": Text(de="es waren genug Aufrufe", en="there were enough calls"),
    "too_late": Text(de="es kam in zwei Minuten nicht", en="it did not come within two minutes"),
    "other": Text(de="anders als alles, was bekannt ist", en="otherwise than anything that is known"),
    "hidden": Text(de="von der Antwort davor verdeckt", en="hidden by the answer before"),
    "other_tax_type": Text(
        de="es braucht ein Konto mit einer anderen Steuerart", en="it takes an account of another tax type"
    ),
    "not_finalised": Text(
        de="es ließ sich keine Rechnung fertigstellen (sind die Firmendaten vollständig?)",
        en="no invoice could be finalised (are the company data complete?)",
    ),
}

#: By switch of the sandbox, by name of what was only looked at, or by number of the question.
WHAT: Mapping[str, Text] = {
    "create_contact_status": Text(de="Status eines neuen Kontakts", en="status of a new contact"),
    "account_number_race_seconds": Text(
        de="so lange (s) stört ein neuer Kontakt den nächsten",
        en="so long (s) a new contact gets in the next one's way",
    ),
    "accepts_contact_without_version": Text(
        de="Kontakt ohne Version wird angenommen", en="a contact without a version is accepted"
    ),
    "contact_search_lag_seconds": Text(
        de="so spät (s) findet die Suche einen neuen Kontakt", en="so late (s) the search finds a new contact"
    ),
    "person_name_order": Text(de="Reihenfolge der Namen in der Suche", en="order of the names in the search"),
    "contact_page_limit": Text(de="größte Seite von Kontakten", en="largest page of contacts"),
    "reject_unknown": Text(de="unbekannte Felder werden abgelehnt", en="unknown fields are refused"),
    "refuses_letters_in_phones": Text(
        de="Buchstaben in Telefonnummern werden abgelehnt", en="letters in phone numbers are refused"
    ),
    "contact_name_limit": Text(de="längster Name eines Kontakts", en="longest name of a contact"),
    "contact_text_limit": Text(de="längste Straße eines Kontakts", en="longest street of a contact"),
    "line_name_limit": Text(de="längster Name einer Zeile", en="longest name of a line"),
    "stale_version_status": Text(de="Status bei veralteter Version", en="status of a stale version"),
    "create_document_status": Text(de="Status eines neuen Belegs", en="status of a new document"),
    "voucherlist_lag_seconds": Text(
        de="so spät (s) steht ein neuer Beleg in der Liste", en="so late (s) a new document is listed"
    ),
    "missing_method_status": Text(
        de="Status eines Aufrufs, den es nicht gibt", en="status of a call that does not exist"
    ),
    "contact_unusable_seconds": Text(
        de="so lange (s) ist ein neuer Kontakt in Belegen unbekannt",
        en="so long (s) documents do not know a new contact",
    ),
    "unknown_contact_status": Text(de="Status bei unbekanntem Kontakt", en="status of an unknown contact"),
    "bad_date_status": Text(
        de="Status bei einem Datum in anderer Schreibweise", en="status of a day in another spelling"
    ),
    "refusals_named": Text(de="welche Einwände einzeln benannt werden", en="which objections are named one by one"),
    "accepts_vatfree_when_taxed": Text(
        de="vatfree in einer Organisation mit Umsatzsteuer", en="vatfree in an organisation with VAT"
    ),
    "accepts_taxed_when_vatfree": Text(de="net in einer befreiten Organisation", en="net in an exempt organisation"),
    "needs_tax_free_flag": Text(
        de="Auslandssteuerarten brauchen allowTaxFreeInvoices", en="foreign tax types need allowTaxFreeInvoices"
    ),
    "accepts_negative_line_prices": Text(de="negativer Preis einer Zeile", en="a negative price of a line"),
    "accepts_negative_quantity": Text(de="negative Menge", en="a negative quantity"),
    "accepts_negative_total": Text(de="negative Summe", en="a negative total"),
    "accepts_zero_quantity": Text(de="Menge 0", en="quantity 0"),
    "rounds_excess_decimals": Text(de="fünf Nachkommastellen werden gerundet", en="five decimals are rounded"),
    "rounds_each_line": Text(de="jede Zeile wird für sich gerundet", en="each line is rounded by itself"),
    "accepts_lone_payment_duration": Text(de="Zahlungsziel ohne Text", en="days of payment without words"),
    "text_on_return": Text(de="wie ein Text zurückkommt", en="how a text comes back"),
    "empty_text_means_default": Text(
        de="ein leerer Text wird zum Standardtext", en="an empty text becomes the default one"
    ),
    "counts_utf16": Text(de="Längen zählen UTF-16-Einheiten", en="lengths count units of UTF-16"),
    "accepts_negative_credit_lines": Text(
        de="negative Zeile einer Rechnungskorrektur", en="a negative line of a credit note"
    ),
    "unknown_preceding_status": Text(
        de="Status bei unbekannter Vorgängerrechnung", en="status of an unknown preceding invoice"
    ),
    "finalised_invoice_type": Text(
        de="als was die Liste eine fertiggestellte Rechnung nennt", en="as what the list names a finalised invoice"
    ),
    "accepts_full_credit": Text(
        de="verknüpfte Rechnungskorrektur über alles", en="a linked credit note over everything"
    ),
    "accepts_credit_above_open_amount": Text(
        de="verknüpfte Rechnungskorrektur über mehr, als offen ist", en="a linked credit note over more than is open"
    ),
    "vendor_only_contact": Text(de="Kontakt, der nur Lieferant ist", en="a contact that is a vendor only"),
    "long_title": Text(de="Titel mit 40 Zeichen", en="a title of 40 letters"),
    "long_remark": Text(de="Schlusstext mit 2500 Zeichen", en="a closing text of 2500 letters"),
    "lines_301": Text(de="301 Zeilen", en="301 lines"),
    "line_of_zero": Text(de="eine Zeile über 0,00", en="a line of 0.00"),
    "preceding_draft": Text(de="Vorgängerrechnung ist ein Entwurf", en="the preceding invoice is a draft"),
    "second_link": Text(de="zweite Verknüpfung mit derselben Rechnung", en="a second link to the same invoice"),
    "accepts_credit_on_paid": Text(
        de="eine Rechnung als bezahlt buchen, dann eine verknüpfte Rechnungskorrektur anlegen",
        en="record an invoice as paid, then make a linked credit note",
    ),
    "renumbers_on_finalise": Text(
        de="einen Entwurf fertigstellen: bleibt seine Nummer?", en="finalise a draft: does it keep its number?"
    ),
    "zero_discount_suppresses_default": Text(
        de="einem Kontakt einen Rabatt geben: unterdrückt ihn totalDiscountPercentage 0?",
        en="give a contact a discount: does totalDiscountPercentage 0 suppress it?",
    ),
    "accepts_archived_contact": Text(
        de="einen Kontakt archivieren: nehmen Belege ihn noch an?",
        en="archive a contact: do documents still accept it?",
    ),
    "no_scope_message": Text(
        de="ein Schlüssel ohne Rechte: was sagt der 403?", en="a key without rights: what does the 403 say?"
    ),
    "no_contract_message": Text(
        de="ein abgelaufener Tarif: was sagt der 402?", en="an expired plan: what does the 402 say?"
    ),
    "12.8": Text(
        de="zwei Schlüssel, zwei Organisationen: wofür gilt die Grenze der Aufrufe?",
        en="two keys, two organisations: what does the limit of calls hold for?",
    ),
    "12.13": Text(
        de="einen Entwurf löschen: 404 sofort, und wann ist er aus der Liste?",
        en="delete a draft: 404 at once, and when is it gone from the list?",
    ),
    "8.a": Text(
        de="eine Zahlung zuordnen: ändern sich updatedDate und version?",
        en="assign a payment: do updatedDate and version move?",
    ),
    "8.b": Text(
        de="eine offene Rechnung wieder zum Entwurf machen: bleibt die Nummer?",
        en="put an open invoice back to draft: does it keep its number?",
    ),
    "8.c": Text(de="welche Kategorie ist die für § 4 Nr. 14?", en="which category is the one for § 4 Nr. 14?"),
    "8.e": Text(
        de="lässt sich die Art eines ungeprüften Belegs ändern?", en="can the type of an unchecked voucher be changed?"
    ),
    "8.f": Text(de="wie spät folgt die Liste dem Löschen?", en="how late does the list follow a deletion?"),
    "8.g": Text(
        de="kommt invoice.deleted für Entwürfe, die in der Oberfläche gelöscht werden?",
        en="does invoice.deleted come for drafts that are deleted in the web application?",
    ),
    "8.h": Text(
        de="ändert der Schalter für E-Rechnungen Entwürfe an Privatpersonen?",
        en="does the switch for e-invoices change drafts to private persons?",
    ),
    "8.i": Text(
        de="zeigt die Oberfläche den Schlusstext jeder Rolle?",
        en="does the web application show the closing text to every role?",
    ),
}
