"""What is said about a host folder: what is wrong with it and what to do, and what became of it."""

from worker.messages import Text

# The folder

NO_FOLDER = Text(
    de="Den Ordner {folder} gibt es nicht. `lexrelay host new ORDNER` legt einen an.",
    en="There is no folder {folder}. `lexrelay host new DIR` makes one.",
)
FOLDER_NOT_EMPTY = Text(
    de="Der Ordner {folder} ist nicht leer. Bitte einen neuen nennen.",
    en="The folder {folder} is not empty. Name a new one.",
)
CANNOT_WRITE = Text(de="{folder} lässt sich nicht schreiben: {error}.", en="{folder} cannot be written: {error}.")
FILE_MISSING = Text(
    de="{file} fehlt im Host-Ordner oder ist leer. `lexrelay host new ORDNER --like reference` zeigt, wie sie aussieht.",
    en="{file} is missing in the host folder, or empty. `lexrelay host new DIR --like reference` shows one.",
)
UNKNOWN_FILE = Text(
    de="{file}: eine Datei dieses Namens gehört nicht in einen Host-Ordner. Möglich sind {files}. Bitte umbenennen oder löschen.",
    en="{file}: no file of a host folder has this name. There can be {files}. Rename or remove it.",
)
UNREADABLE_FILE = Text(
    de="{file} lässt sich nicht als UTF-8-Text lesen. Bitte als UTF-8 speichern.",
    en="{file} cannot be read as UTF-8 text. Save it as UTF-8.",
)
NO_TOML = Text(
    de="host.toml ist kein gültiges TOML: {error}. Bitte an dieser Stelle berichtigen.",
    en="host.toml is no valid TOML: {error}. Correct it there.",
)
UNKNOWN_KEY = Text(
    de="host.toml: {where} kennt {keys} nicht. Möglich sind {allowed}.",
    en="host.toml: {where} does not know {keys}. There can be {allowed}.",
)
CONTRACT_MISSING = Text(
    de="host.toml: `contract = {contract}` fehlt. Bitte eintragen: der Vertrag, den die Abfragen erfüllen.",
    en="host.toml: `contract = {contract}` is missing. Add it: the contract that the selects fulfil.",
)
OTHER_CONTRACT = Text(
    de="host.toml: dieses Programm kennt Vertrag {contract}, nicht {found}. Bitte die Abfragen anpassen oder ein passendes lexrelay einsetzen.",
    en="host.toml: this program knows contract {contract}, not {found}. Adapt the selects, or install the lexrelay that fits.",
)
NAME_MISSING = Text(
    de='host.toml: `name` fehlt. Bitte eintragen, wie die Praxissoftware heißt: name = "…", höchstens 200 Zeichen.',
    en='host.toml: `name` is missing. Say what the practice software is called: name = "…", at most 200 characters.',
)
TRIGGER_SHAPE = Text(
    de='host.toml: [[trigger]] braucht table = "schema.tabelle", document = "spalte" und, wenn gewünscht, '
    'update_of = ["spalte", …].',
    en='host.toml: [[trigger]] needs table = "schema.table", document = "column" and, if wanted, '
    'update_of = ["column", …].',
)
TRIGGER_TWICE = Text(
    de="host.toml: {table} hat zwei [[trigger]]. Bitte zu einem zusammenfassen.",
    en="host.toml: {table} has two [[trigger]]. Make them one.",
)
POLL_SHAPE = Text(
    de="host.toml: [poll] seconds ist eine Zahl von 1 bis 86400.",
    en="host.toml: [poll] seconds is a number from 1 to 86400.",
)

# The selects

FILE = Text(de="{file}", en="{file}")
LINE = Text(de="{file}, Zeile {line}", en="{file}, line {line}")
SELECT_FAILS = Text(
    de="{where}: PostgreSQL kann die Abfrage nicht ausführen: {said} ({state}). Bitte dort berichtigen.",
    en="{where}: PostgreSQL cannot execute the select: {said} ({state}). Correct it there.",
)
COLUMN_MISSING = Text(
    de="{file}: die Spalte {column} fehlt ({means}). Bitte in die Abfrage aufnehmen, zum Beispiel `… as {column}`.",
    en="{file}: the column {column} is missing ({means}). Add it to the select, for instance as `… as {column}`.",
)
COLUMN_TWICE = Text(
    de="{file}: die Spalte {column} kommt zweimal vor. Bitte eine davon streichen.",
    en="{file}: the column {column} is there twice. Take one of them out.",
)
UNKNOWN_COLUMN = Text(
    de="{file}: {columns} gehört nicht in diese Sicht. Bitte streichen oder richtig schreiben; möglich sind {known}.",
    en="{file}: {columns} does not belong into this view. Take it out, or correct the name; there can be {known}.",
)
WRONG_TYPE = Text(
    de="{file}: die Spalte {column} ist vom Typ {found}, gebraucht wird {wanted}. {remedy}",
    en="{file}: the column {column} is of type {found}, {wanted} is needed. {remedy}",
)
USE_ID = Text(
    de="Für Schlüssel, die keine Zahl sind: `contract.id(…::text) as {column}`, und den Schlüssel selbst als host_key.",
    en="For keys that are no number: `contract.id(…::text) as {column}`, and the key itself as host_key.",
)
USE_TIME_ZONE = Text(
    de="Bitte die Zeitzone nennen, in der die Praxissoftware schreibt: `(… at time zone 'UTC') as {column}`.",
    en="Name the time zone in which the practice software writes: `(… at time zone 'UTC') as {column}`.",
)
USE_DAY = Text(
    de="Bitte den Tag in Berlin nehmen: `(… at time zone 'Europe/Berlin')::date as {column}`.",
    en="Take the day in Berlin: `(… at time zone 'Europe/Berlin')::date as {column}`.",
)
USE_TO_DATE = Text(
    de="Bitte in einen Tag umwandeln, zum Beispiel `to_date(…, 'DD.MM.YYYY') as {column}`.",
    en="Make a day of it, for instance by `to_date(…, 'DD.MM.YYYY') as {column}`.",
)
USE_POINT = Text(
    de="Bitte in eine Zahl umwandeln; steht ein Komma darin: `replace(…, ',', '.')::numeric as {column}`.",
    en="Make a number of it; if there is a comma in it: `replace(…, ',', '.')::numeric as {column}`.",
)
USE_CAST = Text(
    de="Bitte umwandeln, zum Beispiel `(…)::{wanted} as {column}`; eine freiwillige Spalte kann auch wegbleiben.",
    en="Cast it, for instance as `(…)::{wanted} as {column}`; an optional column may also be left out.",
)
SOMETHING_DEPENDS = Text(
    de="{view} lässt sich nicht neu anlegen, weil etwas daran hängt: {what}. Bitte das zuerst löschen; von contract.* liest nur lexrelay.",
    en="{view} cannot be made anew, since something depends on it: {what}. Drop that first; only lexrelay reads contract.*.",
)

# Triggers and prepare.sql

TABLE_MISSING = Text(
    de="host.toml: die Tabelle {table} gibt es nicht. Bitte mit Schema und so nennen, wie SQL den Namen schreibt: "
    "table = 'schema.tabelle', mit Großbuchstaben table = 'schema.\"Tabelle\"'.",
    en="host.toml: there is no table {table}. Name it with its schema, as SQL writes the name: table = 'schema.table', with "
    "capitals table = 'schema.\"Table\"'.",
)
TABLE_COLUMN_MISSING = Text(
    de="host.toml: die Tabelle {table} hat keine Spalte {columns}. Bitte [[trigger]] berichtigen.",
    en="host.toml: the table {table} has no column {columns}. Correct [[trigger]].",
)
TRIGGER_REFUSED = Text(
    de="Auf {table} lässt sich kein Trigger anlegen: {said}. Bitte als Eigentümer der Tabelle ausführen, oder [[trigger]] "
    "weglassen: dann findet das Sicherheitsnetz jeden Beleg.",
    en="No trigger can be made on {table}: {said}. Do this as the owner of the table, or leave [[trigger]] out: then the "
    "safety net finds every document.",
)
PREPARE_FAILS = Text(
    de="prepare.sql: PostgreSQL kann es nicht ausführen: {said} ({state}). Bitte berichtigen.",
    en="prepare.sql: PostgreSQL cannot execute it: {said} ({state}). Correct it.",
)

# Which host

NO_HOST = Text(
    de="Noch ist keine Praxissoftware beschrieben. Zum Ausprobieren: `lexrelay migrate --reference-practice`. Für die eigene: "
    "`lexrelay host new ORDNER`, anpassen, dann `lexrelay migrate --host ORDNER`.",
    en="No practice software is described yet. To try it out: `lexrelay migrate --reference-practice`. For your own: "
    "`lexrelay host new DIR`, adapt it, then `lexrelay migrate --host DIR`.",
)
OLD_VIEWS = Text(
    de="Die Sichten des Schemas contract sind von Hand angepasst ({views}). Sie müssen ein Host-Ordner werden, damit keine neue "
    "Version sie überschreibt: `lexrelay host new ORDNER`, ihre Abfragen dorthin übernehmen, dann `lexrelay migrate --host "
    "ORDNER`. Nichts wurde geändert.",
    en="The views of schema contract were adapted by hand ({views}). They must become a host folder, so that no release "
    "overwrites them: `lexrelay host new DIR`, take their selects over, then `lexrelay migrate --host DIR`. Nothing was changed.",
)
ROLES_MISSING = Text(
    de="Die Rollen {roles} fehlen, und {login} darf keine anlegen. Ein Administrator muss ausführen: {statements} Nichts wurde "
    "geändert.",
    en="The roles {roles} are missing, and {login} may not create any. An administrator has to execute: {statements} Nothing "
    "was changed.",
)
BUSY = Text(
    de="Eine Tabelle oder Sicht war die ganze Zeit gesperrt. Nichts vom Host-Ordner wurde angewendet; bitte später noch einmal.",
    en="A table or view was locked the whole time. Nothing of the host folder was applied; try again later.",
)
UP_TO_DATE = Text(de="Das Schema ist auf dem neuesten Stand.", en="The schema is up to date.")
WRITTEN = Text(de="Geschrieben: {folder}.", en="Written: {folder}.")
WRITTEN_STEP = Text(
    de="Die Abfragen anpassen, mit `lexrelay host check {folder}` proben, dann `lexrelay migrate --host {folder}`.",
    en="Adapt the selects, rehearse with `lexrelay host check {folder}`, then `lexrelay migrate --host {folder}`.",
)
APPLIED = Text(de="{host}, angewendet am {day} von {by}.", en="{host}, applied on {day} by {by}.")
FILES = Text(de="Dateien: {files}.", en="Files: {files}.")
TOO_LARGE = Text(
    de="Der Beleg hat mehr als {limit} Positionen oder zu lange Texte; er würde nicht gelesen und nicht übertragen (too_large).",
    en="The document has more than {limit} lines or texts that are too long; it would not be read nor go over (too_large).",
)
HOST_DATA = Text(
    de="Die Sicht contract.{view} der Praxissoftware lässt sich für diesen Beleg nicht lesen: Spalte {column}, SQLSTATE {state}. "
    "Den Beleg in der Praxissoftware oder {view}.sql berichtigen.",
    en="The practice software's view contract.{view} cannot be read for this document: column {column}, SQLSTATE {state}. "
    "Correct the document in the practice software, or {view}.sql.",
)
ROWS_FAIL = Text(
    de="{file}: die Abfrage scheitert an einzelnen Zeilen (SQLSTATE {state}). Bitte dort abfangen oder die Zeilen berichtigen.",
    en="{file}: the select fails for single rows (SQLSTATE {state}). Catch that in the select, or correct the rows.",
)
NO_SUCH_KEY = Text(
    de="Die Praxissoftware kennt keine Nummer und keinen Schlüssel {key}. `lexrelay practice list` zeigt alle Praxen.",
    en="The practice software knows no number or key {key}. `lexrelay practice list` shows all practices.",
)
