"""Why an attempt did not end its event: what was found out, and what is being waited for."""

from collections.abc import Mapping
from typing import assert_never, get_args

from outbox.reasons import DelayReason, DoubtReason
from worker.messages import Text


def of_delay(reason: DelayReason) -> Text:
    """Why the attempt was put off."""
    match reason:
        case "rate_limited":
            return Text(
                de="Lexware sind es gerade zu viele Anfragen; die Praxis pausiert kurz.",
                en="Lexware has too many calls at the moment; the practice pauses briefly.",
            )
        case "key_refused":
            return Text(
                de="Lexware nahm den API-Schlüssel nicht an; gleich wird gefragt, ob er wirklich ungültig ist.",
                en="Lexware did not accept the API key; it is asked soon whether it is really invalid.",
            )
        case "key_unreadable":
            return Text(
                de="Der gespeicherte API-Schlüssel lässt sich nicht entschlüsseln: LEXRELAY_SECRET_KEYS prüfen.",
                en="The stored API key cannot be decrypted: check LEXRELAY_SECRET_KEYS.",
            )
        case "not_connected":
            return Text(
                de="Die Praxis ist nicht (mehr) mit Lexware verbunden.",
                en="The practice is not connected with Lexware (any more).",
            )
        case "plan_too_small":
            return Text(
                de="Der Lexware-Vertrag der Praxis reicht nicht; die Praxis ist angehalten.",
                en="The practice's Lexware contract does not suffice; the practice is paused.",
            )
        case "permission_missing":
            return Text(
                de="Dem API-Schlüssel fehlt eine Berechtigung; die Praxis ist angehalten.",
                en="The API key lacks a permission; the practice is paused.",
            )
        case "other_organisation":
            return Text(
                de="Hinter dem API-Schlüssel steht ein anderes Unternehmen; die Praxis ist angehalten.",
                en="Behind the API key is another company; the practice is paused.",
            )
        case "not_reached":
            return Text(
                de="Lexware war nicht zu erreichen; es wurde nichts gesendet.",
                en="Lexware could not be reached; nothing was sent.",
            )
        case "no_answer":
            return Text(
                de="Lexware hat auf eine Anfrage nicht lesbar geantwortet; gesendet wurde kein Beleg.",
                en="Lexware gave no readable answer to a question; no document was sent.",
            )
        case "truncated":
            return Text(
                de="Eine Liste in Lexware war länger, als sie gelesen werden kann, oder änderte sich dabei; gesendet wurde nichts.",
                en="A list in Lexware was longer than can be read, or changed meanwhile; nothing was sent.",
            )
        case "too_late_to_send":
            return Text(
                de="Der Augenblick zum Senden war verpasst; es wurde nichts gesendet.",
                en="The moment to send had passed; nothing was sent.",
            )
        case "may_not_send":
            return Text(
                de="Das Senden war gerade nicht erlaubt (angehalten, oder schon in Arbeit); es wurde nichts gesendet.",
                en="Sending was not allowed just then (paused, or already in work); nothing was sent.",
            )
        case "draining":
            return Text(
                de="Der Prozess wurde gerade beendet; es wurde nichts gesendet.",
                en="The process was about to end; nothing was sent.",
            )
        case "in_doubt":
            return Text(
                de="Gesendet, aber ohne lesbare Antwort: nun wird in Lexware nachgesehen, ob es ankam.",
                en="Sent, but without a readable answer: Lexware is now looked up for whether it arrived.",
            )
        case "absent_once":
            return Text(
                de="In Lexware nicht gefunden; erst ein zweiter Blick später beweist es.",
                en="Not found in Lexware; only a second look, later, proves it.",
            )
        case "absent_proven":
            return Text(
                de="Zweimal in Lexware nicht gefunden: es kam nicht an und darf noch einmal gesendet werden.",
                en="Twice not found in Lexware: it did not arrive and may be sent again.",
            )
        case "absent_again":
            return Text(
                de="Nach der Wiederholung noch einmal nachgesehen: weiterhin nicht in Lexware.",
                en="Looked up once more after the replay: still not in Lexware.",
            )
        case "look_failed":
            return Text(
                de="Das Nachsehen in Lexware ist gescheitert und beweist nichts.",
                en="Looking it up in Lexware failed and proves nothing.",
            )
        case "sender_alive":
            return Text(
                de="Der Prozess, der senden wollte, lebt noch und antwortet nicht; solange zählt kein Nachsehen.",
                en="The process that was to send is alive and does not move; until then no look counts.",
            )
        case "contact_ready":
            return Text(de="Der Kontakt steht, der Beleg folgt.", en="The contact is there, the document follows.")
        case "contact_not_ready":
            return Text(
                de="Lexware kennt den gerade angelegten Kontakt noch nicht; gleich noch einmal.",
                en="Lexware does not know the new contact yet; again in a moment.",
            )
        case "account_number_race":
            return Text(
                de="Lexware wollte eine Kundennummer zweimal vergeben; gleich noch einmal.",
                en="Lexware was about to give a customer number twice; again in a moment.",
            )
        case "payer_merged":
            return Text(
                de="Der Beleg gehört jetzt einem anderen Kunden der Praxis; er geht an dessen Kontakt.",
                en="The document belongs to another customer of the practice now; it goes to that one's contact.",
            )
        case "original_expected":
            return Text(
                de="Die stornierte Rechnung wird gleich selbst übertragen; das Storno wartet darauf.",
                en="The cancelled invoice is about to be brought over itself; the cancellation waits for it.",
            )
        case "original_missing":
            return Text(
                de="Die stornierte Rechnung war in Lexware nicht zu finden; gleich wird noch einmal nachgesehen.",
                en="The cancelled invoice was not found in Lexware; it is looked up once more soon.",
            )
        case "original_seems_voided":
            return Text(
                de="Die stornierte Rechnung ist in Lexware selbst storniert; ehe das gilt, wird noch einmal nachgesehen.",
                en="The cancelled invoice is voided in Lexware itself; it is looked up once more before that counts.",
            )
        case "lines_refused":
            return Text(
                de="Lexware nahm den Beleg mit einer negativen Position nicht an; er geht mit neutralen Positionen.",
                en="Lexware did not take the document with a negative line; it goes with neutral lines.",
            )
        case "link_refused":
            return Text(
                de="Lexware wollte das Storno nicht mit der Rechnung verknüpfen; es geht ohne Verknüpfung.",
                en="Lexware would not link the cancellation with the invoice; it goes without a link.",
            )
        case "worker_died":
            return Text(de="Der bearbeitende Prozess ist gestorben.", en="The process that worked on it died.")
        case "database_lost":
            return Text(
                de="Die Datenbank war mitten im Versuch nicht zu erreichen; es geht gleich weiter.",
                en="The database could not be reached in the middle of the attempt; it goes on in a moment.",
            )
        case "lease_lost":
            return Text(
                de="Der Versuch hat länger gedauert, als er darf; jeder dieser Art zählt.",
                en="The attempt took longer than it may; each of these counts.",
            )
        case "unexpected":
            return Text(
                de="Ein unerwarteter Fehler in lexrelay; das Protokoll nennt die Stelle.",
                en="An unexpected error in lexrelay; the log names the place.",
            )
        case _:
            assert_never(reason)


def of_doubt(reason: DoubtReason) -> Text:
    """Why nothing proves that the document did not arrive."""
    match reason:
        case "payer_changed":
            return Text(
                de="Der Empfänger heißt seither anders, darum beweist ein leeres Suchergebnis nichts.",
                en="The addressee has had another name since, so an empty search proves nothing.",
            )
        case "restored":
            return Text(
                de="Die Datenbank stammt aus einer Sicherung: was danach gesendet wurde, weiß sie nicht.",
                en="The database comes from a backup: what was sent after it was made is not known here.",
            )
        case _:
            assert_never(reason)


DELAYS: Mapping[str, Text] = {reason: of_delay(reason) for reason in get_args(DelayReason)}
DOUBTS: Mapping[str, Text] = {reason: of_doubt(reason) for reason in get_args(DoubtReason)}
