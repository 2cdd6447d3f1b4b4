"""Which language a page speaks: the one that was chosen, else the first of German and English that the browser asks for."""

from starlette.requests import Request

from worker.messages import Lang

LANGUAGE_COOKIE = "lexrelay_lang"


def language(request: Request) -> Lang:
    """German unless somebody says otherwise."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if chosen in ("de", "en"):
        return "en" if chosen == "en" else "de"
    for asked in _in_order(request.headers.get("accept-language", "")):
        if asked.startswith("de"):
            return "de"
        if asked.startswith("en"):
            return "en"
    return "de"


def _in_order(header: str) -> list[str]:
    """The languages of an Accept-Language, the dearest first."""
    weighed = []
    for part in header.lower().split(","):
        name, _, weight = part.partition(";q=")
        try:
            weighed.append((-float(weight or 1), name.strip()))
        except ValueError:
            continue
    return [name for weight, name in sorted(weighed, key=lambda one: one[0]) if weight < 0]
