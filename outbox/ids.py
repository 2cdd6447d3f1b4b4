"""The ids that travel between the packages, one type each, so that they cannot be swapped by accident."""

from typing import NewType

PracticeId = NewType("PracticeId", int)
DocumentId = NewType("DocumentId", int)
CustomerId = NewType("CustomerId", int)
EventId = NewType("EventId", int)
IntentId = NewType("IntentId", int)
