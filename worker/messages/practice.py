"""What a practice reads about its switches: on, off, pause, and what is still missing ("Abrechnungsart Lex Office")."""

from worker.messages import Text
from worker.messages.labels import labels

NO_SUCH_PRACTICE = Text(
    de="Eine Praxis {practice} gibt es in der Praxissoftware nicht. `lexrelay practice list` zeigt alle.",
    en="The practice software has no practice {practice}. `lexrelay practice list` shows all.",
)
AVV_NEEDED = Text(
    de="Vor dem ersten Einschalten geben Sie bitte an, von wann Ihr Vertrag zur Auftragsverarbeitung (AVV) mit Lexware ist: "
    "--avv-date JJJJ-MM-TT.",
    en="Before the first switching on, the date of the processing agreement (AVV) with Lexware is needed: --avv-date "
    "YYYY-MM-DD.",
)
AVV_IN_FUTURE = Text(
    de="Der Vertrag zur Auftragsverarbeitung kann nicht aus der Zukunft sein ({day}); bitte prüfen Sie das Datum.",
    en="The processing agreement cannot be of a day to come ({day}); check the date.",
)
FROM_BEFORE_BOOKING = Text(
    de="Bestellt ist die Übertragung seit {ordered_on}; Belege von davor ({day}) gehören nicht dazu. Bitte prüfen Sie --from.",
    en="The transfer has been ordered since {ordered_on}; documents from before ({day}) are not part of it. Check --from.",
)
FROM = Text(
    de="- Belege mit einem Rechnungsdatum vor dem {day} gehen nicht hinüber.",
    en="- Documents with an invoice date before {day} do not go over.",
)
BACKFILL = Text(
    de="Belege seit dem {first}, die schon vor dem Einschalten abgeschlossen waren: {count}. Sind sie noch nicht von Hand in Lexware, "
    "bringt `lexrelay backfill --practice {practice} --from {since} --to {until}` sie nach.",
    en="Documents since {first} that were completed before the switching on: {count}. If nobody has entered them in Lexware by "
    "hand, `lexrelay backfill --practice {practice} --from {since} --to {until}` brings them over.",
)
ENABLED = Text(de="Die Übertragung ist für {name} eingeschaltet.", en="The transfer is switched on for {name}.")
SETTINGS_CHANGED = Text(
    de="Die Übertragung war schon eingeschaltet; die Einstellungen sind gespeichert.",
    en="The transfer was switched on already; the settings are stored.",
)
WHAT_HAPPENS = Text(
    de="""Was nun geschieht:
- Übertragen wird, was ab jetzt abgeschlossen wird. Ältere Rechnungen holen Sie mit `lexrelay backfill` nach.
- Rechnungen kommen in Lexware als Entwurf an; Sie stellen sie dort fertig.
- Ein Storno kommt als eigene Rechnungskorrektur, ebenfalls als Entwurf.
- Zahlungen und der Status einer Rechnung werden nicht übertragen, in keine Richtung.
- Unsere letzte Zeile mit der Beleg-Nr. ersetzt den Standard-Schlusstext aus Lexware.
- Ein Rabatt, den Sie in Lexware beim Kontakt hinterlegt haben, wird dort auch von diesen Entwürfen abgezogen.""",
    en="""What happens now:
- What is completed from now on goes over. `lexrelay backfill` fetches older invoices.
- Invoices arrive in Lexware as drafts; you finalise them there.
- A cancellation arrives as a credit note of its own, also as a draft.
- Payments and the state of an invoice do not go over, in neither direction.
- Our last line with the document's number replaces the default closing text of Lexware.
- A discount that you have entered for a contact in Lexware is taken off these drafts there, too.""",
)
LINES_NEUTRAL = Text(
    de="- Von den Leistungen wird nur eine Zeile je Steuersatz übertragen, ohne Art der Behandlung.",
    en="- Of the services only one line per tax rate goes over, without the kind of treatment.",
)
LINES_ITEMISED = Text(
    de="- Jede Leistung wird mit Ziffer und Bezeichnung übertragen, dazu Einleitungstext, E-Mail-Adresse und Telefonnummer.",
    en="- Every service goes over with code and description, and with them the introduction, e-mail address and phone.",
)
MATCHING_EXACT = Text(
    de="- Ein Kontakt in Lexware wird verwendet, wenn Name und Anschrift genau gleich sind; sonst wird einer angelegt.",
    en="- A contact in Lexware is used if name and address are exactly equal; otherwise one is created.",
)
MATCHING_NEVER = Text(
    de="- In Lexware wird nicht nach Kontakten gesucht: wer nicht verknüpft ist, wird neu angelegt.",
    en="- Contacts in Lexware are not searched for: who is not linked is created.",
)
MATCHING_NONE = Text(
    de="- In Lexware wird kein Kontakt angelegt: die Anschrift geht nur mit dem Beleg hinüber. Wer verknüpft ist, bleibt es.",
    en="- No contact is made in Lexware: the address goes with the document only. Who is linked stays linked.",
)
MATCHING = {"exact": MATCHING_EXACT, "never": MATCHING_NEVER, "none": MATCHING_NONE}
AVV = Text(
    de="- Vertrag zur Auftragsverarbeitung (AVV) vom {day}, festgehalten von {by}.",
    en="- Processing agreement (AVV) of {day}, recorded by {by}.",
)
DISABLED = Text(
    de="Die Übertragung ist ausgeschaltet. Neue Belege werden nicht mehr vorgemerkt.",
    en="The transfer is switched off. New documents are not noted any more.",
)
ALREADY_DISABLED = Text(de="Die Übertragung ist nicht eingeschaltet.", en="The transfer is not switched on.")
HELD = Text(
    de="Belege, die zurückgehalten werden, bis die Übertragung wieder läuft (verloren geht nichts): {events}.",
    en="Documents held, not lost, until the transfer runs again: {events}.",
)
PAUSED = Text(
    de="Die Übertragung ist angehalten; `lexrelay practice resume --practice {practice}` setzt sie fort.",
    en="The transfer is paused; `lexrelay practice resume --practice {practice}` continues it.",
)
PAUSED_BEFORE = Text(
    de="Sie war schon angehalten ({reason}); nun gilt die Pause von Hand, und nur `resume` hebt sie auf.",
    en="It was paused already ({reason}); now the operator's pause holds, and only `resume` lifts it.",
)
ON_THE_WIRE = Text(
    de="Ein Beleg ist gerade unterwegs; auf die Antwort wird höchstens {seconds} s gewartet.",
    en="One document is on the wire; waiting at most {seconds} s for its answer.",
)
NOTHING_ON_THE_WIRE = Text(
    de="Es ist nichts mehr unterwegs zu Lexware.", en="Nothing is on the wire to Lexware any more."
)
LEFT_IN_DOUBT = Text(
    de="Es ist nichts mehr unterwegs; ein Beleg ist ohne Antwort geblieben. Ob er angekommen ist, wird nach dem Fortsetzen in "
    "Lexware nachgesehen.",
    en="Nothing is on the wire any more; one document had no answer and is looked up in Lexware after the pause.",
)
RESUMED = Text(
    de="Die Pause ({reason}) ist aufgehoben; das Profil in Lexware wird neu gelesen.",
    en="The pause ({reason}) is lifted; the profile in Lexware is read again.",
)
NOT_PAUSED = Text(de="Die Übertragung ist nicht angehalten.", en="The transfer is not paused.")

# What is still missing

RUNS = Text(de="Die Übertragung läuft.", en="The transfer runs.")
MISSING = Text(
    de="Damit übertragen wird, fehlt noch: {steps}.", en="For the transfer to run, this is missing: {steps}."
)
MISSING_STEPS = {
    "booking": Text(de="die Bestellung (`lexrelay practice book`)", en="the order (`lexrelay practice book`)"),
    "key": Text(de="der API-Schlüssel (`lexrelay practice connect`)", en="the API key (`lexrelay practice connect`)"),
    "switch": Text(de="das Einschalten (`lexrelay practice enable`)", en="switching on (`lexrelay practice enable`)"),
}
KEY_REFUSED = Text(de="Der API-Schlüssel geht nicht: {why}", en="The API key does not work: {why}")
KEY_NOT_ASKED = Text(
    de="Ob der API-Schlüssel geht, ließ sich nicht fragen: {why}",
    en="Whether the API key works could not be asked: {why}",
)
STRANGER = Text(
    de="er gehört zu einem anderen Unternehmen als dem verbundenen (`lexrelay practice connect`).",
    en="it belongs to another company than the one connected (`lexrelay practice connect`).",
)
PAUSED_BECAUSE = Text(
    de="Die Übertragung ist angehalten ({reason}): {why}", en="The transfer is paused ({reason}): {why}"
)

# What `practice show` and `practice list` call the facts

FACTS = labels(
    "name", "plan", "connection", "pause_reason", "company_name", "organisation_id", "tax_type", "small_business", "lines",
    "matching", "avv_date", "avv_recorded_by", "key_expires_on", "billing", "ordered_on", "trial_until", "decline_by", "ends_on",
)  # fmt: skip
VALUE = Text(de="{value}", en="{value}")
