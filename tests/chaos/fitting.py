"""Whether the reason of a dead or discarded event fits what was done to it; everything else counts as lost."""

from tests.chaos.evidence import Evidence
from tests.chaos.history import Row
from tests.chaos.writers import BAD

_LOOK_ALIKES = ("remove_marker", "copy_without_marker")


class Fitting:
    """Knows the hands that touched something: the practice's, its user's in Lexware, the writers' bad documents."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence

    def fits(self, event: Row, document: Row) -> bool:
        """Whether this end needs no defence."""
        reason = event["reason"]
        if reason in _flaws(document) or reason in self._flaws_of_original(document):
            return True
        match reason:
            case "original_not_transferred":
                return self._state_of_original(document) != "delivered"
            case "original_deleted":
                return self._original_was("delete", document)
            case "original_voided":
                return self._original_was("void", document)
            case "duplicate_found":
                return self._was_there_twice(event)
            case "in_doubt":
                return self._was_asked_with_cause(event, document)
            case _:
                return False

    def _flaws_of_original(self, document: Row) -> set[str]:
        original = self._evidence.history.documents.get(document["cancels_id"])
        return _flaws(original) if original else set()

    def _state_of_original(self, document: Row) -> str | None:
        events = self._evidence.history.events.get(document["cancels_id"], [])
        return events[0]["state"] if events else None

    def _original_was(self, what: str, document: Row) -> bool:
        links = self._evidence.history.links.get(document["cancels_id"], [])
        return any((what, str(link["lexware_id"])) in self._evidence.touched for link in links)

    def _was_there_twice(self, event: Row) -> bool:
        """A user copied it with its marker, or deleted one of the twins afterwards."""
        there = self._evidence.documents_by_code.get(event["marker_code"], [])
        copied = any(("copy_with_marker", remote.id) in self._evidence.touched for remote in there)
        return copied or len(there) > 1

    def _was_asked_with_cause(self, event: Row, document: Row) -> bool:
        """The payer was renamed, or somebody's document resembles ours; a failed look alone is no cause here."""
        cause = event["cause"] or ""
        renamed = document["customer_id"] in self._evidence.renamed
        return ("payer_changed" in cause and renamed) or ("look_alike" in cause and self._has_look_alikes(event))

    def _has_look_alikes(self, event: Row) -> bool:
        """Somebody in this organisation had removed a marker, or copied a document without one."""
        organisation = self._evidence.history.organisations[event["practice_id"]]
        return any(
            touch.organisation == organisation and touch.what in _LOOK_ALIKES and touch.at < event["closed_at"]
            for touch in self._evidence.touches
        )


def _flaws(document: Row) -> set[str]:
    """What a bad document says in its number."""
    mark, _, rest = document["number"].partition(":")
    return {rest.partition(":")[0]} if mark == BAD else set()
