"""Secrets in unusual letters (findings 62 to 64): sixty spellings and more for each channel, in both privacy modes.

Whatever is planted in a field that would leave stops the document; nothing of it is in the reason.
"""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace

import given
import pytest

from worker.lexware.translate.check import check
from worker.lexware.translate.documents import Document


def _wide(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def _bold(text: str) -> str:
    digits = {str(n): chr(0x1D7CE + n) for n in range(10)}
    letters = {chr(65 + n): chr(0x1D400 + n) for n in range(26)}
    return "".join((digits | letters).get(char, char) for char in text)


def _arabic(text: str) -> str:
    return "".join(chr(0x660 + int(char)) if char in "0123456789" else char for char in text)


def _between(sign: str) -> Callable[[str], str]:
    return sign.join


def _instead(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new)


#: What is done to a secret that a reader still reads.
DRESSES: list[Callable[[str], str]] = [
    str, str.lower, str.upper, _wide, _bold, _arabic,
    *(_between(sign) for sign in ("\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u200e", "\u202d", "\u034f", "\u180e")),
    *(_instead(" ", sign) for sign in ("\u00a0", "\u2009", "\u202f", "\u3000", "\u2003", "  ", "\t")),
    *(_instead(".", sign) for sign in ("\u2024", "\uff0e")),
    *(_instead("-", sign) for sign in ("\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212", "\ufe63", "\uff0d")),
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: f"({text})", lambda text: f"\u201e{text}\u201c", lambda text: f"x, {text}; y",
]  # fmt: skip
INSURED = ["A123456789", "A 123 456 789", "A-123-456-789", "a123456789", "A.123.456.789"]
BORN = [
    "geb. 12.03.1985",
    "geboren am 12. M\u00e4rz 1985",
    "geb. 12-03-1985",
    "geb. 1985-03-12",
    "* 12.03.1985",
    "Geburtsdatum: 12.03.85",
]
CODES = ["F32.1", "ICD F32.1", "F 32.1", "ICD-10: M54.5"]
ILL = ["Depression", "Diabetes mellitus", "Bandscheibenvorfall", "HIV-Infektion"]


def _spelled(*secrets: str) -> Iterator[str]:
    seen = set()
    for secret in secrets:
        for dress in DRESSES:
            if (text := dress(secret)) not in seen:
                seen.add(text)
                yield text


CHANNELS: dict[str, tuple[list[str], Callable[[str], Document], tuple[str, ...]]] = {
    "note": ([*INSURED, *BORN, *CODES, *ILL], lambda text: given.invoice(exemption_note=f"Umsatzsteuerfrei {text}"), ("neutral", "itemised")),
    "introduction": ([*INSURED, *BORN, *CODES, *ILL], lambda text: given.invoice(introduction=f"Wie besprochen {text}"), ("itemised",)),
    "description": ([*INSURED, *BORN, *CODES, *ILL], lambda text: given.invoice(given.line(description=f"Behandlung {text}")), ("itemised",)),
    "street": ([*INSURED, *BORN, "F32.1", "M54.5"], lambda text: given.invoice(payer=given.payer(street=f"Lindenweg {text}")), ("neutral", "itemised")),
    "supplement": ([*INSURED, *BORN, "F32.1"], lambda text: given.invoice(payer=given.payer(address_supplement=text)), ("neutral", "itemised")),
    "name": ([*INSURED, *BORN, "F32.1"], lambda text: given.invoice(payer=given.payer(last_name=f"Beispiel {text}")), ("neutral", "itemised")),
    "company": ([*INSURED, *BORN, "F32.1"], lambda text: given.invoice(payer=given.payer(company_name=f"Beispiel GmbH {text}")), ("neutral", "itemised")),
    "number": (["A123456780", "RE-A123456780", "2026/A123456780/1", "Beispiel", "RE-Beispiel-1", "2026-BEISPIEL", "Ada-7"], lambda text: given.invoice(number=text), ("neutral", "itemised")),
}  # fmt: skip


@pytest.mark.parametrize("channel", CHANNELS)
def test_no_spelling_gets_through(channel: str) -> None:
    """Each is stopped, for a reason that repeats nothing of it."""
    secrets, planted, modes = CHANNELS[channel]
    spellings = list(_spelled(*secrets))
    through = []
    for text in spellings:
        for mode in modes:
            problems = check(planted(text), given.settings(lines=mode))
            if not {one.reason for one in problems} & {"health_data", "new_note", "text_too_long"}:
                through.append((mode, text))
            assert text not in str(problems)

    assert len(spellings) >= 60
    assert through == []


def test_the_channels_are_open_to_what_is_harmless() -> None:
    """Else the test above would show nothing."""
    for _, planted, modes in CHANNELS.values():
        for mode in modes:
            document = planted("7")
            harmless = replace(document, exemption_note=given.NOTE)
            assert check(harmless, given.settings(lines=mode)) == []
