"""Whatever text of the host may leave is held against the payer's own secrets (`contract.leaks`), too."""

import re
from pathlib import Path

import given

from worker.lexware.translate.documents import Address
from worker.lexware.translate.host_texts import host_texts

_LEAKS = Path(__file__).parents[2] / "sql" / "contract" / "20_leaks.sql"
#: The number of another document is held against them where it is that document's own; a country is two letters.
_NOT_NEEDED = {"original.number", "document.country_code"}


def test_leaks_knows_every_text_that_may_leave() -> None:
    """A text that is added to one of the two lists is missed in the other."""
    address = Address(street="Weg 1", address_supplement="Hinterhaus", zip="50667", city="Köln", country_code="DE")
    payer = given.payer(company_name="Beispiel GmbH", address_supplement="Hinterhaus")
    document = given.cancellation_of(given.invoice(payer=payer, own_address=address))
    sql = _LEAKS.read_text(encoding="utf-8")
    known = {*re.findall(r"'((?:document|payer)\.\w+)'", sql)}
    known |= {
        f"lines[0].{name}" for name in re.findall(r"\('(\w+)', line\.", sql) + re.findall(r"'(\w+)', line\.", sql)
    }

    leaving = {text.field for text in host_texts(document, given.settings(lines="itemised"))}

    assert leaving - known == _NOT_NEEDED
