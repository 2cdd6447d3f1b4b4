"""Whoever looks for planted words sees them in every form, or finding none would mean nothing."""

import base64
import html
import json
from urllib.parse import quote

import pytest
from spelled import DRESSES
from traces import found

WORD = "Qzxgeheim"
FORMS = {
    "plain": f"x {WORD} y",
    "upper": WORD.upper(),
    "json": json.dumps("".join(f"{char}\u00ad" for char in WORD)),
    "json escapes": "".join(f"\\u{ord(char):04x}" for char in WORD),
    "json in json": json.dumps("".join(f"\\u{ord(char):04x}" for char in WORD)),
    "python": repr(WORD.encode("utf-16-le")),
    "percent": "".join(f"%{ord(char):02X}" for char in WORD),
    "percent twice": quote("".join(f"%{ord(char):02X}" for char in WORD)),
    "octal": "".join(f"\\{ord(char):03o}" for char in WORD),
    "html": "".join(f"&#{ord(char)};" for char in WORD),
    "html escaped": html.escape(f"<{WORD}>"),
    "hex": WORD.encode().hex(),
    "spread": " ".join(WORD),
    **{f"base64 after {n}": base64.b64encode(b"abc"[:n] + WORD.encode() + b"zz").decode() for n in range(4)},
    "base64 of an address": base64.urlsafe_b64encode(b"?>" + WORD.encode()).decode(),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_word_is_found_in_this_form(form: str) -> None:
    """And another one is not."""
    assert found(FORMS[form], [WORD, "Qzxanders"]) == {WORD}


@pytest.mark.parametrize("dress", DRESSES)
def test_a_dressed_secret_is_found(dress) -> None:
    """Numbers, dates and words."""
    for secret in ("Q987654321", "23.07.1961", "Zwangsgedanken"):
        assert found(f"vor {dress(secret)} nach", [secret]) == {secret}
