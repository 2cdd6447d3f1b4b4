"""The figures in words: what stands where, what is held, who is alive."""

from worker.messages import Text
from worker.messages.labels import labels

NOTHING_PENDING = Text(de="Nichts wartet.", en="Nothing is pending.")
OLDEST = Text(
    de="Das älteste wartende Ereignis wartet seit {age}.", en="The oldest pending event has waited for {age}."
)
POLLERS = Text(de="Poller: {count}, letzte Runde vor {age}.", en="Pollers: {count}, last round {age} ago.")
NO_POLLER = Text(
    de="Kein Poller läuft: bitte starten Sie `lexrelay run` oder `lexrelay poller`.",
    en="No poller is running: start `lexrelay run` or `lexrelay poller`.",
)
LAST_POLLER = Text(de="Der letzte war vor {age} noch da.", en="The last one was there {age} ago.")
WORKERS = Text(de="Arbeitsprozesse: {count}.", en="Worker processes: {count}.")
NO_WORKER = Text(
    de="Kein Arbeitsprozess läuft: bitte starten Sie `lexrelay run` oder `dramatiq worker.app:broker`.",
    en="No worker is running: start `lexrelay run` or `dramatiq worker.app:broker`.",
)
PRACTICES = labels("practice_id", "name", "connection", "pending", "dead", "delivered", "last_delivered_at")
PAUSED = Text(de="{paused}: {reason}", en="{paused}: {reason}")
HELD = Text(de="{reason}: {why}", en="{reason}: {why}")
DEAD_LETTERS = Text(
    de="{count} aufgegeben: `lexrelay dead groups` sagt, warum, und was zu tun ist.",
    en="{count} dead: `lexrelay dead groups` says why, and what to do.",
)
WELL = Text(
    de="Dazu {count} Praxen, bei denen alles übertragen ist.", en="And {count} practices where everything is delivered."
)
DRAFT_PAIRS = Text(
    de="Storniert, als die Rechnung noch ein Entwurf war. Beide sind Entwürfe in Lexware: bitte stellen Sie beide fertig, "
    "oder löschen Sie beide.",
    en="Cancelled while the invoice was a draft. Both are drafts in Lexware: finalise both or delete both.",
)
DRAFT_PARTS = Text(
    de="Zum Teil storniert, als die Rechnung noch ein Entwurf war. Beide sind Entwürfe in Lexware: bitte stellen Sie beide "
    "fertig. Gelöscht fehlte dort auch der Rest der Rechnung.",
    en="Cancelled in part while the invoice was a draft. Both are drafts in Lexware: finalise both. Deleted, the rest of the "
    "invoice would be missing there, too.",
)
PAIR = labels("practice_id", "invoice_number", "cancellation_number", "invoice_id", "credit_note_id")
