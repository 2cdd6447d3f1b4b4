"""What must not go unnoticed, in the words of `lexrelay check --alarms`."""

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
NEW_LETTERS = Text(de="Neu aufgegeben: {reasons}.", en="New dead letters: {reasons}.")
NEW_LETTERS_STEP = Text(de="`lexrelay dead list` sagt, wer handeln muss.", en="`lexrelay dead list` says who must act.")
