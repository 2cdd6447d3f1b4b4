"""Exemption notes: which are made of nothing but the usual words of such notes, and by what another wording is known.

A note goes over in both privacy modes, so it is the one free text that nobody chose to send. What it may say is closed:
laws with their paragraphs, rates, the day of a law, and the words of `note_words.txt`, none of which can name a person or
a disease. Any other wording is for the practice to confirm, once.
"""

import hashlib
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from worker.lexware.translate import fold
from worker.lexware.translate.documents import Document
from worker.lexware.translate.problems import Problem

FIELD = "document.exemption_note"

_ENDING = r"(?:e|en|er|es|em|n|s|innen)?"
#: How what is written with dots is written in one word.
_SHORTENED = (
    (re.compile(r"\bu\. ?st\. ?g\b\.?"), "ustg"),
    (re.compile(r"\bu[. -]{1,2}st\b\.?"), "ust"),
    (re.compile(r"\bm[. -]?w[. -]?st\b\.?"), "mwst"),
    (re.compile(r"\b(ust|mwst)\.?-(?=frei|befreit|ausweis)"), r"\1"),
    (re.compile(r"\bi\. ?(v|s|d)\. ?(m|d|v|f|r)\b\.?"), r"i\1\2"),
    (re.compile(r"\bz\. ?b\b\.?"), "zb"),
    (re.compile(r"\bd\. ?h\b\.?"), "dh"),
    (re.compile(r"\bu\. ?a\b\.?"), "ua"),
    (re.compile(r"\bo\. ?(g|a)\b\.?"), "oa"),
)
_TOKEN = re.compile(
    r"(?P<date>\d\d?\. ?(?:\d\d?\.|[a-zä]{3,9}) ?(?:19|20)\d\d|\d{4}-\d\d?-\d\d?)|(?P<rate>(?:0|7|19)(?:[.,]0{1,2})? ?(?:%|€|eur\b|euro\b|prozent\b))"
    r"|(?P<number>\d+(?:\.\d+)*)|(?P<word>[^\W\d_]+(?:[-/][^\W\d_]+)*)|(?P<mark>[^\w\s])|(?P<other>\S)"
)
_ASIDE = (".", "(", ")", ":")
_MARKS = frozenset(".,;:()[]/-\"'&+!*§%€=|•<>„“”‚‘’»«")  # noqa: RUF001 (quotation marks of all shapes)
_PARTS = r"(?:artikel|art|absatz|abs|satz|s|nummer|nr|nrn|no|nos|ziffer|ziff|zif|halbsatz|hs|buchstabe|buchst|bst|lit|doppelbuchst(?:abe)?|unterabs(?:atz)?|uabs|anlage|rz|rn|rdnr|tz|anm|section|paragraph|para|par|article|directive|paragraf|seite|alt|var)"
_PART = re.compile(_PARTS + _ENDING)
_CHAPTER, _OF_CHAPTER = re.compile(r"abschn(?:itt)?s?|abschnitte"), re.compile(r"\d\d?[a-z]?(?:\.\d\d?){0,2}")
_LETTERS = re.compile(r"[a-q]|([a-q])\1")
_LAW = re.compile(r"[iv]{1,3}|bgbl|bstbl|ustg|ustae|rl|richtlinie|idf|fassung|stand|v|vom|eg|eu|ewg")
_JOINS = frozenset([",", "/", "-", "und", "u", "oder", "bis", "&", "+", "or", "and", "sowie", "mit", "ivm"])
_SPAN = frozenset(["tag", "tage", "tagen", "jahr", "jahre", "jahren", "days"])
_OF_A_DAY = frozenset(["vom", "v", "stand", "seit", "ab", "am", "from", "of", "fassung", "idf", "datum"])
_MOST_DIGITS = 4


def problems(document: Document) -> Iterator[Problem]:
    """A note in words that are neither usual nor confirmed."""
    note = fold.paragraph(document.exemption_note)
    if note and not document.note_is_confirmed and not is_usual(note):
        yield Problem("new_note", FIELD)


@lru_cache(1024)
def is_usual(note: str | None) -> bool:
    """Whether every word, number and mark of it is one that such notes are made of. A blank note is.

    Remembered, since a practice has the same note on most of its documents.
    """
    return all(_is_usual(before, kind, token, after) for before, (kind, token), after in _tokens(note))


def folded(note: str | None) -> str:
    """The wording apart from case, blanks, Unicode form and the shape of marks; empty for what is absent."""
    return fold.checked(note).casefold()


def fingerprint(note: str | None, practice_id: int, salt: str) -> str:
    """By what a confirmed wording is known again; nobody without the salt can try out what it was."""
    return hashlib.sha256(f"{salt}|{practice_id}|{folded(note)}".encode()).hexdigest()


def _tokens(note: str | None) -> Iterator[tuple[list[str], tuple[str, str], str]]:
    """Each with what stands before it (dots and brackets aside) and after it."""
    text = folded(note)
    for pattern, short in _SHORTENED:
        text = pattern.sub(short, text)
    found = [(str(match.lastgroup), match[0]) for match in _TOKEN.finditer(text)]
    before: list[str] = []
    for (kind, token), (_, after) in pairwise([*found, ("mark", "")]):
        yield before, (kind, token), after
        if token not in _ASIDE:
            before = [*before[-2:], token]


def _is_usual(before: list[str], kind: str, token: str, after: str) -> bool:
    last = before[-1] if before else ""
    match kind:
        case "mark":
            return token in _MARKS
        case "rate":
            return True
        case "date":
            return last in _OF_A_DAY
        case "number":
            return _is_number(before, last, token, after)
        case "word":
            return _is_word(before, last, token)
        case _:
            return False


def _is_number(before: list[str], last: str, token: str, after: str) -> bool:
    if _CHAPTER.fullmatch(last):
        return bool(_OF_CHAPTER.fullmatch(token))
    return len(token) <= _MOST_DIGITS and "." not in token and (_counts(before, last) or after in _SPAN)


def _counts(before: list[str], last: str) -> bool:
    """Whether a number may stand here: after what is numbered, or after another one that did."""
    joined = last in _JOINS and len(before) > 1
    return last == "§" or _names_a_part(last) or (joined and (before[-2].isdecimal() or _is_letter(before[-2])))


def _names_a_part(word: str) -> bool:
    return bool(_PART.fullmatch(word) or _LAW.fullmatch(word))


def _is_letter(token: str) -> bool:
    return bool(_LETTERS.fullmatch(token))


def _is_word(before: list[str], last: str, token: str) -> bool:
    if _is_letter(token) and (
        last.isdecimal() or _is_letter(last) or _names_a_part(last) or _joins_letter(before, last)
    ):
        return True
    return (
        _names_a_part(token)
        or bool(_CHAPTER.fullmatch(token))
        or all(_is_listed(part) for part in re.split("[-/]", token))
    )


def _joins_letter(before: list[str], last: str) -> bool:
    return last in _JOINS and len(before) > 1 and (before[-2].isdecimal() or _is_letter(before[-2]))


@cache
def _is_listed(word: str) -> bool:
    return bool(_listed().fullmatch(word))


@cache
def _listed() -> re.Pattern[str]:
    lines = Path(__file__).with_name("note_words.txt").read_text(encoding="utf-8").splitlines()
    words = {word for line in lines if not line.startswith("#") for word in line.casefold().split()}
    return re.compile(
        "|".join(re.escape(word[:-1]) + _ENDING if word.endswith("~") else re.escape(word) for word in words)
    )
