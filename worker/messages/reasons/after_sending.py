"""Deaths after sending, or because of what is in Lexware or in the practice software by now (design section 6)."""

from collections.abc import Mapping
from typing import get_args

from outbox.reasons import DeadReason
from worker.messages import Text
from worker.messages.reasons.before_sending import of_data
from worker.messages.reasons.entry import Entry


def of_death(reason: DeadReason) -> Entry:
    """Why an event was given up; the reasons that lie in the practice's data stand in `before_sending`."""
    match reason:
        case "host_data":
            return Entry(
                code=reason,
                who="operator",
                replay="after_the_step",
                message=Text(
                    de="Die Sicht der Praxissoftware lässt sich für diesen Beleg nicht lesen, oder sie ist an einer Stelle leer, "
                    "an der etwas stehen muss.",
                    en="The practice software's view cannot be read for this document, or gives nothing where something must be.",
                ),
                action=Text(
                    de="Den Beleg in der Praxissoftware oder die Abfrage der genannten Sicht im Host-Ordner berichtigen "
                    "(`lexrelay migrate --host ORDNER`), dann replay.",
                    en="Correct the document in the practice software, or the select of the view named in the host folder "
                    "(`lexrelay migrate --host DIR`), then replay.",
                ),
            )
        case "too_large":
            return Entry(
                code=reason,
                who="practice",
                replay="after_the_step",
                message=Text(
                    de="Der Beleg ist größer als jeder, den Lexware nähme; er wurde nicht gelesen.",
                    en="The document is larger than any that Lexware would take; it was not read.",
                ),
                action=Text(
                    de="Den Beleg in der Praxissoftware aufteilen oder seine Texte kürzen, dann replay; oder mit discard schließen. "
                    "Sind es nicht so viele Positionen: die Abfrage document_line.sql im Host-Ordner vervielfacht sie.",
                    en="Split the document in the practice software or shorten its texts, then replay; or close it with discard. "
                    "If it has not so many lines: the select document_line.sql in the host folder multiplies them.",
                ),
            )
        case "document_gone":
            return Entry(
                code=reason,
                who="practice",
                replay="after_the_step",
                message=Text(
                    de="Den abgeschlossenen Beleg gibt es in der Praxissoftware nicht mehr: gelöscht oder wieder Entwurf.",
                    en="The practice software no longer has the completed document: deleted, or a draft again.",
                ),
                action=Text(
                    de="Ist das so gewollt: mit discard schließen. Sonst den Beleg wiederherstellen und abschließen: er geht dann von selbst hinüber.",
                    en="If that is intended: close it with discard. Otherwise restore and complete the document: it then goes over by itself.",
                ),
            )
        case "contact_ambiguous":
            return Entry(
                code=reason,
                who="practice",
                replay="after_the_step",
                message=Text(
                    de="Mehrere Kontakte in Lexware passen genau auf den Empfänger; welcher gemeint ist, weiß nur ein Mensch.",
                    en="Several contacts in Lexware fit the addressee exactly; only a human knows which one is meant.",
                ),
                action=Text(
                    de="Die genannten Kontakte ansehen, den richtigen hinterlegen (contact link), dann replay.",
                    en="Look at the contacts named, enter the right one (contact link), then replay.",
                ),
            )
        case "contact_gone":
            return Entry(
                code=reason,
                who="practice",
                replay="after_the_step",
                message=Text(
                    de="Den verknüpften Kontakt gibt es in Lexware nicht mehr, oder er ist archiviert. Er wird nicht still neu "
                    "angelegt.",
                    en="The linked contact no longer exists in Lexware, or is archived. It is not silently created again.",
                ),
                action=Text(
                    de="Den Kontakt in Lexware aus dem Archiv holen oder einen anderen hinterlegen (contact link), dann replay.",
                    en="Bring the contact back from the archive in Lexware, or enter another one (contact link), then replay.",
                ),
            )
        case "original_not_transferred":
            return Entry(
                code=reason,
                who="operator",
                replay="after_the_step",
                message=Text(
                    de="Das Storno gehört zu einer Rechnung, die nie zu Lexware übertragen wurde.",
                    en="The cancellation belongs to an invoice that was never brought to Lexware.",
                ),
                action=Text(
                    de="Erst die Rechnung nachholen (backfill) und dann replay; oder das Storno allein senden (replay "
                    "--unlinked); oder mit discard schließen, wenn beide nicht nach Lexware sollen.",
                    en="Bring the invoice over first (backfill), then replay; or send the cancellation alone (replay "
                    "--unlinked); or close it with discard when neither is wanted in Lexware.",
                ),
            )
        case "original_not_invoice":
            return Entry(
                code=reason,
                who="practice",
                replay="after_the_step",
                message=Text(
                    de="Was dieses Storno storniert, ist keine Rechnung, die sich so stornieren lässt. Es wurde nichts gesendet.",
                    en="What this cancellation cancels is no invoice that can be cancelled like this. Nothing was sent.",
                ),
                action=Text(
                    de="In der Praxissoftware nachsehen, welche Rechnung gemeint ist: dort berichtigen und replay; oder mit discard "
                    "schließen, wenn nichts zu stornieren ist. Soll es trotzdem hinüber: replay --unlinked.",
                    en="See in the practice software which invoice is meant: correct it there, then replay; or close it with "
                    "discard when there is nothing to cancel. If it is to go over all the same: replay --unlinked.",
                ),
            )
        case "other_organisation":
            return Entry(
                code=reason,
                who="operator",
                replay="after_the_step",
                message=Text(
                    de="Dieser Beleg (oder sein Original) wurde schon mit einem anderen Unternehmen in Lexware bearbeitet als "
                    "dem, das jetzt verbunden ist. Er wird in keinem zweiten angelegt.",
                    en="This document (or its original) was already dealt with in another company in Lexware than the one "
                    "connected now. It is not created in a second one.",
                ),
                action=Text(
                    de="Im früheren Unternehmen nachsehen; von Hand erledigen und mit discard schließen. Wurde der falsche "
                    "Schlüssel hinterlegt: den richtigen verbinden (practice connect), dann replay.",
                    en="Look it up in the former company; settle it by hand and close it with discard. If the wrong key was "
                    "stored: connect the right one (practice connect), then replay.",
                ),
            )
        case "duplicate_found":
            return Entry(
                code=reason,
                who="practice",
                replay="never",
                message=Text(
                    de="Dieser Beleg liegt in Lexware mehr als einmal.",
                    en="This document is in Lexware more than once.",
                ),
                action=Text(
                    de="In Lexware die überzähligen Entwürfe löschen und den verbleibenden nennen: discard --remote-id. Ein "
                    "replay wird abgelehnt, es ist ja schon da.",
                    en="Delete the superfluous drafts in Lexware and name the one that stays: discard --remote-id. A replay is "
                    "refused, for it is there already.",
                ),
            )
        case "in_doubt":
            return Entry(
                code=reason,
                who="practice",
                replay="as_it_is",
                message=Text(
                    de="Es ließ sich nicht feststellen, ob der Beleg in Lexware angekommen ist. Ohne Beweis wird nicht noch "
                    "einmal gesendet.",
                    en="It could not be found out whether the document arrived in Lexware. Without proof it is not sent again.",
                ),
                action=Text(
                    de="In Lexware nach dem Beleg sehen. Ist er da: discard --remote-id. Ist er sicher nicht da: replay, das "
                    "zuerst noch einmal nachsieht; hält etwas Ähnliches es auf, den Beleg von Hand anlegen und discard "
                    "--remote-id.",
                    en="Look for the document in Lexware. If it is there: discard --remote-id. If it is certainly not: replay, "
                    "which looks once more first; if something similar stops it, enter the document by hand and discard "
                    "--remote-id.",
                ),
            )
        case "sender_frozen":
            return Entry(
                code=reason,
                who="operator",
                replay="after_the_step",
                message=Text(
                    de="Der Prozess, der den Beleg zuletzt senden wollte, steht seit langem still, lebt aber noch: er könnte "
                    "noch senden.",
                    en="The process that was last to send the document has stood still for long but is alive: it might still send.",
                ),
                action=Text(
                    de="Den genannten Prozess auf seinem Rechner beenden, dann replay: es sieht zuerst in Lexware nach.",
                    en="End the process named on its machine, then replay: it looks in Lexware first.",
                ),
            )
        case "refused_by_lexware":
            return Entry(
                code=reason,
                who="operator",
                replay="after_the_step",
                message=Text(
                    de="Lexware hat den Beleg oder den Kontakt abgelehnt, mit einem Grund, den lexrelay nicht kennt.",
                    en="Lexware refused the document or the contact, for a reason that lexrelay does not know.",
                ),
                action=Text(
                    de="Mit preview ansehen, was gesendet würde. Erklärt das nichts: Status, Code und Trace-ID an den Support "
                    "von Lexware geben; danach replay.",
                    en="See with preview what would be sent. If that explains nothing: give status, code and trace id to "
                    "Lexware's support; then replay.",
                ),
            )
        case "retries_exhausted":
            return Entry(
                code=reason,
                who="operator",
                replay="as_it_is",
                message=Text(
                    de="Alle Versuche sind verbraucht; der letzte scheiterte wie unten genannt.",
                    en="All tries are used up; the last one failed as named below.",
                ),
                action=Text(
                    de="Netz, status und check ansehen. Ist die Ursache vorbei: replay, am besten mit --canary.",
                    en="Look at the network, status and check. When the cause is over: replay, best with --canary.",
                ),
            )
        case "crashes_worker":
            return Entry(
                code=reason,
                who="developer",
                replay="as_it_is",
                message=Text(
                    de="Fünfmal nacheinander ist der Prozess gestorben, der diesen Beleg bearbeitete.",
                    en="Five times in a row the process that worked on this document died.",
                ),
                action=Text(
                    de="Speicher und Protokolle des Rechners zu den Zeiten der Versuche ansehen. Lag es am Rechner: replay. "
                    "Sonst das Protokoll den Entwicklern geben.",
                    en="Look at the machine's memory and logs at the times of the attempts. If it was the machine: replay. "
                    "Otherwise give the log to the developers.",
                ),
            )
        case _:
            return of_data(reason)


DEAD: Mapping[str, Entry] = {reason: of_death(reason) for reason in get_args(DeadReason)}
