"""A trial finds out how Lexware behaves, in an account that was named for it; each answer is a switch of the sandbox."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import planted
import psycopg
import pytest
from stage import Stage, stage
from terminal import Terminal

from worker.lab.sandbox.switches import Switches
from worker.lexware.trial.account import MOST_CALLS
from worker.lexware.trial.findings import HUMAN, NOT_ASKED
from worker.lexware.trial.limits import LONGEST_TEXT, MOST_TRIES, _largest
from worker.lexware.trial.run import QUESTIONS

#: Lags that a trial measures by looking again and again, each time a little later.
_MEASURED = {name for name in Switches.__dataclass_fields__ if name.endswith("_seconds")}

#: How long something may be; 0 is any length.
_TEXTS = ("contact_name_limit", "contact_text_limit", "line_name_limit")

#: Three ways in which Lexware may be; what is not named is as the sandbox has it.
SETTINGS: dict[str, dict[str, Any]] = {
    "as the sandbox is": {},
    "otherwise": {
        "create_contact_status": 201, "create_document_status": 202, "missing_method_status": 405, "stale_version_status": 409,
        "refusals_named": "all", "unknown_contact_status": 404, "unknown_preceding_status": 406, "bad_date_status": 400,
        "person_name_order": "last_first", "contact_page_limit": 250, "contact_text_limit": 100,
        "contact_name_limit": 1999, "line_name_limit": 0,
        "accepts_contact_without_version": False, "refuses_letters_in_phones": False, "accepts_vatfree_when_taxed": False,
        "accepts_negative_total": True, "accepts_negative_quantity": False, "accepts_zero_quantity": False,
        "accepts_negative_credit_lines": False, "accepts_lone_payment_duration": True, "needs_tax_free_flag": False,
        "rounds_excess_decimals": True, "rounds_each_line": False, "counts_utf16": True, "text_on_return": "crlf",
        "empty_text_means_default": True, "accepts_full_credit": False, "accepts_credit_above_open_amount": False,
        "finalised_invoice_type": "salesinvoice", "reject_unknown": True,
    },
    "slow and strict": {
        "voucherlist_lag_seconds": 0.4, "contact_search_lag_seconds": 0.3, "contact_unusable_seconds": 0.5,
        "account_number_race_seconds": 0.3, "refusals_named": "none", "missing_method_status": 403,
        "accepts_taxed_when_vatfree": True, "text_on_return": "escaped", "accepts_negative_line_prices": False,
        "accepts_credit_above_open_amount": False, "contact_page_limit": 100, "contact_name_limit": 413,
        "line_name_limit": 700,
    },
}  # fmt: skip
TAX_TYPES = {"as the sandbox is": "gross", "otherwise": "net", "slow and strict": "vatfree"}
#: What cannot be seen in one of them: the other tax type's rules, and what another refusal hides.
HIDDEN = {
    "as the sandbox is": {"accepts_taxed_when_vatfree"},
    "otherwise": {"accepts_taxed_when_vatfree"},
    "slow and strict": {
        "accepts_vatfree_when_taxed", "needs_tax_free_flag", "accepts_negative_quantity", "accepts_negative_total",
    },
}  # fmt: skip


def _terminal(one: Stage, database_url: str) -> Terminal:
    return Terminal(database_url, LEXWARE_API_URL=one.sandbox.url, LEXRELAY_RATE_PER_SECOND="1000")


def _trial(one: Stage, database_url: str, *more: object) -> dict[str, Any]:
    found: dict[str, Any] = _terminal(one, database_url).json(
        "probe", "--practice", 1, "--trial", "--consent", one.tenant.id, *more
    )
    return found


def test_every_switch_is_asked_for_or_named() -> None:
    """By the trial, as a human's, or as one that nobody may try."""
    asked = {switch for settles in QUESTIONS.values() for _, switch in settles}
    humans = {switch for _, switch in HUMAN if switch}

    assert asked | humans | set(NOT_ASKED) == {each.name for each in fields(Switches)}
    assert not asked & humans


@pytest.mark.parametrize("limit", [0, 1, 99, 100, 101, 254, 255, 256, 400, 413, 1024, 1998, 1999])
def test_a_limit_is_found_in_few_calls(limit: int) -> None:
    """Whatever it is; the likely ones at once."""
    tried: list[int] = []

    def accepts(number: int) -> bool:
        tried.append(number)
        return number <= limit

    assert _largest(LONGEST_TEXT, accepts, (255, 100)) == limit
    assert len(tried) < MOST_TRIES
    assert len(tried) == 2 or limit != 255


@pytest.mark.proof
@pytest.mark.parametrize("setting", SETTINGS)
def test_every_switch_is_found(
    db: psycopg.Connection, database_url: str, tmp_path: Path, record_property, setting: str
) -> None:
    """Of three Lexwares that behave differently; the report names no person, no id, and what stays behind."""
    with stage(db, database_url, tax_type=TAX_TYPES[setting]) as one:
        one.control.set_switches(one.tenant.id, **SETTINGS[setting])
        out = tmp_path / "report.json"
        found = _trial(one, database_url, "--out", out)
        documents, contacts = one.documents(), one.contacts()
        calls = len(one.control.requests(one.tenant.id))

    record_property(f"calls of a trial ({setting})", f"{found['calls']}, documents left behind: {len(documents)}")
    there = {each.name: SETTINGS[setting].get(each.name, each.default) for each in fields(Switches)}
    wanted = {switch for settles in QUESTIONS.values() for _, switch in settles} - HIDDEN[setting]
    assert {one["switch"] for one in found["unsettled"]} == HIDDEN[setting]
    assert {name: found["switches"].get(name) for name in wanted - _MEASURED} == {
        name: there[name] for name in wanted - _MEASURED
    }
    for name in _MEASURED & wanted:
        assert there[name] * 0.5 <= found["switches"][name] <= there[name] * 2 + 0.5, name
    least = {one["switch"]: one["at_least"] for one in found["settled"] if one["at_least"]}
    assert least == {name: LONGEST_TEXT for name in _TEXTS if not there[name]}
    assert calls <= found["calls"] + 1 <= MOST_CALLS
    assert found["left_behind"]["contacts"] == len(contacts)
    assert found["left_behind"]["invoices"] + found["left_behind"]["credit_notes"] == len(documents)
    assert all(document["body"]["address"]["name"].startswith("Test") for document in documents)
    said = out.read_text()
    assert json.loads(said)["switches"] == found["switches"]
    for word in (one.tenant.id, one.tenant.key, "Beispiel", *(document["id"] for document in documents)):
        assert word not in said
    assert planted.found(said, one.tenant.key) == set()


def test_without_consent_nothing_is_made(stage: Stage, database_url: str) -> None:
    """No id and no terminal: a usage error. Another organisation's id: refused. Neither has written anything."""
    terminal = _terminal(stage, database_url)

    said = terminal.run("probe", "--practice", 1, "--trial", code=2)
    other = terminal.run(
        "probe", "--practice", 1, "--trial", "--consent", "22222222-2222-4222-8222-222222222222", code=1
    )
    terminal.run("probe", "--practice", 1, "--consent", stage.tenant.id, code=2)

    assert "--consent" in said
    assert "nothing was made" in other
    assert stage.posts() == 0


def test_a_trial_is_told_in_words_and_kept_in_the_history(
    stage: Stage, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was found, what only a human can settle, how to set the sandbox, and that drafts stay."""
    monkeypatch.setattr("worker.lexware.trial.run.QUESTIONS", dict(list(QUESTIONS.items())[3:4]))
    terminal = _terminal(stage, database_url)

    said = terminal.run("probe", "--practice", 1, "--trial", "--consent", stage.tenant.id, "--by", "Ada")

    for words in ("Only a human can settle", '{"values": {"create_document_status": 201', "invoices: 1"):
        assert words in said
    [action] = [one for one in terminal.json("history") if one["action"] == "probe.trial"]
    assert action["by"] == "Ada"
