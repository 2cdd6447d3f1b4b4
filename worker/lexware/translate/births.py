"""Dates in a text that are somebody's: of birth, in figures or words, or too old for a service; and somebody's age.

Whoever's they are; what the payer's own are, is known to `contract.leaks` alone. Texts come folded (`fold.checked`).
"""

import re

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
