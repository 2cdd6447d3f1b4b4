"""Reasons speak both languages, and never say more than ids, codes and figures. That each has its text, mypy proves."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from outbox.reasons import PauseReason
from worker.messages import reasons
from worker.messages.glossary import ATTEMPTS
from worker.messages.reasons.delays import DELAYS, DOUBTS
from worker.messages.reasons.facts import _FIELDS, field_name

ROOT = Path(__file__).resolve().parents[2]
DESIGN = """
missing_field, no_items, totals_differ, negative_total, unknown_tax_rate, tax_conflict, exemption_note_missing, health_data,
text_too_long, too_many_lines, contact_ambiguous, contact_gone, original_not_transferred, original_not_invoice, other_organisation,
duplicate_found, in_doubt, sender_frozen, refused_by_lexware, retries_exhausted, crashes_worker, document_gone, currency, host_data,
new_note, too_large
"""
ENTRIES = [
    *reasons.DEAD.values(), *reasons.DISCARDED.values(), *reasons.PAUSED.values(), *reasons.REFUSALS, *reasons.SPECIFIC,
]  # fmt: skip
_ENDS = {str(outcome): text for outcome, text in ATTEMPTS.items()}
TEXTS = [
    *(text for one in ENTRIES for text in (one.message, one.action)),
    *{**_ENDS, **DELAYS, **DOUBTS, **_FIELDS}.values(),
]


def test_every_reason_of_the_design_is_there() -> None:
    """The dead letters' reasons, the system's own, and those of pauses: these and no others."""
    assert set(reasons.DEAD) == set(re.findall(r"\w+", DESIGN))
    assert set(reasons.DISCARDED) == {"original_deleted", "original_voided"}
    assert set(reasons.PAUSED) == set(get_args(PauseReason)) == {
        "key_invalid", "plan_too_small", "permission_missing", "other_organisation", "operator",
    }  # fmt: skip


def test_sql_knows_no_other_reason() -> None:
    """What statements write as a reason has its words too; the type checker does not read SQL."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in ROOT.glob("sql/**/*.sql"))
    written = set(re.findall(r"\breason = '(\w+)'", text))

    assert {"duplicate_found", "worker_died"} <= written <= {*reasons.DEAD, *DELAYS}


def test_every_outcome_of_an_attempt_has_words() -> None:
    """As the table's check lists them."""
    schema = (ROOT / "sql/migrations/0001_outbox.sql").read_text(encoding="utf-8")
    listed = re.search(r"outcome text check \(outcome in \(('delivered'[^)]*)\)", schema)

    assert listed is not None
    assert set(re.findall(r"\w+", listed[1])) | {None} == set(ATTEMPTS)


def test_texts_are_said_in_both_languages_without_blanks() -> None:
    """Two texts that are there, differ, and hold no placeholder."""
    assert [text for text in TEXTS if not text.de.strip() or not text.en.strip()] == []
    assert [text for text in TEXTS if text.de == text.en and " " in text.de] == []
    assert [text for text in TEXTS if "{" in text.de + text.en] == []


def test_an_entry_is_made_of_sentences() -> None:
    """Words for a practice owner: sentences that end, and no jargon of programmers."""
    said = [words for one in ENTRIES for text in (one.message, one.action) for words in (text.de, text.en)]

    assert [words for words in said if not words.endswith(".")] == []
    assert [words for words in said if re.search(r"\b(payload|null|exception|HTTP|JSON|intent|lane)\b", words)] == []


@pytest.mark.parametrize(
    ("codes", "status", "code", "who"),
    [
        (["missing_entity addresses.billing[0].countryCode"], 406, "country_invalid", "practice"),
        (["countrycode_is_not_valid addresses.billing[0].countryCode"], 406, "country_invalid", "practice"),
        (["missing_entity person.lastName"], 406, "addressee_incomplete", "practice"),
        (["missing_entity company.name"], 406, "addressee_incomplete", "practice"),
        (["invalid_value person.salutation"], 406, "addressee_invalid", "practice"),
        (["invalid_value emailAddresses.business[0]"], 406, "addressee_invalid", "practice"),
        (["NOTNULL address.name"], 406, "addressee_incomplete", "practice"),
        (["missing_entity roles.customer or roles.vendor"], 406, "form", "developer"),
        (["missing_entity company or person"], 406, "form", "developer"),
        (["invalid_value company and person"], 406, "form", "developer"),
        (["invalid_value addresses.billing.size"], 406, "form", "developer"),
        (["invalid_value version"], 406, "form", "developer"),
        (["account_number_already_exists"], 406, "account_number_race", "operator"),
        (["technical_error"], 500, "contact_broken", "lexware"),
        (["bad_request_error size must be between 3 and 128"], 400, "name_unsearchable", "practice"),
        (["bad_request_error"], 400, "form", "developer"),
        (["bad_request_error size"], 400, "form", "developer"),
        (["NOTNULL voucherType"], 400, "form", "developer"),
        (["NOTNULL lineItems[0].unitPrice.taxRatePercentage"], 406, "tax", "practice"),
        (["INVALID taxConditions.taxType"], 406, "tax", "practice"),
        (["NOTEMPTY lineItems"], 406, "form", "developer"),
        (["NOTNULL shippingConditions.shippingType"], 406, "form", "developer"),
        (["SIZE remark"], 406, "form", "developer"),
        (["PATTERN voucherDate"], 406, "form", "developer"),
        (["INVALID language"], 406, "form", "developer"),
        (["MIN lineItems[3].unitPrice"], 406, "line_sign", "practice"),
        (["INVALID precedingSalesVoucherId"], 406, "original_unsuited", "practice"),
        (["NOTFOUND address.contactId"], 406, "not_found", "practice"),
        ([], 404, "not_found", "practice"),
        ([], 409, "conflict", "operator"),
        ([], 415, "form", "developer"),
    ],
)
def test_objections_of_lexware_are_understood(codes: list[str], status: int, code: str, who: str) -> None:
    """The documented codes and statuses lead to the entry that says who must act (lexware-api 3.3 to 3.5)."""
    one = reasons.entry("refused_by_lexware", {"codes": codes, "http_status": status})

    assert (one.code, one.who) == (f"refused_by_lexware.{code}", who)


@pytest.mark.parametrize(
    ("reason", "detail", "code", "who"),
    [
        ("in_doubt", {"about_contact": True}, "in_doubt.contact", "practice"),
        ("in_doubt", {"about_contact": False}, "in_doubt", "practice"),
        ("in_doubt", {"why": "payer_changed"}, "in_doubt.payer_changed", "practice"),
        ("duplicate_found", {"about_contact": True}, "duplicate_found.contact", "practice"),
        ("contact_gone", {"codes": ["INVALID address.contactId"]}, "contact_gone.not_a_customer", "practice"),
        ("contact_gone", {"codes": ["NOTFOUND address.contactId"]}, "contact_gone", "practice"),
        ("retries_exhausted", {"last_reason": "unexpected"}, "retries_exhausted.unexpected", "developer"),
        ("retries_exhausted", {"last_reason": "truncated"}, "retries_exhausted.truncated", "practice"),
        ("retries_exhausted", {"last_reason": "no_answer"}, "retries_exhausted", "operator"),
    ],
)
def test_the_detail_tells_more_than_the_reason(reason: str, detail: dict[str, Any], code: str, who: str) -> None:
    """One reason, but another step or another actor: then the closer entry speaks."""
    one = reasons.entry(reason, detail)

    assert (one.code, one.who) == (code, who)


def test_an_unknown_objection_shows_status_code_and_trace_id() -> None:
    """What has no entry is handed on in Lexware's own codes."""
    detail = {"http_status": 406, "codes": ["SOMETHING_NEW foo.bar"], "trace_id": "a1b2c3"}

    said = reasons.message("refused_by_lexware", detail, "en")

    assert reasons.entry("refused_by_lexware", detail).code == "refused_by_lexware"
    assert "Status: 406; Codes: SOMETHING_NEW foo.bar; Trace id: a1b2c3." in said


def test_a_message_names_the_field_and_the_figures() -> None:
    """In words and as the contract views name it; lines are counted from 1."""
    detail = {"field": "lines[2].unit_price", "total_here": "85.00", "total_there": "85.01"}

    said = reasons.message("totals_differ", detail, "de")

    assert "Position 3, Einzelpreis (lines[2].unit_price)" in said
    assert "Betrag in der Praxis: 85.00; Betrag in Lexware: 85.01." in said


def test_a_message_shows_nothing_it_does_not_know() -> None:
    """A key that is not in the list stays unsaid, whatever stands there."""
    assert "Beispiel" not in reasons.message("in_doubt", {"payer": "Ada Beispiel", "intent_id": 3}, "de")


def test_a_reason_of_ours_is_said_in_words() -> None:
    """`why` and `last_reason` are codes; the reader gets their sentence."""
    said = reasons.message("retries_exhausted", {"last_reason": "not_reached"}, "en")

    assert "Last: Lexware could not be reached; nothing was sent." in said


def test_a_reason_of_another_version_is_no_crash() -> None:
    """While two versions run side by side, the older one still lists everything."""
    assert reasons.entry("invented_later", {}).code == "unknown"
    assert "another version" in reasons.why_held("invented_later").said_in("en")


@pytest.mark.parametrize("reason", ["duplicate_found", "original_deleted", "original_voided"])
def test_what_is_there_is_never_replayed(reason: str) -> None:
    """Documents that are in Lexware, or need not be there, are refused a replay."""
    assert reasons.entry(reason, {}).replay == "never"


@pytest.mark.parametrize(
    ("outcome", "reason", "said"),
    [
        (None, None, "Under way."),
        ("snooze", "in_doubt", DELAYS["in_doubt"].en),
        ("dead", "in_doubt", reasons.DEAD["in_doubt"].message.en),
        ("crashed", "worker_died", DELAYS["worker_died"].en),
        ("delivered", None, ATTEMPTS["delivered"].en),
        ("retry", "invented_later", ATTEMPTS["retry"].en),
        ("snooze", "KeyUnreadable", ATTEMPTS["snooze"].en),
    ],
)
def test_how_an_attempt_ended_is_said(outcome: str | None, reason: str | None, said: str) -> None:
    """The reason's words, or at least the outcome's."""
    assert reasons.ended(outcome, reason, {}, "en") == said


def _calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call of a plain name in the code that delivers."""
    for path in (
        *ROOT.glob("worker/delivery/*.py"),
        *ROOT.glob("worker/lexware/**/*.py"),
        *ROOT.glob("outbox/*.py"),
    ):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                yield node.func.id, node


def test_every_field_of_the_code_has_a_name() -> None:
    """Whatever field a problem or a text may name is called what the practice calls it."""
    given = [arg for name, call in _calls() if name in ("Problem", "_host_text", "too_long") for arg in call.args[:2]]
    named = {arg.value for arg in given if isinstance(arg, ast.Constant) and "." in str(arg.value)}

    assert {"document.total", "payer.country_code"} <= named <= set(_FIELDS)


@pytest.mark.parametrize("field", ["document.total", "payer.country_code", "lines[0].description"])
def test_a_field_is_said_in_words_with_its_path(field: str) -> None:
    """The practice knows the words, the developer the path."""
    assert field_name(field, "de").endswith(f"({field})")


def test_an_unknown_field_is_named_as_it_is() -> None:
    """Better a path than nothing."""
    assert field_name("document.colour", "de") == "document.colour"


@pytest.mark.parametrize("reason", reasons.DEAD)
@pytest.mark.parametrize("say", [reasons.message, reasons.cause], ids=["letter", "cause"])
def test_what_is_not_known_is_not_told(say: Any, reason: str) -> None:
    """A cause in which no field is named says nothing of a field: neither empty nor `None`."""
    unknown = {"field": None, "secret": None, "why": None, "http_status": None}

    for lang in ("de", "en"):
        assert say(reason, unknown, lang) == say(reason, {}, lang)
