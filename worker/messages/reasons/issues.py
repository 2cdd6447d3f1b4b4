"""Lexware's own objections, by status and issue code (lexware-api 3.3 to 3.5): which entry explains a refusal best.

The lists of codes are open on Lexware's side: what is not known here falls to the general entry, which shows status,
codes and trace id.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from worker.messages.reasons import refusals
from worker.messages.reasons.entry import Entry

_LACKS = "missing_entity|NOTNULL|NOTEMPTY|NOTBLANK"
_OURS = (
    "lineItems|totalPrice|shippingConditions|paymentConditions|voucherDate|title|introduction|remark|note|language|deliveryTerms|"
    "xRechnung|voucherType|voucherStatus"
)
"""What we send beside the addressee and the tax, and what we ask for: the practice has no hand in its form."""

_BY_ISSUE: Sequence[tuple[str, Entry]] = (
    (r"account_number_already_exists.*", refusals.NUMBER_RACE),
    (r"technical_error.*", refusals.BROKEN_CONTACT),
    (r"countrycode_is_not_valid.*|\w+ \S*countryCode", refusals.COUNTRY),
    (r"bad_request_error size must .*", refusals.NAME_UNSEARCHABLE),
    (r"\w+ precedingSalesVoucherId", refusals.ORIGINAL),
    (r"not_found.*|NOTFOUND .*", refusals.GONE),
    (r"\w+ (taxConditions|lineItems\[\d+\]\.unitPrice\.taxRatePercentage).*", refusals.TAX),
    (r"MIN lineItems\[\d+\]\.unitPrice", refusals.LINE_SIGN),
    (r"\w+ (roles|version|company (or|and) person|addresses\.\w+\.size).*", refusals.OUR_FORM),
    (rf"({_LACKS}) (address|addresses|person|company|emailAddresses|phoneNumbers)\b.*", refusals.ADDRESSEE_LACKS),
    (r"\w+ (address|addresses|person|company|emailAddresses|phoneNumbers)\b.*", refusals.ADDRESSEE_WRONG),
    (rf"\w+ ({_OURS})\b.*", refusals.OUR_FORM),
    (r"bad_request_error.*", refusals.OUR_FORM),
)
_BY_STATUS: Mapping[int, Entry] = {
    400: refusals.OUR_FORM,
    404: refusals.GONE,
    405: refusals.OUR_FORM,
    409: refusals.CONFLICT,
    415: refusals.OUR_FORM,
    501: refusals.OUR_FORM,
}

REFUSALS = tuple({entry.code: entry for entry in (*(entry for _, entry in _BY_ISSUE), *_BY_STATUS.values())}.values())


def explain(detail: Mapping[str, Any]) -> Entry | None:
    """The entry for what Lexware objected to; None: not known here."""
    codes = [str(code) for code in detail.get("codes", ())]
    for pattern, entry in _BY_ISSUE:
        if any(re.fullmatch(pattern, code) for code in codes):
            return entry
    return None if codes else _BY_STATUS.get(detail.get("http_status") or 0)
