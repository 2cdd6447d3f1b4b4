"""All questions of a trial, one after another, and the end: what can be deleted is, and the rest is counted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from worker.lexware.trial import contacts, credit_notes, documents, limits, texts
from worker.lexware.trial.account import Account
from worker.lexware.trial.answer import Unsettled
from worker.lexware.trial.findings import Findings

#: What each of them settles, so that what it could not is told by name.
QUESTIONS: Mapping[Callable[[Account, Findings], None], tuple[tuple[str, str], ...]] = {
    contacts.making: (("2.1", "create_contact_status"), ("10.9", "account_number_race_seconds")),
    contacts.searching: (("12.7", "contact_search_lag_seconds"), ("12.14", "person_name_order")),
    documents.new_contact: (("14.3", "contact_unusable_seconds"),),
    documents.making: (
        ("2.1", "create_document_status"), ("12.7", "voucherlist_lag_seconds"), ("14.1", "missing_method_status"),
    ),
    contacts.without_version: (("15", "accepts_contact_without_version"),),
    contacts.changing: (
        ("14.5", "reject_unknown"), ("15", "refuses_letters_in_phones"), ("4.3", "stale_version_status"),
    ),
    limits.contact_texts: (("12.11", "contact_name_limit"), ("12.11", "contact_text_limit")),
    limits.pages: (("4.4", "contact_page_limit"),),
    limits.line_names: (("15", "line_name_limit"),),
    documents.unknown_things: (
        ("12.4", "unknown_contact_status"), ("14.5", "bad_date_status"), ("15", "refusals_named"),
    ),
    documents.too_much: (),
    documents.taxes: (
        ("12.1", "accepts_vatfree_when_taxed"), ("12.1", "accepts_taxed_when_vatfree"), ("14.5", "needs_tax_free_flag"),
    ),
    documents.signs: (
        ("12.2", "accepts_negative_line_prices"), ("12.2", "accepts_negative_quantity"), ("12.2", "accepts_negative_total"),
        ("12.2", "accepts_zero_quantity"),
    ),
    documents.figures: (
        ("14.5", "rounds_excess_decimals"), ("14.5", "rounds_each_line"), ("10.21", "accepts_lone_payment_duration"),
    ),
    texts.coming_back: (("12.9", "text_on_return"), ("12.10", "empty_text_means_default")),
    texts.counting: (("10.36", "counts_utf16"),),
    credit_notes.unlinked: (("14.7", "accepts_negative_credit_lines"), ("12.5", "unknown_preceding_status")),
    credit_notes.finalised: (
        ("7.3", "finalised_invoice_type"), ("12.3", "accepts_full_credit"), ("12.3", "accepts_credit_above_open_amount"),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a trial has found, and what it leaves in the account."""

    tax_type: str
    calls: int
    refused_for_rate: int
    findings: Findings
    left_behind: Mapping[str, int]


def run(account: Account) -> Trial:
    """Ask everything. What one question meets keeps no other from being asked."""
    found = Findings()
    for question, settles in QUESTIONS.items():
        try:
            question(account, found)
        except Unsettled as unsettled:
            _leave_open(found, settles, unsettled.why)
    left = _clean_up(account)
    return Trial(
        tax_type=account.tax_type, calls=account.calls, refused_for_rate=account.refused_for_rate, findings=found, left_behind=left
    )  # fmt: skip


def _leave_open(found: Findings, settles: tuple[tuple[str, str], ...], why: str) -> None:
    known = {one["switch"] for one in (*found.settled, *found.unsettled)}
    for question, switch in settles:
        if switch not in known:
            found.leave_open(question, switch, why)


def _clean_up(account: Account) -> dict[str, Any]:
    """Delete what the API deletes: one of each kind is tried, the others only if that was done. What is left, by kind."""
    for kind, made in account.made.items():
        while made:
            try:
                done = account.ask("DELETE", f"/v1/{kind}/{made[-1]}").ok
            except Unsettled:
                done = False
            if not done:
                break
            made.pop()
    left = {kind.replace("-", "_"): len(made) for kind, made in account.made.items()}
    return left | {"finalised": min(account.finalised, left["invoices"])}
