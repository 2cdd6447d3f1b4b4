"""What `lexrelay host check` says beside its findings, and what is said when a rehearsal forbids something."""

from worker.messages import Text

LOOKING = Text(de="Die Belege ansehen", en="Looking at the documents")
TRANSLATING = Text(de="Belege übersetzen: {documents}", en="Translating documents: {documents}")
DESCRIPTION = Text(
    de="Host {host}, angesehene Belege vom {first} bis {last}: {documents}.",
    en="Host {host}, documents looked at from {first} to {last}: {documents}.",
)
UNDATED = Text(
    de="Host {host}, angesehene Belege, keiner mit lesbarem Datum: {documents}.",
    en="Host {host}, documents looked at, none of a readable date: {documents}.",
)
NO_DOCUMENTS = Text(de="Host {host}: kein Beleg angesehen.", en="Host {host}: looked at no documents.")
NOT_ALL = Text(
    de="Übersetzt wurden nur die neuesten {documents} von {there}: das Lesen dauert zu lang.",
    en="Only the newest {documents} of {there} were translated: reading takes too long.",
)
NOTHING_FOUND = Text(de="Nichts zu beanstanden.", en="Nothing is wrong.")
LEVELS = {
    "failure": Text(de="Fehler", en="failure"),
    "warning": Text(de="Hinweis", en="warning"),
}
EXAMPLES = Text(de="Belege, etwa: {examples}", en="Documents, for example: {examples}")
WOULD_GO = {
    "neutral": Text(
        de="Mit neutralen Zeilen gingen {count} von {documents} hinüber.",
        en="With neutral lines {count} of {documents} would go over.",
    ),
    "itemised": Text(
        de="Mit einzelnen Zeilen gingen {count} von {documents} hinüber.",
        en="With itemised lines {count} of {documents} would go over.",
    ),
}
WOULD_NOT = Text(de="{reason}: {count}, etwa {examples}", en="{reason}: {count}, for example {examples}")
WOULD_NOT_BY = Text(
    de="{reason} ({fields}): {count}, etwa {examples}", en="{reason} ({fields}): {count}, for example {examples}"
)
MONTHS = Text(
    de="Bitte mit der eigenen Auswertung des Hosts vergleichen (Storno mit Vorzeichen enthalten):",
    en="Hold this against the host's own report (cancellations are in the sums, with their sign):",
)
MONTH_COLUMNS = {
    "month": Text(de="Monat", en="month"),
    "documents": Text(de="Rechnungen", en="invoices"),
    "cancellations": Text(de="Stornos", en="cancellations"),
    "net": Text(de="netto", en="net"),
    "vat": Text(de="USt", en="VAT"),
    "gross": Text(de="brutto", en="gross"),
}
CELL = Text(de="{value}", en="{value}")
SPEED = Text(
    de="Ein Beleg {document} ms, Sicherheitsnetz {sweep} ms, Trigger {trigger} ms.",
    en="One document {document} ms, safety net {sweep} ms, trigger {trigger} ms.",
)
NO_HOST = Text(
    de="Es ist kein Host angewandt. Einen Ordner nennen: `lexrelay host check ORDNER`.",
    en="No host is applied. Name a folder: `lexrelay host check DIR`.",
)
REFUSED = Text(
    de="Die Beschreibung des Hosts ist falsch; so gingen falsche Belege hinüber: {failures} Was zu tun ist, sagt `lexrelay "
    "host check`. Trotzdem: --force mit --why.",
    en="The description of the host is wrong; wrong documents would go over: {failures} `lexrelay host check` says what to "
    "do. All the same: --force with --why.",
)
FAILURE = Text(de="{code}: {message}", en="{code}: {message}")
FORCE_NEEDS_WHY = Text(de="--force braucht einen Grund: --why.", en="--force needs a reason: --why.")
