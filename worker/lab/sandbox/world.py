"""Everything that exists in the sandbox: organisations and, through them, all that was committed.

The only place that adds or replaces records; with a journal, a record is on disk before it is here.
"""

from pathlib import Path
from secrets import token_urlsafe
from uuid import uuid4

from worker.lab.sandbox.journal import Journal
from worker.lab.sandbox.records import SCOPES, Contact, Document, Key, Organisation, TaxType
from worker.lab.sandbox.switches import Switches


class World:
    """All organisations by id, and by key."""

    def __init__(self, state: Path | None = None, switches: Switches | None = None) -> None:
        self.organisations: dict[str, Organisation] = {}
        self.switches = switches or Switches()
        """Of organisations to come, and of callers that nobody knows."""
        self._owners: dict[str, Organisation] = {}
        self._journal = Journal(state) if state else None
        if self._journal:
            self._restore(self._journal)

    def add_organisation(
        self,
        *,
        company_name: str = "Praxis Beispiel",
        tax_type: TaxType = "vatfree",
        small_business: bool = False,
        keys: int = 1,
        switches: Switches | None = None,
    ) -> Organisation:
        """Found an organisation with fresh API keys that may do everything."""
        organisation = Organisation(
            id=str(uuid4()),
            company_name=company_name,
            tax_type=tax_type,
            small_business=small_business,
            switches=switches or self.switches,
        )
        organisation.keys = {_new_key(): Key() for _ in range(keys)}
        self.settle(organisation)
        return organisation

    def populate(self, count: int) -> None:
        """Found organisations until there are so many."""
        while len(self.organisations) < count:
            self.add_organisation(company_name=f"Praxis Beispiel {len(self.organisations) + 1}")

    def add_key(self, organisation: Organisation, scopes: frozenset[str] = SCOPES) -> str:
        """Give an organisation one more key."""
        key = _new_key()
        organisation.keys[key] = Key(scopes=scopes)
        self.settle(organisation)
        return key

    def owner(self, key: str | None) -> Organisation | None:
        """Whose key it is; revoked keys still have an owner."""
        return self._owners.get(key or "")

    def settle(self, organisation: Organisation) -> None:
        """Make an organisation, or a change of its settings or keys, known and lasting."""
        if self._journal:
            self._journal.append(organisation.id, [organisation])
        self._know(organisation)

    def keep(self, organisation: Organisation, *records: Contact | Document) -> None:
        """Commit records, new or changed, together."""
        if self._journal:
            self._journal.append(organisation.id, records)
        for record in records:
            _own(organisation, record)

    def close(self) -> None:
        """Let go of the state file."""
        if self._journal:
            self._journal.close()

    def _know(self, organisation: Organisation) -> None:
        self.organisations[organisation.id] = organisation
        self._owners |= dict.fromkeys(organisation.keys, organisation)

    def _restore(self, journal: Journal) -> None:
        for organisation_id, record in journal.replay():
            known = self.organisations.get(organisation_id)
            if not isinstance(record, Organisation):
                _own(self.organisations[organisation_id], record)
                continue
            if known:
                record.contacts, record.documents = known.contacts, known.documents
                record.last_numbers, record.last_role_numbers = known.last_numbers, known.last_role_numbers
            self._know(record)


def _own(organisation: Organisation, record: Contact | Document) -> None:
    """Put a record in its place; the counters never fall behind a number that exists."""
    if isinstance(record, Document):
        organisation.documents[record.id] = record
        prefix, number = record.number[:2], int(record.number[2:])
        organisation.last_numbers[prefix] = max(organisation.last_numbers[prefix], number)
        return
    organisation.contacts[record.id] = record
    for role, details in record.body["roles"].items():
        last = organisation.last_role_numbers[role]
        organisation.last_role_numbers[role] = max(last, details["number"])


def _new_key() -> str:
    """An opaque string with the look of a real key (1.1)."""
    return f"sandbox-{token_urlsafe(24)}"
