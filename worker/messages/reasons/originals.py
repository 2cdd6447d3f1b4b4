"""What is wrong with the invoice that a cancellation cancels: entries by the detail's `flaw`."""

from collections.abc import Mapping

from worker.messages import Text
from worker.messages.reasons.entry import Entry

_CORRECT = Text(
    de="In der Praxissoftware die richtige Rechnung eintragen, dann replay; oder mit discard schließen, wenn nichts zu stornieren "
    "ist. Soll es ohne Rechnung hinüber: replay --unlinked.",
    en="Enter the right invoice in the practice software, then replay; or close it with discard when there is nothing to "
    "cancel. If it is to go over without an invoice: replay --unlinked.",
)

_ITSELF = Entry(
    code="original_not_invoice.itself",
    who="practice",
    replay="after_the_step",
    message=Text(
        de="Dieses Storno nennt sich selbst als den Beleg, den es storniert. Es wurde nichts gesendet.",
        en="This cancellation names itself as what it cancels. Nothing was sent.",
    ),
    action=_CORRECT,
)
_CANCELLATION = Entry(
    code="original_not_invoice.cancellation",
    who="practice",
    replay="after_the_step",
    message=Text(
        de="Was dieses Storno storniert, ist selbst ein Storno. Es wurde nichts gesendet.",
        en="What this cancellation cancels is itself a cancellation. Nothing was sent.",
    ),
    action=Text(
        de="Ist eine Rechnung gemeint: sie in der Praxissoftware eintragen, dann replay. Sollte das Storno zurückgenommen werden: "
        "mit discard schließen und die Leistung neu in Rechnung stellen. Soll es trotzdem hinüber: replay --unlinked.",
        en="If an invoice is meant: enter it in the practice software, then replay. If the cancellation was to be taken back: "
        "close this with discard and invoice the service anew. If it is to go over all the same: replay --unlinked.",
    ),
)
_CANCELLED_ALREADY = Entry(
    code="original_not_invoice.cancelled_already",
    who="practice",
    replay="after_the_step",
    message=Text(
        de="Die Rechnung ist schon ganz storniert; ein zweites Storno zöge sie noch einmal ab. Es wurde nichts gesendet.",
        en="The invoice is cancelled as a whole already; a second cancellation would take it off once more. Nothing was sent.",
    ),
    action=Text(
        de="Ist dieses Storno überzählig: mit discard schließen. Gilt es und das genannte andere nicht: das andere in Lexware "
        "löschen oder stornieren und dieses mit replay --unlinked senden.",
        en="If this cancellation is one too many: close it with discard. If it holds and the other one named does not: delete or "
        "void the other one in Lexware and send this one with replay --unlinked.",
    ),
)
_MORE = Entry(
    code="original_not_invoice.more_than_original",
    who="practice",
    replay="after_the_step",
    message=Text(
        de="Die Stornos dieser Rechnung sind zusammen höher als die Rechnung. Es wurde nichts gesendet.",
        en="The cancellations of this invoice come to more than the invoice. Nothing was sent.",
    ),
    action=Text(
        de="Die Beträge in der Praxissoftware vergleichen und berichtigen, dann replay; ist dieses Storno überzählig, mit discard "
        "schließen. Ist der Betrag so gewollt: replay --unlinked.",
        en="Compare the amounts in the practice software and put them right, then replay; if this cancellation is one too many, "
        "close it with discard. If the amount is meant: replay --unlinked.",
    ),
)
_NEVER_SEEN = Entry(
    code="original_not_transferred.never_seen",
    who="operator",
    replay="after_the_step",
    message=Text(
        de="Die Rechnung ist in Lexware nicht zu finden; welche es sei, wurde von Hand angegeben und nie nachgesehen. Ob sie gelöscht "
        "wurde oder die Kennung nicht stimmt, ist offen.",
        en="The invoice is not to be found in Lexware; which one it is was said by hand and never looked up. Whether it was "
        "deleted or the id is wrong is open.",
    ),
    action=Text(
        de="In Lexware nach der Rechnung sehen. Ist sie da, das Storno dort von Hand anlegen und mit discard --remote-id "
        "schließen; sonst allein senden (replay --unlinked); oder mit discard schließen, wenn nichts zu stornieren ist.",
        en="Look for the invoice in Lexware. If it is there, enter the cancellation there by hand and close this with discard "
        "--remote-id; else send it alone (replay --unlinked); or close it with discard when there is nothing to cancel.",
    ),
)
_REST = Text(
    de="Wird der Rest noch geschuldet: ihn in Lexware von Hand in Rechnung stellen.",
    en="If the rest is still owed: invoice it in Lexware by hand.",
)
_PART_OF_DELETED = Entry(
    code="original_deleted.part",
    who="practice",
    replay="never",
    message=Text(
        de="Die Rechnung dieses Stornos wurde in Lexware als Entwurf gelöscht. Storniert ist nur ein Teil: auch der Rest fehlt dort "
        "jetzt.",
        en="The invoice of this cancellation was deleted in Lexware as a draft. Only a part is cancelled: the rest is missing "
        "there now, too.",
    ),
    action=_REST,
)
_PART_OF_VOIDED = Entry(
    code="original_voided.part",
    who="practice",
    replay="never",
    message=Text(
        de="Die Rechnung dieses Stornos wurde in Lexware selbst storniert. In der Praxis ist nur ein Teil storniert: auch der Rest "
        "gilt dort nicht mehr.",
        en="The invoice of this cancellation was voided in Lexware itself. In the practice only a part is cancelled: the rest "
        "does not hold there any more, either.",
    ),
    action=_REST,
)

OF_ORIGINALS: Mapping[tuple[str, str, object], Entry] = {
    ("original_not_invoice", "flaw", "itself"): _ITSELF,
    ("original_not_invoice", "flaw", "cancellation"): _CANCELLATION,
    ("original_not_invoice", "flaw", "cancelled_already"): _CANCELLED_ALREADY,
    ("original_not_invoice", "flaw", "more_than_original"): _MORE,
    ("original_not_transferred", "flaw", "never_seen"): _NEVER_SEEN,
    ("original_deleted", "flaw", "part"): _PART_OF_DELETED,
    ("original_voided", "flaw", "part"): _PART_OF_VOIDED,
}
