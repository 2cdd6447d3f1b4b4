"""What a practice reads about a file of links (`contact link --csv`)."""

from worker.messages import Text
from worker.messages.labels import labels

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
DONE = labels("line", "customer_id", "result", "contact_id")
RESULTS = {
    "linked": Text(de="verknüpft", en="linked"),
    "unchanged": Text(de="war schon verknüpft", en="linked already"),
    "would_link": Text(de="würde verknüpft", en="would be linked"),
    "skipped": Text(de="ohne Wert", en="no value"),
    "failed": Text(de="nicht verknüpft", en="not linked"),
}
MANY = Text(
    de="{count} Kunden verknüpfen?", en="Link {count} customers?", one=("1 Kunden verknüpfen?", "Link 1 customer?")
)
LINKING = Text(de="Verknüpfen", en="Linking")
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
