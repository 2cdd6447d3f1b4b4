"""What the system closes by itself: there is nothing to deliver any more (design section 6)."""

from collections.abc import Mapping
from typing import assert_never, get_args

from outbox.reasons import DiscardReason
from worker.messages import Text
from worker.messages.reasons.entry import Entry


def of_discard(reason: DiscardReason) -> Entry:
    """Why an event needs no delivery."""
    match reason:
        case "original_deleted":
            return Entry(
                code=reason,
                who="nobody",
                replay="never",
                message=Text(
                    de="Die Rechnung zu diesem Storno wurde in Lexware als Entwurf gelöscht: es gibt nichts mehr zu stornieren.",
                    en="The invoice of this cancellation was deleted in Lexware as a draft: there is nothing left to cancel.",
                ),
                action=Text(de="Nichts zu tun.", en="Nothing to do."),
            )
        case "original_voided":
            return Entry(
                code=reason,
                who="nobody",
                replay="never",
                message=Text(
                    de="Die Rechnung zu diesem Storno wurde in Lexware selbst storniert: ein zweites Storno wäre falsch.",
                    en="The invoice of this cancellation was voided in Lexware itself: a second cancellation would be wrong.",
                ),
                action=Text(de="Nichts zu tun.", en="Nothing to do."),
            )
        case _:
            assert_never(reason)


DISCARDED: Mapping[str, Entry] = {reason: of_discard(reason) for reason in get_args(DiscardReason)}
