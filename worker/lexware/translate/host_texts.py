"""Which of the host's texts would leave the house, and how long each may be.

The one list that privacy and length checks go by; a field that is added to a payload is added here. It guarantees
names as `contract.leaks` gives them.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Literal

from worker.lexware.translate import fold
from worker.lexware.translate.documents import Document, Line, Payer, Settings

Content = Literal["prose", "identity", "code", "technical"]
"""What a text is made of: free words, names and addresses, codes of services, or numbers that are the practice's own."""


@dataclass(frozen=True, slots=True)
class HostText:
    """A text of the host, cleaned; `leaves` tells whether it would, in this mode.

    `limit` is in UTF-16 units; None where the text is joined, cut or left out, and its length is judged there.
    """

    field: str
    text: str
    content: Content
    leaves: bool
    limit: int | None


def host_texts(document: Document, settings: Settings) -> Iterator[HostText]:
    """Every text that is there, those that stay included."""
    itemised = settings.lines == "itemised"
    yield from _host_text("document.number", document.number, "technical", limit=100)
    if document.kind == "cancellation" and document.original:
        yield from _host_text("original.number", document.original.number, "technical", limit=100)
    yield from _host_text("document.introduction", document.introduction, "prose", leaves=itemised)
    yield from _host_text("document.exemption_note", document.exemption_note, "prose")
    yield from payer_texts(document.payer, settings)
    if address := document.own_address:
        for name, text in asdict(address).items():
            yield from _host_text(f"document.{name}", text, "identity", limit=100)
    for place, line in enumerate(document.lines):
        yield from _line_texts(f"lines[{place}]", line, itemised=itemised)


def payer_texts(payer: Payer, settings: Settings) -> Iterator[HostText]:
    """The payer's part of them; of a company the person stays."""
    itemised, person = settings.lines == "itemised", fold.name(payer.company_name) is None
    yield from _host_text("payer.customer_number", payer.customer_number, "technical", limit=100)
    yield from _host_text("payer.salutation", payer.salutation, "identity", leaves=person)
    yield from _host_text("payer.first_name", payer.first_name, "identity", leaves=person, limit=100)
    yield from _host_text("payer.last_name", payer.last_name, "identity", leaves=person, limit=100)
    yield from _host_text("payer.company_name", payer.company_name, "identity", limit=100)
    yield from _host_text("payer.address_supplement", payer.address_supplement, "identity", limit=100)
    yield from _host_text("payer.street", payer.street, "identity", limit=100)
    yield from _host_text("payer.zip", payer.zip, "identity", limit=100)
    yield from _host_text("payer.city", payer.city, "identity", limit=100)
    yield from _host_text("payer.email", payer.email, "technical", leaves=itemised)
    yield from _host_text("payer.phone", payer.phone, "technical", leaves=itemised)


def _line_texts(place: str, line: Line, *, itemised: bool) -> Iterator[HostText]:
    yield from _host_text(f"{place}.code", line.code, "code", leaves=itemised)
    yield from _host_text(f"{place}.description", line.description, "prose", leaves=itemised)
    yield from _host_text(f"{place}.unit", line.unit, "prose", leaves=itemised, limit=100)


def _host_text(
    field: str, text: str | None, content: Content, *, leaves: bool = True, limit: int | None = None
) -> Iterator[HostText]:
    if cleaned := fold.paragraph(text):
        yield HostText(field, cleaned, content, leaves, limit)
