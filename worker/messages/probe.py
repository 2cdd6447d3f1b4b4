"""What a probe of Lexware's answers has found, in words."""

from collections.abc import Mapping

from worker.messages import Text

FIRST = Text(
    de="Erste Probe der Praxis {practice}: die Form der Antworten ist festgehalten, künftige werden damit verglichen.",
    en="First probe of practice {practice}: the shape of the answers is kept, later ones are compared with it.",
)
AS_IT_WAS = Text(de="{answer}: wie zuletzt.", en="{answer}: as the last time.")
REFUSED = Text(de="{answer}: abgelehnt mit Status {status}.", en="{answer}: refused with status {status}.")
NEW = Text(de="{answer}: neue Felder: {fields}.", en="{answer}: new fields: {fields}.")
GONE = Text(de="{answer}: Felder, die es nicht mehr gibt: {fields}.", en="{answer}: fields that are gone: {fields}.")
CHANGED = Text(de="{answer}: {field} war {was} und ist {now}.", en="{answer}: {field} was {was} and is {now}.")
WORDS = Text(de="{answer}: neue Wörter in {field}: {words}.", en="{answer}: new words in {field}: {words}.")
LACKING = Text(
    de="{answer}: es fehlt, was lexrelay braucht: {fields}. Bitte geben Sie das den Entwicklern.",
    en="{answer}: what lexrelay needs is missing: {fields}. Tell the developers.",
)
WEEKLY: Mapping[bool, Text] = {
    True: Text(
        de="Praxis {practice}: die Antworten werden jede Woche verglichen; was anders ist, steht in check und in den Alarmen.",
        en="Practice {practice}: the answers are compared every week; what is different stands in check and in the alarms.",
    ),
    False: Text(
        de="Praxis {practice}: die Antworten werden nicht mehr von selbst verglichen.",
        en="Practice {practice}: the answers are no longer compared by themselves.",
    ),
}
NOTICED = Text(
    de="Praxis {practice}: Lexware antwortet anders als bisher. {what}",
    en="Practice {practice}: Lexware answers otherwise than before. {what}",
)
NOTICED_STEP = Text(
    de="`lexrelay probe --practice {practice}` zeigt es und nimmt es als bekannt. Fehlt etwas, geben Sie es den Entwicklern.",
    en="`lexrelay probe --practice {practice}` shows it and takes it as known. If something is missing, tell the developers.",
)
