"""What comes along when people paste, and when their programs save a text: quotes, blanks, invisible marks."""

from worker.lexware.translate import fold

_WRAPPING = "\"'`´„“”‚‘’«»‹›<>()[]{}"  # noqa: RUF001 (these are the quotes that programs write)


def decode(content: bytes) -> str:
    """A text as spreadsheets and editors save it: UTF-8, UTF-16 or Windows-1252. Raises UnicodeDecodeError."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def bare(text: str) -> str:
    """The text without what cannot be seen, and without quotes, brackets and blanks around it."""
    return (fold.line(text) or "").strip(_WRAPPING).strip()
