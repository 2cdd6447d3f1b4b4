"""The text by which our documents and contacts are known again in Lexware.

A code is twelve characters without I, L, O and U, in three groups. People retype, and programs change dashes or put in
what nobody sees, so codes are looked for in the folded text (`fold.checked`) and compared ignoring case and dashes. Who
derives the code, and from what, is not known here.
"""

import re

from worker.lexware.translate import fold

_GROUP = "[0-9A-HJKMNP-TV-Z]{4}"
_CODE = re.compile(rf"(?<!\w)(?<!\w-)(?:{_GROUP}-{_GROUP}-{_GROUP}|{_GROUP * 3})(?!-?\w)", re.IGNORECASE)


def document_line(number: str, code: str) -> str:
    """The last line of a document's `remark`, e.g. `Beleg-Nr. RE-2026-0042 · 7Q4K-X2MB-91TD`."""
    return f"Beleg-Nr. {number} · {code}"


def contact_line(customer_number: str | None, code: str) -> str:
    """The line in a contact's `note`; a customer without a number is known by the code alone."""
    return f"Kundennr. {customer_number} · {code}" if customer_number else f"Kunde der Praxis · {code}"


def bare(code: str) -> str:
    """The code without dashes, in capitals: what `find_codes` gives."""
    return code.replace("-", "").upper()


def find_codes(text: str) -> set[str]:
    """Every marker code in a text a human may have edited, bare.

    Twelve characters in a row need a digit and a letter (else it is a word or a number), three groups only a letter
    (else it is a telephone number); a UUID is none.
    """
    return {bare(found) for found in _CODE.findall(fold.checked(text)) if _is_code(found)}


def carries(text: str | None, code: str) -> bool:
    """True when the text holds exactly this code; unlike `find_codes` it has no doubt about words and numbers."""
    spelled = "(?: ?- ?)?".join(bare(code))
    return bool(re.search(rf"(?<!\w){spelled}(?!\w)", fold.checked(text), re.IGNORECASE))


def _is_code(found: str) -> bool:
    has_letter = any(char.isalpha() for char in found)
    return has_letter and (not found.isalnum() or any(char.isdigit() for char in found))
