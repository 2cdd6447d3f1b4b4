"""What must have a form to be sent, and the length of a text as Lexware might count it."""

import re

from worker.lexware.translate import fold

_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}"
)
_PHONE = re.compile(r"(?=.*\d)[0-9 +()/.-]{1,30}")
_COUNTRY = re.compile(r"[A-Z]{2}(?:_[A-Z0-9]{2})?")


def length(text: str) -> int:
    """Length in UTF-16 units: what Lexware counts is not known, this is the stricter (lexware-api 10, 36)."""
    return len(text.encode("utf-16-le")) // 2


def split(text: str, limit: int) -> tuple[str, str | None]:
    """The text up to the last word that ends within `limit` units, and the rest; a longer word is cut."""
    if length(text) <= limit:
        return text, None
    head = text.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", "ignore")
    if text[len(head)] != " ":
        head = head.rpartition(" ")[0] or head
    return head.rstrip(), text[len(head) :].strip() or None


def email(text: str | None) -> str | None:
    """The address, or None when it is malformed: Lexware would refuse the whole contact (lexware-api 10, 14)."""
    address = fold.line(text)
    return address if address and len(address) <= 128 and _EMAIL.fullmatch(address) else None


def phone(text: str | None) -> str | None:
    """The number, or None when it has letters or more than 30 characters (lexware-api 4.1)."""
    number = fold.line(text)
    return number if number and _PHONE.fullmatch(number) else None


def country(text: str | None) -> str | None:
    """The code in capitals, or None when it is neither ISO 3166 alpha-2 nor of the form of Lexware's specials."""
    code = (fold.line(text) or "").upper()
    return code if _COUNTRY.fullmatch(code) else None
