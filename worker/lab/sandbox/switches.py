"""The switches of an organisation: pace, lags, and every behaviour of the real API that is unknown or contradictory.

Run the connector with both settings of whatever is not certain. The default is the likelier reading.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from worker.lab.sandbox.typed import checked


@dataclass(frozen=True, slots=True, kw_only=True)
class Switches:
    """How one organisation's Lexware behaves; changed while it runs by `Control.set_switches`."""

    # Pace: lexware-api 2
    rate_per_second: float = 2.0
    """Refill of the token bucket; 0 = unlimited."""
    rate_capacity: float = 5.0
    rate_scope: Literal["key", "organisation", "address"] = "key"
    retry_after_seconds: int = 0
    """Sent as `Retry-After` with a 429 unless 0."""
    rate_message: str = "Rate limit exceeded"
    latency_seconds: float = 0.0
    """Half passes before the call is worked on, half after."""
    latency_tail_share: float = 0.0
    latency_tail_seconds: float = 0.0
    """This share of calls takes this much longer."""

    # Lags: lexware-api 7.4, 14.3
    voucherlist_lag_seconds: float = 0.0
    """New documents appear, and deleted ones vanish, this late."""
    voucherlist_window: int = 10_000
    contact_search_lag_seconds: float = 0.0
    contact_unusable_seconds: float = 0.0
    """Documents that name a contact younger than this are refused."""
    account_number_race_seconds: float = 0.0
    """A contact created sooner than this after the last one is refused: `account_number_already_exists`."""

    # Strictness: lexware-api 14.5
    strict: bool = True
    """Record fields that the API does not document in the request log."""
    reject_unknown: bool = False
    """Answer 400 to fields that the API does not document."""

    # Statuses and bodies: lexware-api 1.2, 3.5, 14.1
    create_contact_status: Literal[200, 201, 202] = 200
    create_document_status: Literal[200, 201, 202] = 201
    missing_method_status: Literal[403, 404, 405] = 404
    """Of the calls that clients expect and the API lacks: `PUT /v1/invoices/{id}` and the like."""
    stale_version_status: Literal[406, 409] = 406
    refusals_named: Literal["required", "all", "none"] = "required"
    """Which objections to a document stand in `details`; others are told by the top-level message alone. Seen live are
    only those about what is required (15)."""
    unknown_contact_status: Literal[404, 406] = 406
    unknown_preceding_status: Literal[404, 406] = 404
    bad_date_status: Literal[400, 406] = 406
    no_scope_message: str = "Forbidden"
    no_contract_message: str = "Payment Required"

    # Contacts: lexware-api 4
    person_name_order: Literal["first_last", "last_first"] = "first_last"
    """What the search filter `name` is compared with."""
    contact_page_limit: int = 500
    """Documented 250; 500 worked live; above it 400."""
    contact_name_limit: int = 0
    """Longest first, last or company name; 0 = none. Undocumented."""
    contact_text_limit: int = 0
    """Longest street, supplement, zip or city; 0 = none. Undocumented."""
    accepts_contact_without_version: bool = True
    """On creation (15)."""
    refuses_letters_in_phones: bool = True
    accepts_archived_contact: bool = True
    """In documents; that it would be refused is nowhere said (10, no. 18)."""

    # Documents: lexware-api 5, 6
    accepts_vatfree_when_taxed: bool = True
    """`vatfree` in a net or gross organisation."""
    accepts_taxed_when_vatfree: bool = False
    accepts_negative_total: bool = False
    accepts_negative_quantity: bool = True
    accepts_zero_quantity: bool = True
    accepts_negative_credit_lines: bool = True
    accepts_negative_line_prices: bool = True
    """On an invoice; one model of a client refuses them, another library had them accepted (15)."""
    accepts_lone_payment_duration: bool = False
    """`paymentTermDuration` without `paymentTermLabel` (10, no. 21)."""
    needs_tax_free_flag: bool = True
    """`allowTaxFreeInvoices` of the contact for the foreign tax types."""
    line_name_limit: int = 255
    """By the documentation; one measurement says 100 (15). 0 = none."""
    rounds_excess_decimals: bool = False
    """Round prices with more than 4 decimals instead of refusing them."""
    rounds_each_line: bool = True
    """`lineItemAmount` in cents before the sum per tax rate, instead of one rounding at the end."""
    counts_utf16: bool = False
    """Text lengths in UTF-16 units instead of code points."""
    text_on_return: Literal["exact", "crlf", "trimmed", "escaped"] = "exact"
    """What becomes of introduction and remark (12, no. 9)."""
    empty_text_means_default: bool = False
    zero_discount_suppresses_default: bool = True
    renumbers_on_finalise: bool = False

    # Credit notes: lexware-api 6.2
    accepts_full_credit: bool = True
    """A linked credit note over the whole invoice."""
    accepts_credit_above_open_amount: bool = True
    accepts_credit_on_paid: bool = True

    # Voucher list: lexware-api 7.3
    finalised_invoice_type: Literal["invoice", "salesinvoice"] = "invoice"


def changed(switches: Switches, values: Mapping[str, Any]) -> Switches:
    """Set some switches by name; ValueError names the first that does not exist or cannot have that value."""
    return replace(switches, **checked(Switches, values))
