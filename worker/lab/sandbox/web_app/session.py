"""Where a user sits: one organisation, at one moment, with the web app's refusals."""

from dataclasses import dataclass
from datetime import datetime

from worker.lab.sandbox.records import Contact, Document, Organisation, Status
from worker.lab.sandbox.wire import Json
from worker.lab.sandbox.world import World


class NotPossibleError(Exception):
    """The web app offers no such thing for this record in this state."""


@dataclass(frozen=True, slots=True)
class UserSession:
    """A user's view of an organisation."""

    world: World
    organisation: Organisation
    at: datetime

    def document(self, document_id: str, status: Status | None = None) -> Document:
        """The document, which must be in that state. Raises NotPossibleError."""
        document = self.organisation.document(document_id)
        if document is None:
            raise NotPossibleError(f"there is no document {document_id}")
        if status not in (None, document.status):
            raise NotPossibleError(f"{document.number} is {document.status}, not {status}")
        return document

    def contact(self, contact_id: str) -> Contact:
        """The contact. Raises NotPossibleError."""
        contact = self.organisation.contact(contact_id)
        if contact is None:
            raise NotPossibleError(f"there is no contact {contact_id}")
        return contact

    def keep(self, *records: Contact | Document) -> Json:
        """Save; answers the id of the first record."""
        self.world.keep(self.organisation, *records)
        return {"id": records[0].id}

    def settle(self) -> Json:
        """Save the organisation's settings and keys."""
        self.world.settle(self.organisation)
        return {"id": self.organisation.id}
