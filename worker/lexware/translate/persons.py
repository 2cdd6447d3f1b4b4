"""Numbers in a text that belong to a person: insurance numbers, and names within numbers.

By their shape and what stands around them, whoever's they are; what the payer's own are, is known to `contract.leaks`
alone. Texts come folded (`fold.checked`).
"""

import re
from collections.abc import Collection

from worker.lexware.translate import fold

_INSURANCE = re.compile(
    r"(?<![A-Za-z0-9])(?P<letter>[A-Za-z])[ ._/:-]{0,3}(?P<digits>\d(?:[ ._/-]{0,3}\d){8})(?!\d|[._/-]\d\d)"
)
_CALLED_SO = re.compile(
    r"\b(?:kvnr|egk|rvnr|svnr|versnr|(?:kv|pkv|gkv|rv|sv|vers|versicherten?|versicherungs|krankenvers\w*|rentenvers\w*|sozialvers\w*|"
    r"mitgl|mitglieds|beihilfe|krankenkassen|kassen|gesundheitskarten?|egk)[. -]{0,3}(?:nr|no|nummer|kennung))\b[\s.:#=()-]{0,4}"
    r"[A-Za-z]?(?:[ ./-]?\d){6}",
    re.IGNORECASE,
)
"""Six digits and more that are said to be an insurance's number, of whatever shape."""

_CARD = re.compile(r"(?<![A-Za-z0-9])[A-Za-z][ ._/-]{0,3}\d(?:[ ._/-]{0,3}\d){17,19}(?!\d)")
"""As on the card: with the insurance's number, and one for members of the family."""

_PENSION = re.compile(
    r"(?<![A-Za-z0-9])\d\d(?P<day>(?:[ ./-]?\d){2})(?P<month>(?:[ ./-]?\d){2})(?:[ ./-]?\d){2}[ ./-]?[A-Za-z](?:[ ./-]?\d){3}(?![A-Za-z0-9])"
)
"""Of the pension insurance: office, day of birth, a letter, three digits."""

_SERIAL = re.compile(
    r"(?:\b\w*(?:serien|geräte|artikel|bestell|rechnungs|beleg|kunden|auftrag|konto|vorgangs|lizenz|steuer|registrier|"
    r"akten|patent|modell|charge|lot|material)\w*|\b(?:s/n|sn|art|ref|az|inv|nr\. ?re|konto|kd|kdnr))[\s.:#-]*(?:nr|no|nummer)?[\s.:#-]*$",
    re.IGNORECASE,
)
_DATE_FIRST = re.compile(r"\d\d?\.\d\d?\.\d{2,4}")

_SHORTEST_NAME, _SHORTEST_WITHIN = 3, 5
_AS_LONG_AS_A_NAME = re.compile(rf"[A-Za-z]{{{_SHORTEST_NAME}}}")
_IN_NUMBERS = frozenset(
    [
        "januar",
        "februar",
        "märz",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "dezember",
        "rechnung",
        "storno",
        "beleg",
        "praxis",
        "gutschrift",
        "neu",
        "nord",
        "süd",
        "ost",
        "west",
    ]
)
_WEIGHTS = (1, 2, 1, 2, 1, 2, 1, 2, 1, 2)


def has_insurance_number(text: str) -> bool:
    """A letter with nine digits in any dress; not a telephone, a date, or what is called a number of something else."""
    if _CARD.search(text) or _CALLED_SO.search(text) or _has_pension_number(text):
        return True
    for found in _INSURANCE.finditer(text):
        is_phone = found["letter"] in "TFMtfm" and found["digits"][0] == "0"
        is_date = _DATE_FIRST.match(found["digits"])
        if not is_phone and not is_date and not _SERIAL.search(text[: found.start()]):
            return True
    return False


def _has_pension_number(text: str) -> bool:
    """One with a day of birth that there is; half a hundred is added to the day where two were born on it."""
    for found in _PENSION.finditer(text):
        day, month = (int(re.sub(r"\D", "", found[part])) for part in ("day", "month"))
        if 1 <= day % 50 <= 31 and 1 <= month <= 12 and not _SERIAL.search(text[: found.start()]):
            return True
    return False


def is_insurance_number(number: str) -> bool:
    """A document's or customer's number that is one, or has one as a part: its check digit tells, for practices number
    so, too.
    """
    upper = number.upper()
    return any(map(_has_check_digit, [re.sub(r"[^A-Z0-9]", "", upper), *re.findall(r"[A-Z0-9]+", upper)]))


def _has_check_digit(number: str) -> bool:
    found = re.fullmatch(r"([A-Z])(\d{9})", number)
    if not found or found[2].startswith(("19", "20", "000")):
        return False
    digits = f"{ord(found[1]) - 64:02d}{found[2]}"
    products = (int(digit) * weight for digit, weight in zip(digits[:10], _WEIGHTS, strict=True))
    return sum(product // 10 + product % 10 for product in products) % 10 == int(digits[10])


def has_name(number: str, names: Collection[str]) -> bool:
    """One of these names within a number: a part of it, or for longer names anywhere in it."""
    if number.isascii() and not _AS_LONG_AS_A_NAME.search(number):  # most numbers
        return False
    plain = _spelled(number)
    parts = {part for text in plain for part in re.findall(r"[^\W\d_]+", text)}
    for name in names:
        for word in re.findall(r"[^\W\d_]+", fold.compared(fold.checked(name))):
            if word in _IN_NUMBERS or len(word) < _SHORTEST_NAME:
                continue
            spellings = _spelled(word)
            if spellings & parts or (
                len(word) >= _SHORTEST_WITHIN and any(spelling in text for spelling in spellings for text in plain)
            ):
                return True
    return False


def _spelled(text: str) -> set[str]:
    """With umlauts, with two letters for them, and without."""
    plain = fold.compared(text)
    two, one = plain, plain
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue")):
        two, one = two.replace(umlaut, letters), one.replace(umlaut, letters[0])
    return {plain, two, one}
