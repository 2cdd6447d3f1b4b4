"""The figures in words: what stands where, what is held, who is alive."""

from collections.abc import Mapping
from typing import Literal

from worker.messages import Text
from worker.messages.labels import labels

Code = Literal[
    "lexware_silent", "no_poller", "poller_stuck", "no_worker", "practices_paused", "dead_letters", "in_doubt", "pending", "held"
]  # fmt: skip
"""What can be said of the state of things, the most urgent first."""

# The state of things in one sentence: clauses, the first of which begins it

STATE: Mapping[Code, Text] = {
    "lexware_silent": Text(
        de="Lexware antwortet seit {since} niemandem", en="Lexware has answered nobody since {since}"
    ),
    "no_poller": Text(
        de="kein Poller läuft, es wird nichts ausgegeben (`lexrelay run`)",
        en="no poller is running, nothing is handed out (`lexrelay run`)",
    ),
    "poller_stuck": Text(
        de="der Poller hat seit {since} keine gute Runde gedreht (`lexrelay check`)",
        en="the poller has made no good round since {since} (`lexrelay check`)",
    ),
    "no_worker": Text(
        de="kein Arbeitsprozess läuft, es wird nichts übertragen (`lexrelay run`)",
        en="no worker is running, nothing is delivered (`lexrelay run`)",
    ),
    "practices_paused": Text(
        de="{count} Praxen sind angehalten ({practices})",
        en="{count} practices are paused ({practices})",
        one=("Praxis {practices} ist angehalten", "practice {practices} is paused"),
    ),
    "dead_letters": Text(
        de="{count} Belege sind aufgegeben und brauchen einen Menschen (`lexrelay dead groups`)",
        en="{count} documents are dead letters and need a human (`lexrelay dead groups`)",
        one=(
            "1 Beleg ist aufgegeben und braucht einen Menschen (`lexrelay dead list`)",
            "1 document is a dead letter and needs a human (`lexrelay dead list`)",
        ),
    ),
    "in_doubt": Text(
        de="{count} Belege werden in Lexware gesucht",
        en="{count} documents are being looked for",
        one=("1 Beleg wird in Lexware gesucht", "1 document is being looked for"),
    ),
    "pending": Text(
        de="{count} Belege sind unterwegs",
        en="{count} documents are on their way",
        one=("1 Beleg ist unterwegs", "1 document is on its way"),
    ),
    "held": Text(
        de="{count} Belege werden zurückgehalten",
        en="{count} documents are held",
        one=("1 Beleg wird zurückgehalten", "1 document is held"),
    ),
}
ALL_WELL = Text(de="alles ist übertragen", en="everything is delivered")
AS_IT_STANDS = Text(de="{state}", en="{state}")
AND_THEN = Text(de="{first}; {then}", en="{first}; {then}")

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
NO_ROUND = Text(
    de="Der Poller hat seit {since} keine gute Runde gedreht: `lexrelay check` sagt mehr.",
    en="The poller has made no good round since {since}: `lexrelay check` says more.",
)
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
    de="Dazu {count} Praxen, bei denen alles übertragen ist.",
    en="And {count} practices where everything is delivered.",
    one=("Dazu 1 Praxis, bei der alles übertragen ist.", "And 1 practice where everything is delivered."),
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
