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
)
SILENCE = Text(
    de="Es wurden Dokumente abgeschlossen, aber seit {hours} Arbeitsstunden wurde nichts übertragen.",
    en="Documents were completed, but for {hours} working hours nothing was delivered.",
)
NEW_LETTERS = Text(de="Neu aufgegeben: {reasons}.", en="New dead letters: {reasons}.")
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
