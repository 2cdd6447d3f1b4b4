"""The practice's pages of the console, in the words of a person who knows no queue and has no shell."""

from worker.messages import Text

HEADING = Text(de="Abrechnungsart Lex Office: {name}", en="Billing by Lex Office: {name}")
PLACE = Text(
    de="Partneranbindungen > Finanzen > Abrechnungsart Lex Office", en="Partners > Finance > Billing by Lex Office"
)
WHAT_IT_DOES = Text(
    de="Abgeschlossene Rechnungen gehen von hier als Entwürfe zu Lexware Office, jedes Storno als eigene Rechnungskorrektur. "
    "Fertig stellen Sie die Entwürfe in Lexware.",
    en="Completed invoices go from here to Lexware Office as drafts, each cancellation as a credit note of its own. You finalise "
    "the drafts in Lexware.",
)
RUNS = Text(de="Die Übertragung läuft.", en="The transfer runs.")
PAUSED = Text(de="Die Übertragung ist angehalten: {why}", en="The transfer is paused: {why}")
STEPS = Text(de="Einrichten in sechs Schritten", en="Set up in six steps")
DONE = Text(de="erledigt", en="done")
MISSING = Text(de="fehlt noch", en="missing")
OPTIONAL = Text(de="wenn Sie mögen", en="if you like")
STEP_ORDER = Text(de="Bestellen", en="Order")
STEP_KEY = Text(de="API-Schlüssel hinterlegen", en="Store the API key")
STEP_AVV = Text(de="Vertrag zur Auftragsverarbeitung (AVV)", en="Processing agreement (AVV)")
STEP_CONTACTS = Text(
    de="Kunden, die in Lexware schon Kontakte sind", en="Customers who are contacts in Lexware already"
)
STEP_PREVIEW = Text(de="Die letzte Rechnung ansehen, wie sie ginge", en="See the last invoice as it would go")
STEP_SWITCH = Text(de="Einschalten", en="Switch on")

ORDER_HEADING = Text(de="Bestellung und Preis", en="Order and price")
PRICE = Text(de="{amount} € netto je {period}", en="{amount} EUR net a {period}")
PRICE_FREE = Text(de="Im Tarif {plan} enthalten.", en="Included in the plan {plan}.")
NO_PRICE = Text(de="Für Ihren Tarif ist kein Preis hinterlegt.", en="No price is stored for your plan.")
ORDERED = Text(de="Bestellt am {ordered_on}, Abrechnung {billing}.", en="Ordered on {ordered_on}, billed {billing}.")
TRIAL = Text(
    de="Kostenlos bis {trial_until}; bis {decline_by} können Sie ohne Kosten abbestellen.",
    en="Free until {trial_until}; you can decline at no charge until {decline_by}.",
)
ENDS = Text(
    de="Abbestellt; die Übertragung läuft noch bis {ends_on}.", en="Ended; the transfer still runs until {ends_on}."
)
ORDER = Text(de="Kostenpflichtig bestellen", en="Order with obligation to pay")
ORDER_FREE = Text(de="Ohne Aufpreis bestellen", en="Order at no extra charge")
UNORDER = Text(de="Abbestellen", en="End the order")
UNORDER_NOTE = Text(
    de="Was danach noch aussteht, wird zurückgehalten und geht nicht verloren.",
    en="What is still pending then is held, and not lost.",
)
BILLING = Text(de="Abrechnung", en="Billing")
TRIAL_UNTIL = Text(de="Testphase bis (leer: keine)", en="Trial until (empty: none)")
DECLINE_BY = Text(de="Abbestellen ohne Kosten bis", en="Decline at no charge until")

KEY_HEADING = Text(de="API-Schlüssel", en="API key")
KEY_HOW = Text(
    de="Den Schlüssel legen Sie in Lexware unter Erweiterungen > Public API an; dazu braucht es Lexware XL. Rechte: Profil, "
    "Kontakte, Rechnungen und Rechnungskorrekturen (lesen und schreiben), Belegliste. Er wird vor dem Speichern ausprobiert, "
    "verschlüsselt abgelegt und nie wieder gezeigt.",
    en="You make the key in Lexware under Extensions > Public API; it needs Lexware XL. Permissions: profile, contacts, "
    "invoices and credit notes (read and write), voucher list. It is tried out before it is stored, kept encrypted, and never "
    "shown again.",
)
KEY_STORED = Text(
    de="Verbunden mit {company}; Steuereinstellung dort: {tax_type}. Der Schlüssel gilt bis {expires_on}.",
    en="Connected with {company}; tax setting there: {tax_type}. The key is valid until {expires_on}.",
)
KEY_ENDS = Text(
    de="Er endet in {count} Tagen: bitte legen Sie in Lexware rechtzeitig einen neuen an.",
    en="It ends in {count} days: make a new one in Lexware in time.",
    one=(
        "Er endet morgen: bitte legen Sie in Lexware heute einen neuen an.",
        "It ends tomorrow: make a new one in Lexware today.",
    ),
)
KEY_ENDED = Text(de="Er ist abgelaufen: bitte legen Sie einen neuen an.", en="It has ended: make a new one.")
KEY_NEW = Text(de="Neuer API-Schlüssel", en="New API key")
KEY_MOVE = Text(
    de="Die Praxis zieht zu einem anderen Unternehmen in Lexware um",
    en="The practice moves to another company in Lexware",
)
KEY_STORE = Text(de="Ausprobieren und speichern", en="Try out and store")

TRANSFER_HEADING = Text(de="Übertragung", en="Transfer")
TRANSFER = Text(de="Abgeschlossene Rechnungen zu Lex Office übertragen", en="Transfer completed invoices to Lex Office")
TRANSFER_NOTE = Text(
    de="Übertragen wird, was ab dem Einschalten abgeschlossen wird. Ausgeschaltet wird nichts mehr vorgemerkt; was schon "
    "aussteht, wird zurückgehalten.",
    en="What is completed from the switch-on goes over. Switched off, nothing more is noted; what is pending is held.",
)
AVV_DATE = Text(
    de="Datum Ihres Vertrags zur Auftragsverarbeitung (AVV) mit Lexware",
    en="Date of your processing agreement (AVV) with Lexware",
)
AVV_KNOWN = Text(de="Festgehalten: {day}, von {by}.", en="Recorded: {day}, by {by}.")
LINES = Text(de="Was von den Leistungen übertragen wird", en="What goes over of the services")
LINES_NOTE = Text(
    de="„Eine Zeile je Steuersatz“ nennt keine Behandlung. Einzeln gehen Ziffer und Bezeichnung mit, dazu Einleitungstext, "
    "E-Mail-Adresse und Telefonnummer. Diagnose, Geburtsdatum und Versicherungsnummer gehen nie.",
    en="“One line per tax rate” names no treatment. Itemised, codes and descriptions go along, and the introduction, e-mail "
    "address and phone. Diagnosis, birth date and insurance number never go.",
)
MATCHING = Text(de="Kontakte in Lexware verwenden", en="Use contacts in Lexware")
MATCHING_NOTE = Text(
    de="Ein Kontakt wird nur genommen, wenn Name und Anschrift genau gleich sind; ähnlich genügt nie.",
    en="A contact is taken only if name and address are exactly equal; like is never enough.",
)
FROM = Text(de="Erst Rechnungen ab diesem Datum (leer: alle)", en="Only invoices from this date on (empty: all)")
FROM_NOTE = Text(
    de="Ältere bleiben, wo sie sind. Nicht vor dem Tag der Bestellung; einmal gesetzt, gilt es weiter.",
    en="Older ones stay where they are. Not before the day of the order; once set, it holds on.",
)
SAVE = Text(de="Speichern", en="Save")
CANNOT = Text(de="Was Lexware nicht kann", en="What Lexware cannot do")
CANNOT_TEXT = Text(
    de="Lexware vergibt seine Belegnummern selbst; Ihre Nummer steht im Text. Was dort liegt, kann von außen nicht geändert "
    "oder gelöscht werden, auch kein Entwurf. Zahlungen gehen nicht hinüber. Sind Rechnung und Storno beide noch Entwürfe, "
    "lassen sie sich nicht verbinden: stellen Sie beide fertig, oder löschen Sie beide. Ein Rabatt beim Kontakt wird dort "
    "auch von diesen Entwürfen abgezogen.",
    en="Lexware numbers its documents itself; your number stands in the text. What lies there cannot be changed or deleted from "
    "outside, a draft neither. Payments do not go over. If invoice and cancellation are both still drafts, they cannot be "
    "linked: finalise both, or delete both. A discount of a contact is taken off these drafts there, too.",
)
NOTES_HEADING = Text(de="Befreiungshinweise bestätigen", en="Confirm exemption notes")
NOTES_WAIT = Text(
    de="Belege warten, weil ihr Hinweis zur Steuerbefreiung neu ist. Er steht danach auf dem Beleg in Lexware. Nennt er etwas, das dort "
    "niemand wissen soll, ändern Sie ihn in der Praxissoftware.",
    en="Documents wait because their exemption note is new. It stands on the document in Lexware afterwards. If it names what nobody there "
    "must know, change it in the practice software.",
)
CONFIRM_NOTE = Text(
    de="Wortlaut bestätigen, {count} Belege senden",
    en="Confirm the wording, send {count} documents",
    one=("Wortlaut bestätigen, 1 Beleg senden", "Confirm the wording, send 1 document"),
)
PREVIEW_HEADING = Text(de="Vorschau der letzten Rechnung", en="Preview of the last invoice")
PREVIEW_NOTE = Text(
    de="Zeigt genau, was das Haus verlassen würde; gesendet wird nichts. Dass jemand nachsah, wird festgehalten.",
    en="Shows exactly what would leave the house; nothing is sent. That somebody looked is recorded.",
)
PREVIEW = Text(de="{number} ansehen", en="See {number}")
NO_DOCUMENT_YET = Text(de="Es gibt noch keinen abgeschlossenen Beleg.", en="There is no completed document yet.")
FIGURES = Text(
    de="Übertragen: {delivered}. Unterwegs: {pending}. Aufgegeben: {dead}.",
    en="Delivered: {delivered}. On the way: {pending}. Dead: {dead}.",
)
PAUSE_HEADING = Text(de="Anhalten", en="Pause")
PAUSE = Text(de="Anhalten", en="Pause")
RESUME = Text(de="Fortsetzen", en="Go on")
PAUSE_NOTE = Text(
    de="Hält alles zurück, bis es fortgesetzt wird; verloren geht nichts.",
    en="Holds everything until it is resumed; nothing is lost.",
)
ONLY_OPERATORS = Text(
    de="Anhalten und fortsetzen kann nur der Betrieb von lexrelay; Sie können die Übertragung ausschalten.",
    en="Only whoever runs lexrelay can pause the transfer and let it go on; you can switch it off.",
)

# Customers

CUSTOMERS_HEADING = Text(de="Kunden und ihre Kontakte in Lexware", en="Customers and their contacts in Lexware")
CONTACT_ID = Text(de="Lex Office Kontakt ID", en="Lex Office contact id")
CONTACT_NOTE = Text(
    de="Die Kennung, die Adresse der Kontaktseite in Lexware oder die Kundennummer dort. Sie wird sofort geprüft: gibt es den "
    "Kontakt, ist er Kunde, nicht archiviert, und passt der Name?",
    en="The id, the address of the contact's page in Lexware, or the customer number there. It is checked at once: is the "
    "contact there, a customer, not archived, and does the name fit?",
)
CONTACT_MISSING = Text(de="Bitte geben Sie eine Kontakt-ID an.", en="Give a contact id.")
FORCE = Text(
    de="Trotzdem verknüpfen, auch wenn der Name abweicht oder ein anderer Kunde den Kontakt hat",
    en="Link all the same, though the name differs or another customer has the contact",
)
LINK = Text(de="Prüfen und verknüpfen", en="Check and link")
UNLINK = Text(de="Verknüpfung lösen", en="End the link")
LINKED_WITH = Text(de="Verknüpft mit {contact}.", en="Linked with {contact}.")
NOT_LINKED = Text(
    de="Nicht verknüpft; beim nächsten Beleg wird ein Kontakt gesucht oder angelegt.",
    en="Not linked; a contact is found or created with the next document.",
)
FORGET = Text(de="Vergessen", en="Forget")
FORGET_HEADING = Text(de="Ein Kunde möchte gelöscht werden", en="A customer asks to be erased")
FORGET_NOTE = Text(
    de="Löscht, was hier vom Namen aufbewahrt ist (ein verschlüsselter Prüfwert); Kennungen bleiben. Es lässt sich nicht zurücknehmen. "
    "Danach steht hier, was in Lexware zu tun bleibt.",
    en="Removes what is kept here of the name (a keyed hash); ids stay. It cannot be taken back. It is said afterwards what is "
    "left to do in Lexware.",
)
FORGET_WHOM = Text(
    de="ID des Kunden, auch eines in der Praxissoftware schon gelöschten",
    en="Id of the customer, also of one the host has erased",
)
THE_CUSTOMER = Text(de="Kunde {customer}", en="Customer {customer}")
SOUGHT = Text(de="Kundennummer oder ID", en="Customer number or id")
SOUGHT_BY_NAME = Text(de="Kundennummer oder Anfang des Namens", en="Customer number or how the name begins")
SUGGEST = Text(de="In Lexware nach Kontakten suchen", en="Search Lexware for contacts")
SUGGEST_MORE = Text(de="Weitersuchen", en="Search on")
SUGGEST_NOTE = Text(
    de="Sucht für Kunden ohne Verknüpfung, zehn auf einmal. Nichts wird verknüpft, was Sie nicht ankreuzen.",
    en="Searches for customers without a link, ten at a time. Nothing is linked that you do not tick.",
)
SUGGESTIONS = Text(de="Vorschläge", en="Suggestions")
NO_SUGGESTIONS = Text(de="Kein Vorschlag.", en="No suggestion.")
PICK = Text(de="{customer} ist {contact}", en="{customer} is {contact}")
LINK_PICKED = Text(de="Angekreuzte verknüpfen", en="Link those ticked")

# Documents

DOCUMENTS_HEADING = Text(de="Was aus Ihren Belegen wurde", en="What became of your documents")
NO_CUSTOMERS_YET = Text(
    de="Ihre Praxissoftware zeigt noch keine Kunden.", en="Your practice software shows no customers yet."
)
NO_DOCUMENTS_YET = Text(
    de="Noch ist kein Beleg vorgemerkt. Sobald die Übertragung eingeschaltet ist, steht hier jeder, den Sie abschließen.",
    en="No document is noted yet. Once the transfer is switched on, each one that you complete stands here.",
)
WHO_REPLAYS = Text(
    de="Wiederholen und schließen kann, wer lexrelay betreibt: geben Sie dort Bescheid, sobald Sie das Nötige getan haben.",
    en="Whoever runs lexrelay replays and closes: tell them once you have done what is needed.",
)
COMPLETED = Text(de="Abgeschlossen", en="Completed")

# Reports

MONTH = Text(de="Monat", en="Month")
SHOW_MONTH = Text(de="Zeigen", en="Show")
NO_REPORT_YET = Text(de="Für {month} gibt es noch keinen Nachweis.", en="There is no report of {month} yet.")
MAKE_REPORT = Text(de="Jetzt erstellen", en="Make it now")
MAKE_NOTE = Text(
    de="Fragt Lexware nach allen Belegen des Monats; das kann Minuten dauern. Mit der Unterschrift wird der Monat geschlossen; "
    "was sich danach ändert, steht im nächsten Nachweis.",
    en="Asks Lexware for all documents of the month, which may take minutes. Signed, the month is closed; what changes later "
    "stands in the next report.",
)
SIGN_REPORT = Text(de="Geprüft: unterschreiben", en="Checked: sign")
CHAIN = Text(de="Alle Nachweise", en="All reports")
