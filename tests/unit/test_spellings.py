"""Secrets in unusual letters (findings 62 to 64): sixty spellings and more for each channel, in both privacy modes.

Whatever is planted in a field that would leave stops the document; nothing of it is in the reason.
"""

from collections.abc import Callable
from dataclasses import replace

import given
import pytest
from spelled import spelled

from worker.lexware.translate.check import check
from worker.lexware.translate.documents import Document

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
    spellings = list(spelled(*secrets))
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
