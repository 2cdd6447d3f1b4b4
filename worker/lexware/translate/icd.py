"""Codes of diagnoses (ICD-10-GM) in a text, told from rooms, devices, fees and potencies by what stands before them.

It knows all categories and their subdivisions. Texts come folded (`fold.checked`).
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from worker.lexware.translate.host_texts import Content


def _read() -> Mapping[str, str]:
    """The categories with the fourth characters that they have."""
    lines = Path(__file__).with_name("icd10.txt").read_text(encoding="utf-8").splitlines()[1:]
    parts = ((line[0], *part.partition(":")) for line in lines for part in line[2:].split())
    return {f"{letter}{number}": fourth for letter, number, _, fourth in parts}


_CATEGORIES = _read()

_SUFFIX = r"(?P<suffix> ?[GVAZRLB]{1,2}(?!\w))?"
_CODE = re.compile(
    r"(?<!\w)(?<!\d-)(?P<letter>[A-Za-z])(?P<gap>[ _/-]?)(?P<number>\d\d)"
    rf"(?:(?P<dot>[.,])(?P<fourth>\d\d?|-)(?!\d|\.\d)|(?P<more>\d\d?)(?!\d))?{_SUFFIX}(?!\d|-\d|\.\d+\.)"
)
_LOOSE = re.compile(
    r"(?<!\w)(?P<letter>[A-Za-z])[ ._/-]{0,2}(?P<number>\d ?\d)(?: ?(?P<dot>[.,:/-]) ?(?P<fourth>\d)(?![\d.]| ?[.,]\d))?"
)

_SAYS_ICD = re.compile(
    r"(?:\b(?:icd(?:[ -]?10)?(?:[ -]?gm)?(?:[ -]?(?:codes?|nr|schlüssel))?"
    r"(?:[ -]?\(?(?:version )?20\d\d\)?)?|(?:dauer|haupt|neben|behandlungs|verdachts)?diagnosen?"
    r"(?:schlüssel|code)?|diag|dg|dx)\b)[\s.:=()/#\"'-]*$",
    re.IGNORECASE,
)
_SAYS_WHY = re.compile(
    r"\b(?:wegen|wg|bei|v\. ?a|verdacht auf|z\. ?n|zustand nach|befund|indikation|gesichert|aufgrund|leidet an|mit|"
    r"because of|due to)\b[\s.:()-]*$",
    re.IGNORECASE,
)

_THINGS = (
    "laser|lasertherapie|laserbehandlung|strumpf|strümpfe|ergometer|laufband|deck|pilates|zimmer|raum|räume|gerät|station|stiege|stockwerk|gebäude|haus|block|apartment|appartement|wohnung|tür|etage|trakt|"
    "platz|kabine|liege|bett|halle|eingang|treppenhaus|aufgang|modell|serie|seriennummer|artikel|artikelnummer|bestellnummer|"
    "version|software|firmware|größe|format|straße|strasse|autobahn|ausfahrt|abfahrt|kennzeichen|vitamin|ziffer|position|tarif|"
    "gebühr|leistung|analog|heilmittel|faktor|konto|rechnung|beleg|kurs|gruppe|modul|punkt|endoskop|sonde|kanüle|nadel|schraube|"
    "implantat|stent|katheter|kanal|programm|stufe|level|ultraschall|elektrode|kabel|einlage|schiene|bandage|orthese|"
    "filter|lampe|monitor|akku|batterie|schlüssel|schrank|fach|regal|nummer|parkplatz|stellplatz|buslinie|linie|gate|"
    "bundesstraße|paragraph|anlage|formular|muster|kategorie|lotion|salbe|creme|öl|tape|band|matte|ball|matratze|rollator|"
    "rollstuhl|gestell|ventil|rohr|stahl|profil|halterung|kreuz|dreieck|anschlussstelle|raststätte|pumpe|motor|objektiv|kamera|drucker|patrone|papier|karton|kiste|charge|ausgabe|kapitel|seite|abschnitt"
)
_SHORT_THINGS = (
    "app|apt|zi|stg|stat|whg|top|nr|no|typ|sn|art|ref|lot|ver|vers|gr|din|iso|en|str|vit|goä|goz|gebüh|gop|ebm|uv-goä|bema|"
    "ziff|pos|re|hm|az|og|ug|eg|geb|bl|best|model|room|type|unit|flat|ward|suite|highway|route|bus|tor|tram"
)
_THING = (
    rf"(?:\b(?!(?:köln|\w+fach|(?:zeit|schwer|druck|schmerz)punkt)\b)\w*(?:{_THINGS})(?:e?s|e?n|e)?|\b(?:{_SHORT_THINGS}))\b[\s.:#\"'(-]*"
    r"(?:(?:nr|no|nummer|typ|modell|vom|der|des|die|von|serie|pos|ziff|ziffern|links|rechts)\b[\s.:#-]*)*"
)
_IS_THING = re.compile(_THING + "$", re.IGNORECASE)
_IS_IN_LIST = re.compile(_THING + r"(?:[A-Za-z]{0,3} ?\d[\w.]*(?: ?(?:[,/;+&-]|und|u\.|oder|bis) ?))+$", re.IGNORECASE)
_IS_MEASURE = re.compile(r" ?(?:cm|mm|kg|ml|mg|%|€|eur\b|euro\b|uhr\b|km\b|x ?\d)", re.IGNORECASE)
_OF_A_THING = re.compile(
    r"-?(?: ?(?:laser|gerät|spritze|bescheinigung|formular|format|papier|gewinde|schraube|kurs|massage|min\b|modell|serie|lampe|akku|analog))",
    re.IGNORECASE,
)
_POTENCIES = frozenset({"6", "12", "30", "60", "100", "200", "1000"})
_COMMON = frozenset({"A36", "A72", "B12", "C30", "D10", "D12", "D20", "D30", "D60", "Q10"})
"""Vitamin B12, coenzyme Q10, homeopathic potencies, analogous numbers of the GOÄ. As diagnoses these either do not
exist or are always subdivided, and then the dot tells."""


def has_code(text: str, content: Content) -> bool:
    """True when the text holds a code. Fewer shapes count in names, addresses and codes of services than in free words.

    There a category alone is a motorway, a flat, a British postcode, or a massage of 60 minutes (`M60`).
    """
    return any(_is_diagnosis(found, text, content) for found in _CODE.finditer(text)) or any(_after_its_name(text))


def _after_its_name(text: str) -> Iterator[bool]:
    """After "ICD:" or "Diagnose" every shape counts; after "wegen", or with digits apart, what exists with a mark before its last."""
    for found in _LOOSE.finditer(text):
        category = found["letter"].upper() + found["number"].replace(" ", "")
        if category in _CATEGORIES:
            exists = bool(found["dot"]) and found["letter"].isupper() and found["fourth"] in _CATEGORIES[category]
            is_apart = " " in found["number"] and found["dot"] == "." and not _IS_THING.search(text, 0, found.start())
            yield bool(_SAYS_ICD.search(text, 0, found.start()))
            yield exists and (is_apart or found[0] == text or bool(_SAYS_WHY.search(text, 0, found.start())))


def _is_diagnosis(found: re.Match[str], text: str, content: Content) -> bool:
    category = found["letter"].upper() + found["number"]
    if category not in _CATEGORIES:
        return False
    before = text[max(0, found.start() - 80) : found.start()]
    if _IS_THING.search(before):
        return False
    if not found["dot"] and _IS_IN_LIST.search(before):
        return False
    if found["dot"]:
        return not _IS_MEASURE.match(text, found.end()) and _is_well_dotted(found, category)
    if content != "prose" or found["gap"] in ("_", "/", "-") or _OF_A_THING.match(text, found.end()):
        return False
    is_said = bool(found["suffix"] or _SAYS_WHY.search(before)) or found[0] == text
    if found["more"]:
        return _is_undotted(found, category, is_said=is_said)
    return category not in _COMMON and (is_said or (not found["gap"] and found["letter"].isupper()))


def _is_well_dotted(found: re.Match[str], category: str) -> bool:
    """`F 32.1`, `f32.1`, `J45.-`; a small letter apart from its number may be an article, so its fourth must exist."""
    is_apart = found["gap"] in ("_", "/", "-") or (found["gap"] and found["letter"].islower())
    return not is_apart or found["fourth"][0] in _CATEGORIES[category]


def _is_undotted(found: re.Match[str], category: str, *, is_said: bool) -> bool:
    """`F321`, `m545`: only subdivisions that exist; external causes go with a dot in Germany, if at all."""
    number = found["number"] + found["more"]
    if found["letter"].upper() in "VWXY" or (found["letter"].upper() in "CD" and number in _POTENCIES):
        return False
    return found["more"][0] in _CATEGORIES[category] and (is_said or not found["gap"])
