"""The figures in words: what stands where, what is held, who is alive."""

from worker.messages import Text

EVENTS = {
    "pending": Text(de="steht an", en="pending"),
    "in_flight": Text(de="in Arbeit", en="in flight"),
    "in_doubt": Text(de="ungewiss", en="in doubt"),
    "blocked": Text(de="wartet", en="blocked"),
    "held": Text(de="gehalten", en="held"),
    "delivered": Text(de="übertragen", en="delivered"),
    "dead": Text(de="aufgegeben", en="dead"),
    "discarded": Text(de="geschlossen", en="discarded"),
}
NOTHING_PENDING = Text(de="Nichts steht an.", en="Nothing is pending.")
OLDEST = Text(
    de="Das älteste anstehende Ereignis wartet seit {age}.", en="The oldest pending event has waited for {age}."
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
PRACTICES = {
    "practice_id": Text(de="Praxis", en="Practice"),
    "name": Text(de="Name", en="Name"),
    "connection": Text(de="Übertragung", en="Transfer"),
    "pending": Text(de="offen", en="open"),
    "dead": Text(de="aufgegeben", en="dead"),
    "delivered": Text(de="übertragen", en="delivered"),
    "last_delivered_at": Text(de="zuletzt", en="last delivered"),
}
CONNECTIONS = {
    "active": Text(de="läuft", en="active"),
    "disabled": Text(de="ausgeschaltet", en="disabled"),
    "not_booked": Text(de="nicht bestellt", en="not booked"),
    "not_connected": Text(de="ohne API-Schlüssel", en="not connected"),
    "paused": Text(de="angehalten: {reason}", en="paused: {reason}"),
}
PAUSED = Text(de="{message} Zu tun ({who}): {action}", en="{message} To do ({who}): {action}")
LACKS = {
    "not_booked": Text(
        de="Die Übertragung ist nicht bestellt (`lexrelay practice book`).",
        en="The transfer is not booked (`lexrelay practice book`).",
    ),
    "not_connected": Text(
        de="Es ist kein API-Schlüssel hinterlegt (`lexrelay practice connect`).",
        en="No API key is stored (`lexrelay practice connect`).",
    ),
    "disabled": Text(
        de="Die Übertragung ist ausgeschaltet (`lexrelay practice enable`).",
        en="The transfer is switched off (`lexrelay practice enable`).",
    ),
}
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
PAIR = {
    "practice_id": Text(de="Praxis", en="Practice"),
    "invoice_number": Text(de="Rechnung", en="Invoice"),
    "cancellation_number": Text(de="Storno", en="Cancellation"),
    "invoice_id": Text(de="Rechnung in Lexware", en="Invoice in Lexware"),
    "credit_note_id": Text(de="Rechnungskorrektur in Lexware", en="Credit note in Lexware"),
}
