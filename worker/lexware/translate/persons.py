"""Numbers and dates in a text that belong to a person: insurance numbers and birth dates, and names within numbers.

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

_MONTH = (
    r"(?:jan(?:uar|uary|ner)?|jänner|feb(?:ruar|ruary)?|mär(?:z)?|maerz|mrz|mar(?:ch)?|apr(?:il)?|mai|may|juni?|june|juli?|july|"
    r"aug(?:ust)?|sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|de[zc](?:ember)?|viii|vii|vi|iv|v|iii|ii|i|ix|xii|xi|x)"
)
_GAP = r"[ ./,-]{0,3}"
_SPOKEN_DAY = r"\b[^\W\d_]{2,30}te[nrs]?"
_SPOKEN_YEAR = r"\b[^\W\d_]{0,20}(?:zehn|zig|hundert|tausend)[^\W\d_]{0,20}"
_DATE = (
    rf"(?:(?<!\d)(?:\d ?\d?[ ./,-]{{1,3}}\d ?\d?[ ./,-]{{1,3}}'?(?:\d(?: ?\d){{3}}|\d ?\d)|\d{{4}}[ ./-]{{1,3}}\d\d?[ ./-]{{1,3}}\d\d?|\d{{8}}|\d{{6}}|"
    rf"\d\d?(?:st|nd|rd|th|te[nrs]?)?(?: of)?{_GAP}{_MONTH}{_GAP}'?(?:\d{{4}}|\d\d)|{_MONTH}{_GAP}\d\d?(?:st|nd|rd|th)?{_GAP}\d{{4}}|"
    rf"{_MONTH}{_GAP}'?(?:\d{{4}}|\d\d)|(?:19|20)\d\d|(?:0?[1-9]|1[0-2])(?:/(?:\d{{4}}|\d\d)|[ .-]{{1,3}}\d{{4}})|\d\d?{_GAP}(?![xvi]\b){_MONTH}\b)(?!\d)"
    rf"|{_SPOKEN_DAY} {_MONTH}\b|{_MONTH} {_SPOKEN_YEAR}|(?:neunzehnhundert|zweitausend)[^\W\d_]*)"
)
_LETTER = r"[^\W\d_]"
_BETWEEN = rf"(?:[\s.:,=()/*'\"-]|am(?!{_LETTER})|a\. |den(?!{_LETTER})|on\b|the\b|dat(?:um|e)?\b|tag\b|of\b|ist\b|is\b|war\b|was\b|in [\w.-]+|im\b|i\. ?j\.|jahr\b|de[rnms]\b|de[rs] \w+){{0,14}}"
_KIN = r"(?:kind(?:es)?|sohn(?:es)?|tochter|säugling|enkel\w*|bruder|schwester|mutter|vater|ehefrau|ehemann|child|son|daughter)"
_PERSON = rf"(?:{_KIN}|pat|patient(?:in|en)?|versicherte[rn]?)"
_BIRTH = re.compile(
    rf"(?:\bge?b\b|\bgeboren\w*|\bgebor\.|\b\w*geburts?(?:jahr|monat|tag|t|d(?:at\w*|aum|tm|t)?|)\b|\bgeb(?:rut|ur?st|utr|uhrt|ohr)\w{{0,9}}|\bbirth\w*|\bborn\b|\bd\.?o\.?b\b|\bgd\b|\bgeb(?:d|tag|dat(?:um)?)\b|"
    rf"\bjg\b|\bjahrgang\b|\bn[ée]e\b|[*\u2217\u22c6\u2605\u2606\u2731\u273b]){_BETWEEN}{_DATE}"
    rf"|\b(?:jg|jahrg(?:ang)?)\b[\s.:']{{0,4}}(?:19|20)?\d\d(?!\d)"
    rf"|{_DATE}[\s,()]{{0,3}}(?:in [\w.-]+ )?(?:geb\b|geboren\w*|born\b)"
    rf"|\b{_PERSON}\b(?:(?!\b(?:vom|am|bis|ab|seit|zum|und|from|on|of)\b)[^\d.;:]){{0,40}}[(,*:]\s*{_DATE}",
    re.IGNORECASE,
)

_IN_FIGURES = re.compile(
    r"\d|hundert|tausend|te[nrs]? (?:jan|jän|feb|m[äa]|apr|jun|jul|aug|sep|ok|nov|dez)", re.IGNORECASE
)
_YEARS = r"(?:j\.|j\b|jahre?\b)"
_AGE = re.compile(
    rf"\b{_PERSON}\b[^\d.;:]{{0,40}}\d{{1,3}} ?(?:jahre?|j\.|monate?|wochen?|years?|months?) ?(?:alt\b|old\b)"
    rf"|\b{_PERSON}\b\.?[^\d.;:]{{0,40}}(?<!bis )(?<!ab )(?<!unter )(?<!über )(?<![\d-])\d{{1,3}} ?{_YEARS}"
    rf"|\b{_KIN}\b(?: [^\W\d_]+)?(?: ?\(\d{{1,2}}\)|, ?\d{{1,2}}$)"
    rf"|\b\d{{1,3}}[ -]{{0,2}}(?:jährige[mnrs]?|year-old) (?:\w+ )?(?:{_PERSON}|junge|mädchen|mann|frau|boy|girl|man|woman)\b"
    rf"|\b\d{{1,3}}[ -]{{0,2}}jährig(?:e[rnms]?)?(?= ?(?:$|[,.;)]))"
    rf"|\balter\b[\s:=.]{{0,3}}\d{{1,3}}(?: ?{_YEARS}|(?= ?(?:$|[,.;)])))"
    rf"|\b(?:w|m|weibl(?:ich)?|männl(?:ich)?)[\s.,/]{{1,3}}\d{{1,3}} ?{_YEARS}|\b\d{{1,3}} ?{_YEARS}[\s.,/]{{1,3}}(?:w|m|weibl\w*|männl\w*)\b"
    rf"|\(\d{{1,3}} ?{_YEARS}\.?\)|^\W*\d{{1,3}} ?{_YEARS}(?: alt)?\W*$",
    re.IGNORECASE,
)

_OF_SOMEBODY = re.compile(
    rf"ge?b|birth|born|[*\u2217\u22c6\u2605\u2606\u2731\u273b]|n[ée]e|d\.?o\.?b|gd|jg|j(?:ahr|ähr|\b)|{_PERSON}|year|alter|monat|woche|month",
    re.IGNORECASE,
)
"""One of the words without which neither a birth nor an age is said: this is found out much sooner."""

_OLD = re.compile(
    r"(?:(?<![\w.])(?P<said>vom|v\.|am|seit|ab|bis|zum|stand|fassung|d\. ?f\.|und|[-/])[\s:]*)?"
    r"(?<![\d.])(?:\d\d?[./ -]{1,3}\d\d?[./ -]{1,3}(?P<year>\d{4}|\d\d)|(?P<first>(?:19|20)\d\d)[./-]\d\d?[./-]\d\d?)(?![\d.])",
    re.IGNORECASE,
)
_YEARS_OF_CLAIMS = 4
"""Older services are not billed any more: such a date is somebody's, unless it is a law's or a decree's."""

_SHORTEST_NAME, _SHORTEST_WITHIN = 3, 5
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


def has_birth_date(text: str) -> bool:
    """A date that is said to be somebody's day of birth, in figures or words, or somebody's age."""
    return bool(_OF_SOMEBODY.search(text) and (_BIRTH.search(text) or _AGE.search(text)))


def may_have_date(text: str) -> bool:
    """Whether it is worth a search: it has a digit, or a number in words."""
    return bool(_IN_FIGURES.search(text))


def has_old_date(text: str, year: int) -> bool:
    """A full date too old for a service billed in this year, which is not said to be the day of something."""
    for found in _OLD.finditer(text):
        given = int(found["year"] or found["first"])
        of = given if given > 99 else given + (2000 if given <= year % 100 else 1900)
        if not found["said"] and 1900 <= of < year - _YEARS_OF_CLAIMS:
            return True
    return False


def has_name(number: str, names: Collection[str]) -> bool:
    """One of these names within a number: a part of it, or for longer names anywhere in it."""
    plain = _spelled(number)
    parts = {part for text in plain for part in re.findall(r"[^\W\d_]+", text)}
    for name in names:
        for word in re.findall(r"[^\W\d_]+", fold.compared(name)):
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
