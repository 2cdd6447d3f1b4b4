"""Whatever comes in from outside, at random: an answer of Lexware, a row of the host, a message in Redis, a pasted contact, a
command line, a configuration. Each ends in a value or in an error of ours, and no secret stands in what is said.

`FUZZ_INPUTS=200000 pytest -m proof tests/unit/test_fuzz.py` tries so many in all; 2,000 by default.
"""

import json
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

import given as invented
import httpx
import hypothesis
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from worker import config
from worker.broker import _message
from worker.cli import main
from worker.delivery.errors import CallError
from worker.lexware.api import answers, lenient
from worker.lexware.api.lenient import Unreadable
from worker.lexware.api.links import ContactUuid, CustomerNumber, NotAContact, read_pasted
from worker.lexware.api.statuses import verdict
from worker.lexware.translate.check import check
from worker.lexware.translate.documents import Document, Line
from worker.lexware.translate.host_texts import HostText
from worker.lexware.translate.privacy import Known, is_secret
from worker.lexware.translate.problems import Untranslatable
from worker.lexware.translate.translate import translate
from worker.messages.visible import escaped, visible

SECRET = "Qzxgeheim"
ALL = int(os.environ.get("FUZZ_INPUTS", "2000"))


def _share(parts: int) -> hypothesis.settings:
    """How many inputs this channel gets, of a hundred parts."""
    return hypothesis.settings(
        max_examples=max(20, ALL * parts // 100), deadline=None, database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )  # fmt: skip


pytestmark = pytest.mark.proof


def _complaint(work: Callable[[], object], expected: type[Exception]) -> str:
    """What an expected error says; empty when all is well. Any other error is raised."""
    try:
        work()
    except expected as error:
        return f"{error} {error!r}"
    return ""


#: Letters of all kinds, and all that a parser, a terminal, a table or a detector may stumble over.
ODD = st.text(
    st.characters() | st.sampled_from("\x00\x1b\x9b\u202e\u200b\u00ad\ufeff\ud800\U000e0041%;'\"\\{}[]=+-@\r\n\t"),
    max_size=60,
)
PIECES = st.lists(
    st.sampled_from(
        [
            "F32.1",
            "geb. ",
            "12.03.1985",
            "A123456789",
            "Depression",
            "§ 4 Nr. 14 UStG",
            "\u00ad",
            " ",
            ".",
            SECRET,
            "-",
            "\uff11",
        ]
    )
    | ODD,
    max_size=6,
).map("".join)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | PIECES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["id", "content", "resourceUri", "organizationId", "companyName", "taxType", "smallBusiness", "totalPages", "number",
                         "person", "company", "addresses", "billing", "archived", "voucherStatus", "totalPrice", "IssueList", "message",
                         "traceId", "details", "roles", "customer", "note", "voucherDate", "createdDate", "totalAmount"]) | ODD,
        inner, max_size=6),
    max_leaves=12,
)  # fmt: skip
READERS = [
    getattr(answers, name).read
    for name in ("Created", "Profile", "Contact", "SalesDocument", "VoucherRow")
    if hasattr(getattr(answers, name), "read")
]


@_share(30)
@given(JSON | st.just({}), st.integers(100, 599), st.binary(max_size=40), st.dictionaries(ODD, ODD, max_size=3))
def test_answers_of_lexware(body: Any, status: int, noise: bytes, headers: dict[str, str]) -> None:
    """Read, or refused as unreadable; what is told of a refusal holds neither key nor text of theirs."""
    for raw in (json.dumps(body, default=str).encode("utf-8", "replace"), noise):
        error = verdict(
            httpx.Response(status, headers={"retry-after": _ascii("".join(headers.values()))}, content=raw), SECRET
        )
        assert error is None or isinstance(error, CallError)
        assert SECRET not in f"{error} {error!r}"
        for read in READERS:
            assert SECRET not in _complaint(lambda read=read, raw=raw: read(lenient.document(raw)), Unreadable)


def _ascii(text: str) -> str:
    """As a header can be."""
    return text.encode("ascii", "ignore").decode()


TEXT = st.none() | PIECES
NUMBER = st.decimals(allow_nan=True, allow_infinity=True) | st.decimals(-1000, 1000, places=2)
DAY = st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31))
LINE = st.builds(
    Line, position=st.just(1), treated_on=DAY, code=TEXT, description=TEXT, quantity=NUMBER, unit=PIECES, unit_price=NUMBER,
    vat_rate=st.sampled_from([Decimal(0), Decimal(7), Decimal(19), Decimal("NaN"), Decimal(16)]),
)  # fmt: skip
PAYER = st.builds(
    invented.payer,
    **dict.fromkeys(("customer_number", "salutation", "first_name", "last_name", "company_name", "street", "address_supplement", "zip", "city", "email", "phone"), TEXT),
    country_code=st.sampled_from(["DE", "de", None, "Deutschland", "\x00"]),
)  # fmt: skip
ROW = st.builds(
    lambda lines, total, number, note, words, day, due, mode, payer: invented.invoice(
        *lines, total=None if total is None else str(total), number=number, exemption_note=note, introduction=words,
        invoice_date=day, due_date=due, tax_mode=mode, payer=payer,
    ),
    st.lists(LINE, min_size=1, max_size=3), st.none() | NUMBER, TEXT, TEXT | st.just(invented.NOTE), TEXT, DAY, DAY,
    st.sampled_from(["vatfree", "net", "gross", "", "x"]), PAYER,
)  # fmt: skip


@_share(30)
@given(ROW, st.sampled_from(["neutral", "itemised"]), st.sampled_from(["vatfree", "net", "gross"]), st.booleans())
def test_rows_of_the_host(document: Document, lines: str, tax_type: str, small: bool) -> None:
    """Translated or refused, and nothing leaves that the detector stops; a payload is JSON that PostgreSQL and Lexware take."""
    settings = invented.settings(lines=lines, tax_type=tax_type, small_business=small)
    sent = None
    with suppress(Untranslatable):
        sent = translate(document, settings, contact_id=invented.CONTACT_ID, marker_code=invented.CODE)
    if sent is None:
        assert SECRET not in str(check(document, settings))
        return
    said = json.dumps(sent.payload, allow_nan=False)
    assert "\\u0000" not in said
    payload: Any = sent.payload
    own = Known.of(document.payer, document.number, year=document.invoice_date.year if document.invoice_date else None)
    for text in (payload["remark"], payload["introduction"], payload["taxConditions"].get("taxTypeNote")):
        assert not is_secret(HostText("x", text or "", "prose", leaves=True, limit=None), own), text


@_share(10)
@given(st.binary(max_size=80) | JSON.map(lambda body: json.dumps(body, default=str).encode("utf-8", "replace")))
def test_messages_in_redis(data: bytes) -> None:
    """A message of Dramatiq's, or none: never an exception."""
    message = _message(data)
    assert message is None or isinstance(message.options["redis_message_id"], str)


@_share(15)
@given(PIECES | st.text(st.sampled_from("0123456789abcdef-/:.?#@ htps"), max_size=80))
def test_pasted_contacts(value: str) -> None:
    """An id, a number, or something else, which is named by its kind only."""
    found = read_pasted(value, "https://app.lexware.de")

    assert isinstance(found, ContactUuid | CustomerNumber | NotAContact)
    assert SECRET not in str(found)


NAMES = [
    "DATABASE_URL", "REDIS_URL", "LEXWARE_API_URL", "LEXWARE_APP_URL", "LEXRELAY_SECRET_KEYS", "LEXRELAY_RATE_PER_SECOND",
    "LEXRELAY_HTTP_TIMEOUT_SECONDS", "LEXRELAY_RETRY_DELAYS", "LEXRELAY_METRICS_PORT", "LEXRELAY_LANG", "HTTPS_PROXY", "NO_PROXY",
    "DATABASE_URL_FILE", "LEXRELAY_SECRET_KEYS_FILE",
]  # fmt: skip
VALUES = ODD | st.sampled_from(
    [
        f"postgresql://u:{SECRET}@h/d",
        f"redis://:{SECRET}@h:x/0",
        f"https://{SECRET}@h",
        "http://h",
        "1e309",
        "-1",
        "nan",
        "30s,2m",
        "/dev/null",
        "\u0661",
    ]
)


@_share(10)
@given(st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=5))
def test_configurations(environment: dict[str, str]) -> None:
    """Taken, or refused by name, without a part of a value."""

    def configured() -> None:
        assert SECRET not in repr(config.read("database", "redis", "secrets", environment=environment))

    assert SECRET not in _complaint(configured, config.ConfigurationError)


COMMANDS = ["status", "show", "preview", "dead", "list", "replay", "discard", "practice", "confirm-note", "enable", "backfill", "contact",
            "link", "history", "secrets", "new", "check", "--json", "--practice", "--by", "--why", "--yes", "--from", "1", "2026-01-01"]  # fmt: skip


@_share(2)
@given(
    st.lists(st.sampled_from(COMMANDS) | ODD.filter(lambda word: "\0" not in word and word.isprintable()), max_size=6)
)
def test_command_lines(words: list[str]) -> None:
    """Exit code 0, 1, 2 or 78, and no traceback; the database is away."""
    environment = {
        "DATABASE_URL": f"postgresql://u:{SECRET}@127.0.0.1:9/d",
        "REDIS_URL": "redis://127.0.0.1:9",
        "LEXRELAY_LANG": "en",
    }
    words = [word for word in words if word not in ("run", "poller", "demo", "sandbox", "migrate")]

    result = CliRunner().invoke(main, words, env=environment)

    assert result.exit_code in (0, 1, 2, 78), result.output
    assert "Traceback" not in result.output
    assert "failed unexpectedly" not in result.output
    assert SECRET not in result.output


@_share(3)
@given(ODD)
def test_what_is_shown(text: str) -> None:
    """No terminal obeys it; JSON means the same as before."""
    assert not any(char in visible(text) for char in "\x1b\x9b\u202e\x07")
    assert json.loads(escaped(json.dumps(text, ensure_ascii=False))) == text
