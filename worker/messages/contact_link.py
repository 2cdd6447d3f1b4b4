"""What a practice reads about the "Lex Office Kontakt ID" of its customers. Ids and numbers, never a name."""

from collections.abc import Mapping

from worker.messages import Text

NO_SUCH_CUSTOMER = Text(
    de="Einen Kunden {customer} hat die Praxis {practice} nicht.", en="Practice {practice} has no customer {customer}."
)
NO_SUCH_NUMBER = Text(
    de="Einen Kunden mit der Kundennummer {number} hat die Praxis {practice} nicht.",
    en="Practice {practice} has no customer of number {number}.",
)
NUMBER_AMBIGUOUS = Text(
    de="Die Kundennummer {number} haben mehrere Kunden ({customers}). Bitte verwenden Sie die Spalte Kunde.",
    en="Several customers have the number {number} ({customers}). Use the column customer.",
)

# What was pasted

_WHERE_DE = "Gebraucht wird die Adresse der Kontaktseite aus dem Browser, die ID darin oder die Lexware-Kundennummer."
_WHERE_EN = "Needed is the address of the contact's page in the browser, the id in it, or the Lexware customer number."

NOT_A_CONTACT: Mapping[str, Text] = {
    "nothing": Text(de=f"Der Wert ist leer. {_WHERE_DE}", en=f"The value is empty. {_WHERE_EN}"),
    "text": Text(
        de=f"Das ist weder eine ID noch eine Adresse noch eine Kundennummer. {_WHERE_DE}",
        en=f"This is neither an id nor an address nor a customer number. {_WHERE_EN}",
    ),
    "several": Text(
        de=f"Das sind mehrere Kontakte; bitte geben Sie nur den einen an. {_WHERE_DE}",
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
        de=f"Das ist die Liste der Kontakte; bitte öffnen Sie dort den Kontakt. {_WHERE_DE}",
        en=f"This is the list of contacts; open the contact there. {_WHERE_EN}",
    ),
    "invoice": Text(
        de=f"Das ist die Seite einer Rechnung; bitte öffnen Sie von dort den Kontakt. {_WHERE_DE}",
        en=f"This is an invoice's page; open the contact from there. {_WHERE_EN}",
    ),
    "credit_note": Text(
        de=f"Das ist die Seite einer Rechnungskorrektur; bitte öffnen Sie von dort den Kontakt. {_WHERE_DE}",
        en=f"This is a credit note's page; open the contact from there. {_WHERE_EN}",
    ),
    "voucher": Text(
        de=f"Das ist die Seite eines Belegs; bitte öffnen Sie von dort den Kontakt. {_WHERE_DE}",
        en=f"This is a voucher's page; open the contact from there. {_WHERE_EN}",
    ),
}

# What Lexware says about it

GONE = Text(
    de="Einen Kontakt {contact} gibt es im verbundenen Unternehmen nicht. Vielleicht ist es die ID einer Rechnung, oder der "
    "Kontakt ist gelöscht oder gehört zu einem anderen Unternehmen. Bitte öffnen Sie die Kontaktseite im Browser und nehmen Sie "
    "deren Adresse.",
    en="The connected organisation has no contact {contact}. It may be the id of an invoice, or the contact was deleted "
    "or belongs to another organisation. Open the contact's page in the browser and take its address.",
)
NO_SUCH_LEXWARE_NUMBER = Text(
    de="Einen Kunden mit der Nummer {number} gibt es in Lexware nicht. Gemeint ist die Kundennummer von Lexware, nicht die "
    "der Praxis.",
    en="Lexware has no customer of number {number}. What counts is Lexware's customer number, not the practice's.",
)
SEVERAL_OF_NUMBER = Text(
    de="Die Nummer {number} haben in Lexware mehrere Kontakte: {contacts}. Bitte geben Sie die ID an.",
    en="Several contacts in Lexware have the number {number}: {contacts}. Give the id.",
)
ARCHIVED = Text(
    de="Der Kontakt {contact} ist in Lexware archiviert. Bitte holen Sie ihn dort aus dem Archiv, oder geben Sie einen anderen an.",
    en="The contact {contact} is archived in Lexware. Bring it back from the archive there, or give another one.",
)
NOT_A_CUSTOMER = Text(
    de="Der Kontakt {contact} ist in Lexware nur Lieferant. Bitte geben Sie ihm dort die Rolle Kunde, oder geben Sie "
    "einen anderen an.",
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
    de="Der Kontakt {contact} ist schon verknüpft mit Kunde {others}.",
    en="The contact {contact} is linked to customer {others} already.",
)
BOTH = Text(de="{one} {other}", en="{one} {other}")
CONCERN = Text(
    de="{concern} Bitte vergleichen Sie beide; ist dieser Kontakt wirklich der Rechnungsempfänger, wiederholen Sie dies mit "
    "--force.",
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
    de="Der Kunde {customer} wurde gerade von der Übertragung verknüpft. Bitte rufen Sie dies noch einmal auf.",
    en="Customer {customer} has just been linked by the transfer. Run this again.",
)
REPLAY = Text(
    de="Belege dieses Kunden wurden aufgegeben; mit `lexrelay replay {events}` senden Sie sie erneut.",
    en="Documents of this customer are dead letters; send them again with `lexrelay replay {events}`.",
)
UNLINKED = Text(
    de="Der Kunde {customer} ist nicht mehr mit dem Kontakt {contact} verknüpft. Für den nächsten Beleg wird wieder ein "
    "Kontakt gesucht oder angelegt.",
    en="Customer {customer} is no longer linked to contact {contact}. For the next document a contact is looked for or "
    "created again.",
)
NOT_LINKED = Text(
    de="Der Kunde {customer} ist mit keinem Kontakt verknüpft.", en="Customer {customer} is linked to no contact."
)
