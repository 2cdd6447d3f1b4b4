"""What a practice reads about many contacts at once: files of links, the links that hold, and whom to link."""

from worker.messages import Text

FILE_UNREADABLE = Text(
    de="Die Datei ist keine Textdatei mit Spalten (CSV).", en="The file is no text file with columns (CSV)."
)
COLUMNS_MISSING = Text(
    de="Die erste Zeile der Datei muss die Spalten Kunde (oder Kundennummer) und Kontakt nennen.",
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
DONE = {
    "line": Text(de="Zeile", en="Line"),
    "customer_id": Text(de="Kunde", en="Customer"),
    "result": Text(de="Ergebnis", en="Result"),
    "contact_id": Text(de="Kontakt", en="Contact"),
}
RESULTS = {
    "linked": Text(de="verknüpft", en="linked"),
    "unchanged": Text(de="war schon verknüpft", en="linked already"),
    "would_link": Text(de="würde verknüpft", en="would be linked"),
    "skipped": Text(de="ohne Wert", en="no value"),
    "failed": Text(de="nicht verknüpft", en="not linked"),
}
LINKS = {
    "customer_id": Text(de="Kunde", en="Customer"),
    "customer_number": Text(de="Kundennummer", en="Customer number"),
    "contact_id": Text(de="Kontakt", en="Contact"),
    "origin": Text(de="Herkunft", en="Origin"),
    "linked_by": Text(de="verknüpft von", en="Linked by"),
    "linked_at": Text(de="verknüpft am", en="Linked at"),
    "current": Text(de="verbundene Firma", en="Connected organisation"),
}
CHECKED = {"state": Text(de="in Lexware", en="In Lexware")}
STATES = {
    "usable": Text(de="verwendbar", en="usable"),
    "archived": Text(de="archiviert", en="archived"),
    "not_a_customer": Text(de="nur Lieferant", en="supplier only"),
    "gone": Text(de="nicht mehr da", en="gone"),
}
UNUSABLE = Text(
    de="Nicht mehr verwendbar ist der Kontakt von Kunde {customers}. Bitte stellen Sie ihn in Lexware wieder her (Archiv, Rolle "
    "Kunde), oder geben Sie mit `lexrelay contact link` einen anderen an.",
    en="The contact of customer {customers} cannot be used any more. Restore it in Lexware (archive, role customer), or give "
    "another one with `lexrelay contact link`.",
)
CHECKING = Text(de="Prüfen", en="Checking")
ORIGINS = {
    "created": Text(de="angelegt", en="created"),
    "matched": Text(de="gefunden", en="found"),
    "linked": Text(de="von Hand", en="by hand"),
}
MANY = Text(de="{count} Kunden verknüpfen?", en="Link {count} customers?")
LINKING = Text(de="Verknüpfen", en="Linking")
SEARCHING = Text(de="Suchen", en="Searching")
IN_LINE = Text(de="Zeile {line}: {said}", en="Line {line}: {said}")
SUMMARY = Text(
    de="Verknüpft: {linked}, schon verknüpft: {unchanged}, ohne Wert: {skipped}, nicht verknüpft: {failed}.",
    en="Linked: {linked}, linked already: {unchanged}, without a value: {skipped}, not linked: {failed}.",
)
SUMMARY_OF_DRY_RUN = Text(
    de="Probelauf, es wurde nichts gespeichert. Zu verknüpfen: {linked}, schon verknüpft: {unchanged}, ohne Wert: {skipped}, "
    "nicht möglich: {failed}.",
    en="Dry run, nothing was stored. To be linked: {linked}, linked already: {unchanged}, without a value: {skipped}, not "
    "possible: {failed}.",
)
SOME_FAILED = Text(
    de="Nicht verknüpft: Zeile {lines}. Nach der Korrektur können Sie die ganze Datei noch einmal verwenden.",
    en="Not linked: line {lines}. Once corrected, the whole file can be used again.",
)
NO_LINKS = Text(de="Es ist kein Kunde verknüpft.", en="No customer is linked.")
NOBODY_TO_SUGGEST = Text(
    de="Kein Kunde mit abgeschlossenen Belegen ist ohne Verknüpfung.",
    en="No customer with completed documents is without a link.",
)
SUGGESTED = (
    Text(de="Kunde", en="Customer"),
    Text(de="Name und Anschrift", en="Name and address"),
    Text(de="Kontakt", en="Contact"),
    Text(de="Name und Anschrift in Lexware", en="Name and address in Lexware"),
    Text(de="Übereinstimmung", en="Match"),
    Text(de="Hinweise", en="Hints"),
)
NO_CANDIDATES = Text(
    de="Kunden, deren Namen in Lexware niemand trägt: {count}. Für sie wird mit dem nächsten Beleg ein Kontakt angelegt.",
    en="Customers whose name nobody bears in Lexware: {count}. A contact is created for them with their next document.",
)
HOW_TO_LINK = Text(
    de="So verknüpfen Sie: `lexrelay contact link --practice {practice} --customer KUNDE KONTAKT`.",
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
