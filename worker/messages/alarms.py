"""What must not go unnoticed, in the words of `lexrelay check --alarms`."""

from collections.abc import Mapping

from worker.messages import Text

QUIET = Text(de="Kein Alarm läutet.", en="No alarm rings.")
POLLER_GONE = Text(
    de="Kein Poller läuft: es wird nichts ausgegeben.", en="No poller is running: nothing is handed out."
)
WORKERS_GONE = Text(
    de="Kein Arbeitsprozess läuft: es wird nichts übertragen.", en="No worker is running: nothing is delivered."
)
PENDING_TOO_LONG = Text(de="Das älteste wartende Ereignis ist {age} alt.", en="The oldest pending event is {age} old.")
LOOK = Text(de="`lexrelay status` zeigt, wo es steht.", en="`lexrelay status` shows where it stands.")
PAUSED = Text(
    de="Praxis {practice} ist angehalten ({reason}): {count} Ereignisse werden zurückgehalten.",
    en="Practice {practice} is paused ({reason}): {count} events are held.",
    one=(
        "Praxis {practice} ist angehalten ({reason}): 1 Ereignis wird zurückgehalten.",
        "Practice {practice} is paused ({reason}): 1 event is held.",
    ),
)
SILENCE = Text(
    de="Es wurden Belege abgeschlossen, aber seit {count} Arbeitsstunden wurde nichts übertragen.",
    en="Documents were completed, but for {count} working hours nothing was delivered.",
    one=(
        "Es wurden Belege abgeschlossen, aber seit 1 Arbeitsstunde wurde nichts übertragen.",
        "Documents were completed, but for 1 working hour nothing was delivered.",
    ),
)
OUTAGE = Text(de="Lexware antwortet seit {since} niemandem.", en="Lexware has answered nobody since {since}.")
OUTAGE_STEP = Text(
    de="Zu tun ist nichts, solange das Netz hier in Ordnung ist: es geht von selbst weiter.",
    en="There is nothing to do as long as the network here is well: it goes on by itself.",
)
NEW_LETTERS = Text(de="Neu aufgegeben ({reason}): {count}. {what}", en="New dead letters ({reason}): {count}. {what}")
NEW_OF_PRACTICE = Text(
    de="Praxis {practice}: neu aufgegeben ({reason}): {count}. {what}",
    en="Practice {practice}: new dead letters ({reason}): {count}. {what}",
)
NEW_LETTERS_STEP = Text(de="`lexrelay dead list` sagt, wer handeln muss.", en="`lexrelay dead list` says who must act.")
DRAFTS = Text(de="`lexrelay drafts` sagt, was zu tun ist.", en="`lexrelay drafts` says what to do.")
IN_LEXWARE: Mapping[str, Text] = {
    "stopped": Text(
        de="Praxis {practice}: so viele Belege fehlen auf einmal in Lexware, dass keiner als gelöscht gilt.",
        en="Practice {practice}: so many documents are missing in Lexware at once that none counts as deleted.",
    ),
    "missing": Text(
        de="Praxis {practice}: fertiggestellte Belege sind nicht mehr in Lexware ({documents}): {numbers}.",
        en="Practice {practice}: finalised documents are no longer in Lexware ({documents}): {numbers}.",
    ),
    "deleted": Text(
        de="Praxis {practice}: in Lexware gelöschte Entwürfe ({documents}): {numbers}.",
        en="Practice {practice}: drafts that were deleted in Lexware ({documents}): {numbers}.",
    ),
    "changed": Text(
        de="Praxis {practice}: in Lexware geänderte Belege ({documents}): {numbers}.",
        en="Practice {practice}: documents that were changed in Lexware ({documents}): {numbers}.",
    ),
    "back_to_draft": Text(
        de="Praxis {practice}: in Lexware wieder zum Entwurf gemacht ({documents}): {numbers}.",
        en="Practice {practice}: put back to draft in Lexware ({documents}): {numbers}.",
    ),
    "old": Text(
        de="Praxis {practice}: Entwürfe in Lexware sind älter als {days} Tage ({documents}): {numbers}.",
        en="Practice {practice}: drafts in Lexware are older than {days} days ({documents}): {numbers}.",
    ),
    "orphans": Text(
        de="Praxis {practice}: Belege mit unserem Vermerk in Lexware, die zu keinem gehören ({documents}): {numbers}.",
        en="Practice {practice}: documents with our marker in Lexware that belong to none ({documents}): {numbers}.",
    ),
    "contacts": Text(
        de="Praxis {practice}: verknüpfte Kontakte sind in Lexware archiviert, gelöscht oder zusammengeführt ({documents}).",
        en="Practice {practice}: linked contacts are archived, deleted or merged in Lexware ({documents}).",
    ),
}

# What the daemon sends

SUBJECT = Text(
    de="lexrelay: {count} neue Alarme",
    en="lexrelay: {count} new alarms",
    one=("lexrelay: ein Alarm", "lexrelay: one alarm"),
)
SUBJECT_OVER = Text(
    de="lexrelay: {count} Alarme vorbei", en="lexrelay: {count} alarms over",
    one=("lexrelay: ein Alarm vorbei", "lexrelay: one alarm over"),
)  # fmt: skip
SUBJECT_PRACTICE = Text(de="Lexware-Übertragung: bitte handeln", en="Transfer to Lexware: please act")
SUBJECT_PRACTICE_OVER = Text(de="Lexware-Übertragung: erledigt", en="Transfer to Lexware: done")
SUBJECT_DIGEST = Text(de="lexrelay am {day}: {state}", en="lexrelay on {day}: {state}")
ON = Text(de="Seit {since}: {told}", en="Since {since}: {told}")
OVER = Text(de="Vorbei (seit {since}): {told}", en="Over (since {since}): {told}")
STILL_ON = Text(de="Es läutet noch:", en="Still ringing:")
ADDRESS_SET = Text(
    de="Was die Praxis {practice} selbst tun muss, wird ab jetzt an {mail} gemeldet (Nummern und Kennungen, keine Namen).",
    en="What practice {practice} must do itself is told to {mail} from now on (numbers and ids, no names).",
)
ADDRESS_OFF = Text(
    de="Der Praxis {practice} wird nichts mehr gemeldet.", en="Practice {practice} is told nothing any more."
)
ADDRESS_IS = Text(de="Gemeldet wird an {mail}.", en="Told to {mail}.")
NO_ADDRESS = Text(
    de="Für die Praxis {practice} ist keine Adresse hinterlegt.", en="No address is known for practice {practice}."
)
NO_MAIL = Text(de="{mail} ist keine E-Mail-Adresse.", en="{mail} is no e-mail address.")
