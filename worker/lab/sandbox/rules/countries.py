"""The countries of `GET /v1/countries`: ISO 3166 alpha-2 and Lexware's specials (lexware-api 4.1, 9.2).

The real list has 257 rows with names in two languages; here a row's name is its code, except for the neighbours. Which of
them are neither ISO's nor known specials is not documented: those that Unicode's CLDR knows beyond ISO make up the number.
"""

from worker.lab.sandbox.wire import Json

_UNION = "AT BE BG CY CZ DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
_ELSEWHERE = """
AD AE AF AG AI AL AM AO AQ AR AS AU AW AX AZ BA BB BD BF BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD
CF CG CH CI CK CL CM CN CO CR CU CV CW CX DJ DM DO DZ EC EG EH ER ET FJ FK FM FO GA GB GD GE GF GG GH GI GL GM
GN GP GQ GS GT GU GW GY HK HM HN HT ID IL IM IN IO IQ IR IS JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB
LC LI LK LR LS LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MU MV MW MX MY MZ NA NC NE NF NG NI NO NP NR
NU NZ OM PA PE PF PG PH PK PM PN PR PS PW PY QA RE RS RU RW SA SB SC SD SG SH SJ SL SM SN SO SR SS ST SV SX SY
SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM
ZW ES_CN GR_69 AC DG EA IC TA
"""
_NAMES = {
    "AT": ("Österreich", "Austria"),
    "BE": ("Belgien", "Belgium"),
    "CH": ("Schweiz", "Switzerland"),
    "DE": ("Deutschland", "Germany"),
    "FR": ("Frankreich", "France"),
    "LU": ("Luxemburg", "Luxembourg"),
    "NL": ("Niederlande", "Netherlands"),
}

CODES = frozenset({"DE", *_UNION.split(), *_ELSEWHERE.split()})


def listing() -> list[Json]:
    """The body of `GET /v1/countries`: a bare array, sorted by code."""
    return [_row(code) for code in sorted(CODES)]


def _row(code: str) -> Json:
    german, english = _NAMES.get(code, (code, code))
    return {
        "countryCode": code,
        "countryNameDE": german,
        "countryNameEN": english,
        "taxClassification": _classification(code),
    }


def _classification(code: str) -> str:
    if code == "DE":
        return "de"
    return "intraCommunity" if code in _UNION.split() else "thirdPartyCountry"
