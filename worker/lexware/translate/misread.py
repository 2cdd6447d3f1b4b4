"""What people read in spite of how it is typed: letters in the place of digits, and words that are pulled apart.

For the guards of privacy, beside the text as it stands. Texts come folded (`fold.checked`).
"""

import re

_ONES_AND_NOUGHTS = "OoIl|"
_DIGITS = str.maketrans("OoIl|ZSB", "00111258")
_MISREAD = re.compile(
    rf"(?<=\d)[{_ONES_AND_NOUGHTS}](?![^\W\d{_ONES_AND_NOUGHTS}_])"  # A12345678O, 199O
    rf"|(?<=\d[.,])[{_ONES_AND_NOUGHTS}](?!\w)"  # F32.l
    rf"|(?<=\d[./-])[{_ONES_AND_NOUGHTS}](?=\d)"  # 12.O3.1985
    rf"|(?<![^\W_])[{_ONES_AND_NOUGHTS}](?=\d[./-]\d)"  # I2.03.1985
    rf"|(?<![^\W\d_]{{2}})[{_ONES_AND_NOUGHTS}](?=[\d{_ONES_AND_NOUGHTS}]{{5}})"  # Al23456789
    rf"|(?<=\b[A-Za-z])[{_ONES_AND_NOUGHTS}](?=\d[.,]\d)"  # FO1.9
    r"|(?<=\d)[ZSB](?=[.,]?\d)"  # A1Z3456789
)
_LETTER = r"[^\W\d_]"
_APART = re.compile(rf"(?<!{_LETTER})(?:{_LETTER}[ .,_*-]{{1,2}}){{2,}}{_LETTER}(?!{_LETTER})")
_HYPHENATED = re.compile(r"(?<=[a-zäöüß])- (?!(?:und|oder|bzw|u|o)\b)(?=[a-zäöüß])")
_DIGIT_WITHIN = re.compile(rf"(?<={_LETTER}{{2}})[013](?={_LETTER})")
_LETTERS = str.maketrans("013", "oie")


def figures(text: str) -> str:
    """With digits where letters that look like them stand among digits."""
    while (found := _MISREAD.sub(lambda letter: letter[0].translate(_DIGITS), text)) != text:
        text = found
    return text


def words(text: str) -> str:
    """With words in one piece that were spelled (`A. D. H. S.`) or broken at a line's end, and letters for digits within."""
    text = _APART.sub(lambda spelled: re.sub(r"[ .,_*-]", "", spelled[0]), text)
    text = _HYPHENATED.sub("", text)
    return _DIGIT_WITHIN.sub(lambda digit: digit[0].translate(_LETTERS), text)
