"""The operator's pages of the console. Why something died stands in `reasons`, what codes are called in the glossary."""

from worker.messages import Text

# The morning

MORNING_DEAD = Text(
    de="{count} aufgegebene Belege brauchen einen Menschen; Ursachen: {causes}.",
    en="{count} dead letters need a human; causes: {causes}.",
    one=("1 aufgegebener Beleg braucht einen Menschen.", "1 dead letter needs a human."),
)
MORNING_ALARM = Text(
    de="Nichts ist aufgegeben, aber Alarme stehen an: {alarms}.", en="Nothing is dead, but alarms ring: {alarms}."
)
MORNING_DOUBT = Text(
    de="Alles läuft; nach {count} Belegen ohne Antwort wird gerade in Lexware gesehen.",
    en="All is well; {count} documents without an answer are being looked for in Lexware.",
    one=(
        "Alles läuft; nach 1 Beleg ohne Antwort wird gerade in Lexware gesehen.",
        "All is well; 1 document without an answer is being looked for in Lexware.",
    ),
)
MORNING_MOVING = Text(
    de="Alles läuft; {count} Belege sind unterwegs.",
    en="All is well; {count} documents are on their way.",
    one=("Alles läuft; 1 Beleg ist unterwegs.", "All is well; 1 document is on its way."),
)
MORNING_WELL = Text(
    de="Alles ist übertragen: {count} Belege.",
    en="Everything is delivered: {count} documents.",
    one=("Alles ist übertragen: 1 Beleg.", "Everything is delivered: 1 document."),
)
NEEDS_HUMAN = Text(de="Was einen Menschen braucht", en="What needs a human")
FIGURES = Text(de="Wo die Belege stehen", en="Where the documents stand")
ALARMS = Text(de="Alarme", en="Alarms")
WAITING = Text(de="Was in Lexware auf jemanden wartet", en="What waits for somebody in Lexware")
HELD = Text(de="Was zurückgehalten wird", en="What is held")
PAIRS = Text(de="Rechnung und Storno, beide Entwürfe", en="Invoice and cancellation, both drafts")
NOBODY_NEEDED = Text(de="Niemand wird gebraucht.", en="Nobody is needed.")

# What a list says that is empty

NO_LETTERS = Text(de="Kein Beleg ist aufgegeben.", en="No document is dead.")
NO_SUCH_CAUSE = Text(
    de="Von dieser Ursache ist kein Beleg mehr aufgegeben.", en="No document is dead of this cause any more."
)
NO_DOCUMENTS_YET = Text(
    de="Noch ist kein Beleg vorgemerkt: keine Praxis hat seit dem Einschalten einen abgeschlossen.",
    en="No document is noted yet: no practice has completed one since it was switched on.",
)
NO_ACTIONS = Text(de="Dazu wurde nichts getan.", en="Nothing was done about it.")

# Letters

CAUSES = Text(de="Ursachen, die größte zuerst", en="Causes, the largest first")
COUNT_OF = Text(de="Belege: {count}; Ursachen: {causes}", en="Documents: {count}; causes: {causes}")
THE_CAUSE = Text(
    de="Ursache {group}: {count} Belege",
    en="Cause {group}: {count} documents",
    one=("Ursache {group}: 1 Beleg", "Cause {group}: 1 document"),
)
TO_DO = Text(de="Zu tun ({who}): {action}", en="To do ({who}): {action}")
PLAN = Text(de="Bei Wiederholung", en="On replay")
PICK = Text(de="Ereignis {event_id} wählen", en="Choose event {event_id}")
REPLAY_PICKED = Text(de="Gewählte wiederholen", en="Replay those chosen")
LOOK_PICKED = Text(de="Nach Gewählten sehen, dann weiter", en="Look for those chosen, then go on")
DISCARD_PICKED = Text(de="Gewählte schließen", en="Close those chosen")
REPLAY_ALL = Text(
    de="Alle {count} wiederholen", en="Replay all {count}", one=("Den einen wiederholen", "Replay this one")
)
LOOK_ALL = Text(
    de="Nach allen {count} sehen, dann weiter",
    en="Look for all {count}, then go on",
    one=("Nach dem einen sehen, dann weiter", "Look for this one, then go on"),
)
FIXED_SET = Text(
    de="Gemeint ist, was beim Zeigen dieser Seite aufgegeben war; was später dazukommt, bleibt liegen.",
    en="This means what was dead when this page was shown; what dies later stays.",
)
DOUBT = Text(
    de="Belege ohne Antwort werden nie blind wiederholt: erst wird in Lexware nachgesehen, dann übernommen oder gesendet.",
    en="Documents without an answer are never sent again blindly: Lexware is looked at first, then they are adopted or sent.",
)
CANARY = Text(
    de="Vorhut: so viele müssen erst ankommen (leer: alle sofort)",
    en="Canaries: so many must arrive first (empty: all at once)",
)
UNLINKED = Text(
    de="Ohne Verknüpfung: das Storno geht auch ohne seine Rechnung",
    en="Without a link: the cancellation goes without its invoice too",
)
REMOTE_ID = Text(
    de="Lexware-ID oder Adresse, wenn der Beleg dort schon ist",
    en="Lexware id or address, if the document is there already",
)
WHY_NEEDED = Text(
    de="Zum Schließen bitte sagen, warum; es bleibt im Verlauf.", en="Say why to close it; it is kept in the history."
)
ONE_ONLY = Text(de="Eine Lexware-ID gehört zu genau einem Beleg.", en="A Lexware id goes with exactly one document.")
NOTHING_CHOSEN = Text(de="Es wurde kein Beleg gewählt.", en="No document was chosen.")
ANY_REASON = Text(de="jeder Grund", en="any reason")
BACK = Text(de="Zurück zu den Ursachen", en="Back to the causes")

# A replay

JOB = Text(
    de="Wiederholung von {count} Belegen",
    en="Replay of {count} documents",
    one=("Wiederholung von 1 Beleg", "Replay of 1 document"),
)
JOB_RUNS = Text(de="Sie läuft noch.", en="It is still going on.")
JOB_CANARIES = Text(
    de="Vorhut: {settled} von {canaries} am Ende; die anderen warten so lange.",
    en="Canaries: {settled} of {canaries} settled; the others wait for them.",
)
JOB_OVER = Text(de="Sie ist zu Ende.", en="It is over.")
JOB_STOPPED = Text(
    de="Sie hat angehalten; was nicht wiederholt wurde, bleibt aufgegeben.",
    en="It has stopped; what was not replayed stays dead.",
)

# Documents

SOUGHT = Text(de="Nummer, Ereignis oder Lexware-ID", en="Number, event or Lexware id")
ANY_STATE = Text(de="die neuesten", en="the newest")
THE_DOCUMENT = Text(de="{kind} {number}", en="{kind} {number}")
NO_NUMBER = Text(de="ohne Nummer", en="without a number")
TIMELINE = Text(de="Was geschah", en="What happened")
NEXT = Text(de="Wie es weitergeht", en="What comes next")
LOOK = Text(de="Jetzt in Lexware nachsehen", en="Look in Lexware now")
ADOPT = Text(de="Übernehmen und schließen", en="Adopt and close")
DISCARD = Text(de="Schließen", en="Close")
REPLAY = Text(de="Wiederholen", en="Replay")
LOOK_FIRST = Text(de="Nachsehen, dann erst weiter", en="Look first, then go on")
IN_DOUBT = Text(
    de="Eine Antwort steht aus. Es gibt kein blindes Wiederholen: lexrelay sieht von selbst nach, übernimmt, was da ist, oder "
    "sendet erst nach zwei Beweisen, dass nichts da ist.",
    en="An answer is missing. There is no blind retry: lexrelay looks by itself, adopts what is there, or sends only after two "
    "proofs that nothing is there.",
)
SEEN = Text(de="Nachgesehen: {verdict}.", en="Looked: {verdict}.")
PAYER = Text(de="Empfänger: {payer}", en="Addressee: {payer}")
NO_PAYER = Text(de="Den Empfänger gibt es in der Praxissoftware nicht mehr.", en="The host has the addressee no more.")
TO_BE_DONE = Text(de="Was Sie tun können", en="What you can do")
ACCEPT = Text(de="So hinnehmen", en="Accept it as it is")
SEND_AGAIN = Text(de="Noch einmal senden (erst wird nachgesehen)", en="Send again (it is looked for first)")
OPEN_IN_LEXWARE = Text(de="in Lexware öffnen", en="open in Lexware")

# Practices, history, system

PRACTICES_COUNT = Text(de="{count} Praxen", en="{count} practices", one=("1 Praxis", "1 practice"))
PROCESSES = Text(de="Prozesse", en="Processes")
PACE = Text(de="Takt", en="Pace")
RATE = Text(de="Aufrufe je Sekunde und Praxis", en="Calls per second and practice")
TIMEOUT = Text(de="Höchste Dauer eines Aufrufs", en="Longest duration of a call")
SETTLE = Text(de="Bis zum ersten Nachsehen", en="Until the first look")
LEASE = Text(de="Zeit für einen Versuch", en="Time for an attempt")
LAST_ROUND = Text(de="Letzte Runde eines Pollers", en="Last round of a poller")
POLLERS = Text(de="Poller", en="Pollers")
WORKERS = Text(de="Arbeitsprozesse", en="Worker processes")
OLDEST = Text(de="Das Älteste wartet seit", en="The oldest has waited for")
ADDRESS = Text(de="Lexware", en="Lexware")
SECONDS = Text(de="{seconds} s", en="{seconds} s")
CHECKS = Text(de="Prüfungen", en="Checks")
CHECK_NOW = Text(
    de="Alles prüfen (fragt Lexware für jede Praxis)", en="Check everything (asks Lexware for each practice)"
)
