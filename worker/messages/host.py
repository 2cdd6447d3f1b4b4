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
