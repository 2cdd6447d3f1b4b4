"""What a practice reads about the "Lex Office Kontakt ID" of its customers. Ids and numbers, never a name."""

from worker.lexware.links import Found
from worker.words import Text

NO_SUCH_CUSTOMER = Text(
    de="Einen Kunden {customer} hat die Praxis {practice} nicht.", en="Practice {practice} has no customer {customer}."
)
NO_SUCH_NUMBER = Text(
    de="Einen Kunden mit der Kundennummer {number} hat die Praxis {practice} nicht.",
    en="Practice {practice} has no customer of number {number}.",
)
NUMBER_AMBIGUOUS = Text(
    de="Die Kundennummer {number} haben mehrere Kunden ({customers}). Bitte die Spalte customer verwenden.",
    en="Several customers have the number {number} ({customers}). Use the column customer.",
)

# What was pasted

_WHERE_DE = "Gebraucht wird die Adresse der Kontaktseite aus dem Browser, die ID darin oder die Lexware-Kundennummer."
_WHERE_EN = "Needed is the address of the contact's page in the browser, the id in it, or the Lexware customer number."

NOT_A_CONTACT: dict[Found, Text] = {
    "nothing": Text(de=f"Der Wert ist leer. {_WHERE_DE}", en=f"The value is empty. {_WHERE_EN}"),
    "text": Text(
        de=f"Das ist weder eine ID noch eine Adresse noch eine Kundennummer. {_WHERE_DE}",
        en=f"This is neither an id nor an address nor a customer number. {_WHERE_EN}",
    ),
    "several": Text(
        de=f"Das sind mehrere Kontakte; bitte nur den einen angeben. {_WHERE_DE}",
        en=f"These are several contacts; give just the one. {_WHERE_EN}",
    ),
    "email": Text(de=f"Das ist eine E-Mail-Adresse. {_WHERE_DE}", en=f"This is an e-mail address. {_WHERE_EN}"),
    "other_host": Text(
        de=f"Diese Adresse führt nicht zu Lexware Office. {_WHERE_DE}",
        en=f"This address does not lead to Lexware Office. {_WHERE_EN}",
    ),
    "other_page": Text(
        de=f"Diese Seite von Lexware ist keine Kontaktseite. {_WHERE_DE}",
        en=f"This page of Lexware is not a contact's. {_WHERE_EN}",
    ),
    "contact_list": Text(
        de=f"Das ist die Liste der Kontakte; bitte dort den Kontakt öffnen. {_WHERE_DE}",
        en=f"This is the list of contacts; open the contact there. {_WHERE_EN}",
    ),
    "invoice": Text(
        de=f"Das ist die Seite einer Rechnung; bitte von dort den Kontakt öffnen. {_WHERE_DE}",
        en=f"This is an invoice's page; open the contact from there. {_WHERE_EN}",
    ),
    "credit_note": Text(
        de=f"Das ist die Seite einer Rechnungskorrektur; bitte von dort den Kontakt öffnen. {_WHERE_DE}",
        en=f"This is a credit note's page; open the contact from there. {_WHERE_EN}",
    ),
    "voucher": Text(
        de=f"Das ist die Seite eines Belegs; bitte von dort den Kontakt öffnen. {_WHERE_DE}",
        en=f"This is a voucher's page; open the contact from there. {_WHERE_EN}",
    ),
}

# What Lexware says about it

GONE = Text(
    de="Einen Kontakt {contact} gibt es in der verbundenen Firma nicht. Vielleicht ist es die ID einer Rechnung, oder der "
    "Kontakt ist gelöscht oder gehört zu einer anderen Firma. Bitte die Kontaktseite im Browser öffnen und deren Adresse "
    "nehmen.",
    en="The connected organisation has no contact {contact}. It may be the id of an invoice, or the contact was deleted "
    "or belongs to another organisation. Open the contact's page in the browser and take its address.",
)
NO_SUCH_LEXWARE_NUMBER = Text(
    de="Einen Kunden mit der Nummer {number} gibt es in Lexware nicht. Gemeint ist die Kundennummer von Lexware, nicht die "
    "der Praxis.",
    en="Lexware has no customer of number {number}. What counts is Lexware's customer number, not the practice's.",
)
SEVERAL_OF_NUMBER = Text(
    de="Die Nummer {number} haben in Lexware mehrere Kontakte: {contacts}. Bitte die ID angeben.",
    en="Several contacts in Lexware have the number {number}: {contacts}. Give the id.",
)
ARCHIVED = Text(
    de="Der Kontakt {contact} ist in Lexware archiviert. Bitte dort aus dem Archiv holen oder einen anderen angeben.",
    en="The contact {contact} is archived in Lexware. Bring it back from the archive there, or give another one.",
)
NOT_A_CUSTOMER = Text(
    de="Der Kontakt {contact} ist in Lexware nur Lieferant. Bitte ihm dort die Rolle Kunde geben oder einen anderen "
    "angeben.",
    en="The contact {contact} is only a supplier in Lexware. Give it the role customer there, or give another one.",
)
NAME_DIFFERS = Text(
    de="Der Kontakt {contact} hat in Lexware einen anderen Namen als der Kunde {customer}.",
    en="The contact {contact} has another name in Lexware than customer {customer}.",
)
FIRST_NAME_DIFFERS = Text(
    de="Hinweis: der Vorname des Kontakts {contact} ist ein anderer als der des Kunden {customer}.",
    en="Note: the first name of contact {contact} is another than that of customer {customer}.",
)
SHARED = Text(
    de="Der Kontakt {contact} ist schon mit dem Kunden {others} verknüpft.",
    en="The contact {contact} is linked to customer {others} already.",
)
BOTH = Text(de="{one} {other}", en="{one} {other}")
CONCERN = Text(
    de="{concern} Bitte vergleichen; ist dieser Kontakt wirklich der Rechnungsempfänger, mit --force wiederholen.",
    en="{concern} Compare them; if this contact is really the one to be billed, repeat with --force.",
)
FORCED = Text(de="Trotzdem verknüpft (--force): {concern}", en="Linked nevertheless (--force): {concern}")

# What was done

LINKED = Text(
    de="Der Kunde {customer} ist mit dem Kontakt {contact} verknüpft.",
    en="Customer {customer} is linked to contact {contact}.",
)
REPLACED = Text(
    de="Der Kunde {customer} ist jetzt mit dem Kontakt {contact} verknüpft statt mit {before}.",
    en="Customer {customer} is now linked to contact {contact} instead of {before}.",
)
ALREADY_LINKED = Text(
    de="Der Kunde {customer} ist schon mit dem Kontakt {contact} verknüpft. Es hat sich nichts geändert.",
    en="Customer {customer} is linked to contact {contact} already. Nothing has changed.",
)
WOULD_LINK = Text(
    de="Der Kunde {customer} würde mit dem Kontakt {contact} verknüpft. Probelauf: es wurde nichts gespeichert.",
    en="Customer {customer} would be linked to contact {contact}. Dry run: nothing was stored.",
)
LINKED_MEANWHILE = Text(
    de="Der Kunde {customer} wurde gerade von der Übertragung verknüpft. Bitte noch einmal aufrufen.",
    en="Customer {customer} has just been linked by the transfer. Run this again.",
)
REPLAY = Text(
    de="Dokumente dieses Kunden liegen bei den unzustellbaren; erneut senden mit `lexrelay replay {events}`.",
    en="Documents of this customer are dead letters; send them again with `lexrelay replay {events}`.",
)
UNLINKED = Text(
    de="Der Kunde {customer} ist nicht mehr mit dem Kontakt {contact} verknüpft. Für das nächste Dokument wird wieder ein "
    "Kontakt gesucht oder angelegt.",
    en="Customer {customer} is no longer linked to contact {contact}. For the next document a contact is looked for or "
    "created again.",
)
NOT_LINKED = Text(
    de="Der Kunde {customer} ist mit keinem Kontakt verknüpft.", en="Customer {customer} is linked to no contact."
)

# Lists

FILE_UNREADABLE = Text(
    de="Die Datei ist keine Textdatei mit Spalten (CSV).", en="The file is no text file with columns (CSV)."
)
COLUMNS_MISSING = Text(
    de="Die erste Zeile der Datei muss die Spalten customer (oder customer_number) und value nennen.",
    en="The first line of the file must name the columns customer (or customer_number) and value.",
)
NO_CUSTOMER_IN_ROW = Text(
    de="In dieser Zeile steht kein Kunde, oder keine Zahl als Kunde.",
    en="This line names no customer, or one that is no number.",
)
TWICE_IN_FILE = Text(
    de="Der Kunde {customer} steht schon in Zeile {line}.", en="Customer {customer} stands in line {line} already."
)
SHARED_IN_FILE = Text(
    de="Der Kontakt {contact} steht schon in Zeile {line} bei einem anderen Kunden.",
    en="The contact {contact} stands in line {line} already, for another customer.",
)
MANY = Text(de="{count} Kunden verknüpfen?", en="Link {count} customers?")
LINKING = Text(de="Verknüpfen", en="Linking")
SEARCHING = Text(de="Suchen", en="Searching")
IN_LINE = Text(de="Zeile {line}: {said}", en="Line {line}: {said}")
SUMMARY = Text(
    de="{linked} verknüpft, {unchanged} unverändert, {skipped} ohne Wert, {failed} nicht verknüpft.",
    en="{linked} linked, {unchanged} unchanged, {skipped} without a value, {failed} not linked.",
)
SUMMARY_OF_DRY_RUN = Text(
    de="Probelauf, es wurde nichts gespeichert: {linked} würden verknüpft, {unchanged} sind es schon, {skipped} ohne Wert, "
    "{failed} nicht zu verknüpfen.",
    en="Dry run, nothing was stored: {linked} would be linked, {unchanged} are already, {skipped} without a value, {failed} "
    "cannot be linked.",
)
SOME_FAILED = Text(
    de="Nicht verknüpft sind die Zeilen {lines}. Nach der Korrektur kann die ganze Datei noch einmal verwendet werden.",
    en="Not linked are the lines {lines}. Once corrected, the whole file can be used again.",
)
NO_LINKS = Text(de="Es ist kein Kunde verknüpft.", en="No customer is linked.")
NOBODY_TO_SUGGEST = Text(de="Alle Kunden mit Dokumenten sind verknüpft.", en="All customers with documents are linked.")
NO_CANDIDATES = Text(
    de="Niemand ihres Namens ist in Lexware: {count} Kunden; für sie wird ein Kontakt angelegt.",
    en="Nobody of their name is in Lexware: {count} customers; a contact is created for them.",
)
HOW_TO_LINK = Text(
    de="Verknüpfen: `lexrelay contact link --practice {practice} --customer KUNDE KONTAKT`.",
    en="To link: `lexrelay contact link --practice {practice} --customer CUSTOMER CONTACT`.",
)
HINTS = {
    "archived": Text(de="archiviert", en="archived"),
    "not_a_customer": Text(de="nur Lieferant", en="supplier only"),
    "linked_to_another": Text(de="mit anderem Kunden verknüpft", en="linked to another customer"),
    "carries_marker": Text(de="trägt eine Kennung von lexrelay", en="carries a marker of lexrelay"),
    "other_address": Text(de="andere Anschrift", en="another address"),
}
MATCHES = {
    "exact": Text(de="genau gleich", en="exactly equal"),
    "same_name": Text(de="gleicher Name", en="same name"),
}
