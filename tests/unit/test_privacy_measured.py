"""The detector, measured on invented texts: `privacy_texts.tsv`, half of them harmless. The README gives both figures."""

import re
from pathlib import Path

import pytest

from worker.lexware.translate.host_texts import HostText
from worker.lexware.translate.privacy import Known, is_secret

README = Path(__file__).parents[2] / "README.md"


def texts() -> list[tuple[str, HostText]]:
    """The verdict on each text, and the text."""
    lines = (Path(__file__).parent / "privacy_texts.tsv").read_text(encoding="utf-8").splitlines()[1:]
    parts = [line.split("\t") for line in lines]
    return [(verdict, HostText("x", _read(text), content, True, None)) for verdict, _, content, text in parts]  # type: ignore[arg-type]


def _read(text: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)


def share_found(verdict: str) -> float:
    """Which part of these texts the detector stops on a document of 2026, in per cent."""
    found = [is_secret(text, Known(year=2026)) for each, text in texts() if each == verdict]
    return 100 * sum(found) / len(found)


def test_there_are_enough_of_both() -> None:
    """At least 500, and neither kind is rare."""
    verdicts = [verdict for verdict, _ in texts()]

    assert len(verdicts) >= 500
    assert 0.45 <= verdicts.count("harmless") / len(verdicts) <= 0.55


def test_secrets_are_found() -> None:
    """At least 99 of 100."""
    assert share_found("secret") >= 99


def test_harmless_texts_pass() -> None:
    """At most 1 of 100 is stopped."""
    assert share_found("harmless") <= 1


@pytest.mark.parametrize(("verdict", "words"), [("secret", "found"), ("harmless", "stopped")])
def test_readme_gives_the_figures(verdict: str, words: str) -> None:
    """As measured, with one decimal."""
    assert f"{share_found(verdict):.1f} % {words}" in README.read_text(encoding="utf-8")
