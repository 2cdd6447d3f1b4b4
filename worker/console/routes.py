"""Every address of the console, once: who may read it, who may change something there, and what answers. The rest is denied."""

from collections.abc import Callable
from dataclasses import dataclass

from worker.console import customers, documents, history, letters, morning, own_documents, practices, settings, system
from worker.console.asked import Answer, Asked
from worker.console.visitor import NO_ONE, OPERATOR, OWN_OR_OPERATOR, OWN_OR_STAFF, STAFF, Role

Handler = Callable[[Asked], Answer]


@dataclass(frozen=True, slots=True)
class Way:
    """A page; without `change` nothing can be posted to it."""

    path: str
    readers: frozenset[Role]
    show: Handler
    changers: frozenset[Role] = NO_ONE
    change: Handler | None = None


WAYS = (
    Way("/", STAFF, morning.show),
    Way("/letters", STAFF, letters.show, OPERATOR, letters.change),
    Way("/documents", STAFF, documents.show),
    Way("/documents/{event:int}", STAFF, documents.show_one, OPERATOR, documents.change_one),
    Way("/practices", STAFF, practices.show),
    Way("/practices/{practice:int}", OWN_OR_STAFF, settings.show, OWN_OR_OPERATOR, settings.change),
    Way("/practices/{practice:int}/customers", OWN_OR_STAFF, customers.show, OWN_OR_OPERATOR, customers.change),
    Way(
        "/practices/{practice:int}/customers/{customer:int}", OWN_OR_STAFF, customers.show_one,
        OWN_OR_OPERATOR, customers.change_one,
    ),
    Way("/practices/{practice:int}/documents", OWN_OR_STAFF, own_documents.show),
    Way("/history", STAFF, history.show),
    Way("/system", STAFF, system.show),
)  # fmt: skip
