"""What an operator reads about dead letters, replay and discard. Why something died stands in `reasons`."""

from worker.messages import Text
from worker.messages.labels import labels

NOT_DEAD = Text(
    de="Ereignis {event_id} ({number}) ist nicht aufgegeben, sondern {state}.",
    en="Event {event_id} ({number}) is not dead but {state}.",
)
NOT_DEAD_ANY_MORE = Text(
    de="Ereignis {event_id} ({number}) ist nicht aufgegeben, sondern geschlossen; es wird nichts mehr gesendet. Soll der Beleg "
    "doch nach Lexware: dort von Hand eingeben, oder in der Praxissoftware stornieren und neu ausstellen.",
    en="Event {event_id} ({number}) is not dead but discarded; nothing is sent any more. If the document is to be in Lexware "
    "after all: enter it there by hand, or cancel it in the practice software and issue it anew.",
)
DELIVERED = Text(
    de="Ereignis {event_id} ({number}) ist übertragen und wird nicht noch einmal gesendet: {url}",
    en="Event {event_id} ({number}) is delivered and is not sent again: {url}",
)
NOBODY_DEAD = Text(de="Hier ist nichts aufgegeben.", en="Nothing is dead here.")
CHOOSE = Text(
    de="Nennen Sie Ereignisse, oder wählen Sie mit --practice, --reason, --group oder --since, oder alle mit --all.",
    en="Name events, or choose by --practice, --reason, --group or --since, or all with --all.",
)
EITHER_OR = Text(
    de="Entweder Ereignisse nennen, oder mit Optionen wählen, oder --all.",
    en="Either name events, or choose by options, or --all.",
)
ONE_EVENT = Text(
    de="--remote-id gehört zu genau einem Ereignis.",
    en="--remote-id goes with exactly one event.",
)
OTHER_DOCUMENT = Text(
    de="{lexware_id} ist in Lexware schon der Beleg {number}. Bitte die Kennung prüfen.",
    en="{lexware_id} is document {number} in Lexware already. Check the id.",
)
NOT_THERE = Text(
    de="In Lexware gibt es keinen Beleg {lexware_id}. Nichts wurde geändert; bitte die Kennung prüfen ({kind}).",
    en="There is no document {lexware_id} in Lexware. Nothing was changed; check the id ({kind}).",
)
OTHER_KIND = Text(
    de="{lexware_id} ist in Lexware von anderer Art ({other}) als der Beleg hier ({kind}). Nichts wurde geändert; bitte die "
    "Kennung prüfen.",
    en="{lexware_id} is of another kind in Lexware ({other}) than the document here ({kind}). Nothing was changed; check the id.",
)
OTHER_MARKER = Text(
    de="{lexware_id} trägt in Lexware das Kennzeichen eines anderen Belegs. Nichts wurde geändert; bitte die Kennung prüfen.",
    en="{lexware_id} carries the mark of another document in Lexware. Nothing was changed; check the id.",
)
OTHER_COMPANY = Text(
    de="Hinter dem Schlüssel von Praxis {practice} steht ein anderes Unternehmen als das verbundene. Nichts wurde geändert.",
    en="Behind the key of practice {practice} is another company than the one connected. Nothing was changed.",
)
NOT_LOOKED_UP = Text(
    de="{why} Ohne in Lexware nachzusehen, wird keine Kennung festgehalten; nichts wurde geändert.",
    en="{why} No id is recorded without looking it up in Lexware; nothing was changed.",
)
NOT_CONNECTED = Text(
    de="Praxis {practice} ist mit keinem Unternehmen in Lexware verbunden; eine Kennung lässt sich so nicht festhalten. Ohne "
    "--remote-id geht es.",
    en="Practice {practice} is connected with no company in Lexware, so no id can be recorded. It works without --remote-id.",
)
OTHER_ORGANISATION = Text(
    de="gesendet wurde an ein anderes Unternehmen als das verbundene",
    en="it was sent to another company than the one connected",
)
NOTHING_TO_COMPARE = Text(
    de="der Beleg oder die Verbindung fehlt, es gibt nichts zu vergleichen",
    en="the document or the connection is missing, there is nothing to compare with",
)
AFTER_THE_STEP = Text(
    de="{plan}; das hilft erst, wenn dieser Schritt getan ist", en="{plan}; it helps once that step is done"
)
RESULTS = {
    "planned": Text(de="Nur geplant", en="Only planned"),
    "replayed": Text(de="Wieder auf dem Weg", en="On the way again"),
    "unchanged": Text(de="Unverändert, jemand war schneller", en="Unchanged, somebody was faster"),
    "refused": Text(de="Abgelehnt, bleibt aufgegeben", en="Refused, still dead"),
    "left_out": Text(
        de="Ausgelassen, würde so wieder aufgegeben (allein genannt geht es doch)",
        en="Left out, would die again as it is (named alone it goes all the same)",
    ),
    "delivered": Text(de="Übertragen", en="Delivered"),
    "discarded": Text(de="Geschlossen", en="Discarded"),
    "dead": Text(de="Wieder aufgegeben", en="Dead again"),
    "stopped": Text(de="Abgebrochen, bleibt aufgegeben", en="Stopped, still dead"),
}
SUMMARY = Text(de="Aufgegebene Ereignisse: {count} ({plans}).", en="Dead letters: {count} ({plans}).")
OF_PLAN = Text(de="{plan}: {count}", en="{plan}: {count}")
WHAT_TO_DO = Text(de="{group}: {message}\n{to_do}", en="{group}: {message}\n{to_do}")
OBSTACLE = Text(de="{events}: {sentence}", en="{events}: {sentence}")
NOW_WHERE = Text(
    de="`lexrelay status` zeigt, was noch unterwegs ist, `lexrelay show NUMMER` jedes einzelne.",
    en="`lexrelay status` shows what is still on the way, `lexrelay show NUMBER` each of them.",
)
LOOKING = Text(de="Sehe in Lexware nach: {done} von {count} …", en="Looking in Lexware: {done} of {count} …")
AGREE_REPLAY = Text(
    de="{count} Ereignisse wiederholen?",
    en="Replay {count} events?",
    one=("1 Ereignis wiederholen?", "Replay 1 event?"),
)
AGREE_HUMAN = Text(
    de="{number} würde so gleich wieder aufgegeben: zuerst ist der genannte Schritt zu tun. Trotzdem wiederholen?",
    en="As it is, {number} would die again: the step named comes first. Replay it all the same?",
)
AGREE_DISCARD = Text(
    de="{count} Ereignisse für immer schließen ({numbers})? Übertragen werden sie dann nicht mehr.",
    en="Discard {count} events for good ({numbers})? They are not delivered any more then.",
    one=(
        "1 Ereignis für immer schließen ({numbers})? Übertragen wird es dann nicht mehr.",
        "Discard 1 event for good ({numbers})? It is not delivered any more then.",
    ),
)
CANARIES = Text(
    de="Erst die Vorhut ({count}), höchstens {wait}; nach Strg+C bleiben alle anderen aufgegeben.",
    en="Canaries first ({count}), {wait} at most; Ctrl-C leaves all others dead.",
)
CANARY = Text(de="Vorhut: {settled} von {count} am Ende.", en="Canaries: {settled} of {count} settled.")
NO_CANARY = Text(
    de="Es gibt nichts, womit sich anfangen ließe: alles wartet oder braucht einen Menschen. Nichts wurde geändert.",
    en="There is nothing to begin with: everything waits or needs a human. Nothing was changed.",
)
STOPPED = Text(
    de="Abgebrochen. {count} bleiben aufgegeben.",
    en="Stopped. {count} stay dead.",
    one=("Abgebrochen. 1 bleibt aufgegeben.", "Stopped. 1 stays dead."),
)
WHY_NEEDED = Text(
    de="Bitte mit --why sagen, warum; es bleibt in der history.",
    en="Say why with --why; it is kept in the history.",
)
DONE = Text(de="{result}: {count}.", en="{result}: {count}.")
DISCARDED = Text(
    de="Geschlossen: {event_id} ({number}).",
    en="Discarded: {event_id} ({number}).",
)
DISCARDED_AS = Text(
    de="Geschlossen: {event_id} ({number}). In Lexware ist es {url}",
    en="Discarded: {event_id} ({number}). In Lexware it is {url}",
)
DISCARD_LATE = Text(
    de="Unverändert, jemand war schneller: {event_id} ({number}).",
    en="Unchanged, somebody was faster: {event_id} ({number}).",
)
LABELS = labels(
    "event_id", "practice_id", "number", "kind", "reason", "group", "count", "attempts", "died_at", "first_at", "last_at",
    "practice_ids", "message", "action", "who", "customer_id", "payer", "contact_url", "urls", "plan", "result", "seen",
    plan="on_replay",
)  # fmt: skip
ATTEMPT = Text(de="  {at}  {words}", en="  {at}  {words}")
INTENT = Text(de="  {at}  {effect}: {outcome} {remote_id}", en="  {at}  {effect}: {outcome} {remote_id}")
LOOK = Text(de="    {at}  nachgesehen: {verdict} {lexware_ids}", en="    {at}  looked: {verdict} {lexware_ids}")
ATTEMPTS = Text(de="Versuche:", en="Attempts:")
INTENTS = Text(de="Gesendet oder zu senden:", en="Sent or to be sent:")
