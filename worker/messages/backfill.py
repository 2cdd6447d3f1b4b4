"""What a backfill says: what it would write, what will become of it, and what it wrote."""

from worker.messages import Text
from worker.messages.labels import labels

NO_LANE = Text(
    de="Die Praxis {practice} hat die Übertragung nicht bestellt: rufen Sie bitte zuerst `lexrelay practice book` auf.",
    en="Practice {practice} has not ordered the transfer: `lexrelay practice book` comes first.",
)
TITLE = Text(de="Ohne Ereignis, {first} bis {last}:", en="Without an event, {first} to {last}:")
COLUMNS = labels("kind", "count", "total")
ALONE = Text(
    de="Stornorechnungen, deren Rechnung nicht in diesem Zeitraum liegt und nie übertragen wurde: {count}. Sie werden "
    "aufgegeben (original_not_transferred); mit einem früheren Tag in --from kommen ihre Rechnungen mit.",
    en="Cancellations whose invoice is not in this range and never went over: {count}. They will end as dead letters "
    "(original_not_transferred); begin earlier to bring their invoices along.",
)
HELD = Text(
    de="Die Praxis überträgt gerade nicht ({state}): die Ereignisse werden zurückgehalten, bis sie es wieder tut.",
    en="The practice may not transfer now ({state}): its events are held until it may.",
)
AGREE = Text(
    de="{count} Ereignisse schreiben?", en="Write {count} events?", one=("1 Ereignis schreiben?", "Write 1 event?")
)
WRITING = Text(de="Schreibe", en="Writing")
DRY_RUN = Text(de="Probelauf: es wurde nichts geschrieben.", en="Dry run: nothing was written.")
WRITTEN = Text(de="Geschriebene Ereignisse: {count}.", en="Events written: {count}.")
LEFT = Text(
    de="Belege, die keines bekommen können: {count}. Die Sicht der Praxissoftware zeigt sie mit unbekannter Art, ohne Zahler "
    "oder doppelt; `lexrelay host check` nennt sie.",
    en="Documents that can have none: {count}. The practice software's view shows them with an unknown kind, without a payer "
    "or twice; `lexrelay host check` names them.",
)
