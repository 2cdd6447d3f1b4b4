"""What is read in the demo, and of the sandbox when it serves."""

from worker.messages import Text
from worker.messages.glossary import STATES
from worker.messages.labels import labels

STARTING = Text(
    de="PostgreSQL, Redis und ein simuliertes Lexware starten in einem Temporärordner …",
    en="Starting PostgreSQL, Redis and a simulated Lexware in a temporary folder …",
)
COMMAND = Text(de="$ {program} {words}", en="$ {program} {words}")
SAID = Text(de="{said}", en="{said}")
STOPPING = Text(de="Wird beendet und aufgeräumt …", en="Stopping and clearing up …")
MISHAP = Text(
    de="\nEin Beleg ist aufgegeben: ihm fehlt der Befreiungshinweis. So wird er gefunden, erklärt und repariert:",
    en="\nOne document is a dead letter: its exemption note is missing. This is how it is found, explained and repaired:",
)
MENDED = Text(
    de="Die Praxis trägt den Vermerk in ihrer Software nach.", en="The practice fills the note in in its software."
)
TRY = Text(
    de="""
Das ist eine Shell, um die herum alles läuft: eine Praxissoftware (PostgreSQL), lexrelay und ein simuliertes
Lexware ({sandbox}). Zum Beispiel:

lexrelay try --sql $LEXRELAY_TRY/invoices.sql   # zwei Rechnungen; die zweite scheitert
lexrelay dead list                              # woran, und was zu tun ist
lexrelay try --sql $LEXRELAY_TRY/repair.sql     # die Praxis behebt es
lexrelay replay --all                           # noch einmal
lexrelay show RE-2 --practice 1                 # die ganze Geschichte

`exit` beendet alles und räumt auf.""",
    en="""
This is a shell with everything running around it: a practice software (PostgreSQL), lexrelay and a simulated
Lexware ({sandbox}). For instance:

lexrelay try --sql $LEXRELAY_TRY/invoices.sql   # two invoices; the second one fails
lexrelay dead list                              # of what, and what to do
lexrelay try --sql $LEXRELAY_TRY/repair.sql     # the practice mends it
lexrelay replay --all                           # once more
lexrelay show RE-2 --practice 1                 # the whole story

`exit` ends it all and clears up.""",
)
ONLY_WITHIN = Text(
    de="--sql geht nur in der Shell, die `lexrelay try` öffnet: dort ist alles erfunden.",
    en="--sql works within the shell that `lexrelay try` opens only: there everything is invented.",
)
NO_SQL_FILE = Text(de="{path} lässt sich nicht lesen ({problem}).", en="{path} cannot be read ({problem}).")
SQL_FAILED = Text(de="PostgreSQL sagt: {problem}", en="PostgreSQL says: {problem}")
SQL_DONE = Text(
    de="{path} ist ausgeführt. `lexrelay status` zeigt, wo die Belege stehen.",
    en="{path} was run. `lexrelay status` shows where the documents stand.",
)
LIKEWISE = Text(
    de="… ebenso für die anderen, zusammen {practices} Praxen",
    en="… likewise for the others, {practices} practices in all",
)
WRITING = Text(
    de="Die Praxissoftware schließt {documents} Belege von {practices} Praxen ab, jeden in einer Transaktion. Manche "
    "Rechnung wird in Lexware fertiggestellt, bevor die Praxis sie storniert.",
    en="The practice software completes {documents} documents of {practices} practices, each in one transaction. Some "
    "invoices are finalised in Lexware before the practice cancels them.",
)
SO_FAR = Text(de="{done} von {wanted} übertragen", en="{done} of {wanted} delivered")
AMOUNT = Text(de="{amount}", en="{amount}")
DELIVERING = Text(de="Übertragen", en="Delivered")
COLUMNS = labels("number", "kind", "customer_id", "result", "lexware_id", "total_here", "total_there")
ARRIVED = {**STATES, "missing": Text(de="unbemerkt", en="unnoticed")}

ALL_WELL = Text(
    de="{documents} von {documents} Belegen sind genau einmal angekommen, jede Summe stimmt auf den Cent, jeder Kunde hat "
    "einen Kontakt ({seconds} s).",
    en="{documents} of {documents} documents arrived exactly once, every sum agrees to the cent, every payer has one contact "
    "({seconds} s).",
)
NOT_WELL = Text(
    de="Nicht alles ist richtig angekommen: {problems} Abweichungen.",
    en="Not everything arrived as it should: {problems} differences.",
)
NOT_DELIVERED = Text(de="{number}: nicht übertragen ({state}).", en="{number}: not delivered ({state}).")
NOT_ONCE = Text(
    de="{number}: {times}-mal in Lexware statt einmal.",
    en="{number}: {times} times in Lexware instead of once.",
)
DIFFERS = Text(
    de="{number}: hier {here} €, in Lexware {there} € oder ein anderer Belegtyp.",
    en="{number}: {here} EUR here, {there} EUR in Lexware, or another type of document.",
)
OTHER_ID = Text(
    de="{number}: in Lexware steht der Beleg unter einer anderen ID, als lexrelay sie kennt.",
    en="{number}: Lexware has the document under another id than lexrelay knows.",
)
NOT_WRITTEN = Text(
    de="Geschrieben wurden {written} von {wanted} Belegen.",
    en="{written} of {wanted} documents were written.",
)
DOCUMENTS_DIFFER = Text(
    de="In Lexware sind {there} Belege, hier {here}.",
    en="There are {there} documents in Lexware, {here} here.",
)
CONTACTS_DIFFER = Text(
    de="In Lexware sind {there} Kontakte für {here} Kunden.",
    en="There are {there} contacts in Lexware for {here} payers.",
)

SERVING = Text(
    de="""Alles läuft weiter, bis Strg+C. Im Browser, jeder Link gilt einmal:

Betrieb: {operator}
Praxis:  {practice}

In einem anderen Terminal:

{exports}

psql "$DATABASE_URL"                       # die Praxissoftware: Zeilen in practice.*
{program} status                            # und jeder andere Befehl
curl "$LEXWARE_API_URL/_sandbox/documents" # was in Lexware liegt""",
    en="""Everything keeps running until Ctrl-C. In a browser, each link works once:

operator: {operator}
practice: {practice}

In another terminal:

{exports}

psql "$DATABASE_URL"                       # the practice software: rows in practice.*
{program} status                            # and every other command
curl "$LEXWARE_API_URL/_sandbox/documents" # what Lexware has""",
)
NOT_INSTALLED = Text(
    de="Dafür fehlt das Paket {package}: bitte `pip install 'lexrelay[demo]'` ausführen.",
    en="The package {package} is missing for this: run `pip install 'lexrelay[demo]'`.",
)
COMMAND_FAILED = Text(de="`lexrelay {words}` ist gescheitert:\n{said}", en="`lexrelay {words}` failed:\n{said}")
LOG = Text(de="Zuletzt im Protokoll:\n{said}", en="The end of the log:\n{said}")
RUN_ENDED = Text(de="`lexrelay run` hat sich beendet:\n{said}", en="`lexrelay run` has ended:\n{said}")

SANDBOX = Text(
    de="""Ein simuliertes Lexware Office antwortet auf {url}, bis Strg+C.

API-Schlüssel:
{keys}

So zeigen Sie lexrelay dorthin:
export LEXWARE_API_URL={url}
lexrelay practice connect --practice ID   # dann einen der Schlüssel eingeben""",
    en="""A simulated Lexware Office answers on {url} until Ctrl-C.

API keys:
{keys}

Point lexrelay at it:
export LEXWARE_API_URL={url}
lexrelay practice connect --practice ID   # and type one of the keys""",
)
PORT_TAKEN = Text(
    de="Unter {host}:{port} kann nichts antworten: {problem}.",
    en="Nothing can answer on {host}:{port}: {problem}.",
)
