"""The parameters of `GET /v1/voucherlist` (lexware-api 7.1): what they demand, and which combinations are refused."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from html import unescape
from uuid import UUID

from worker.lab.sandbox.records import Document
from worker.lab.sandbox.rules.berlin import day_of, read_day
from worker.lab.sandbox.rules.paging import Page, asked_page
from worker.lab.sandbox.rules.views import voucher_day
from worker.lab.sandbox.rules.violations import Violation

Test = Callable[[Document], bool]

_TYPES = frozenset(
    {
        *("salesinvoice", "salescreditnote", "purchaseinvoice", "purchasecreditnote", "invoice"),
        *("downpaymentinvoice", "creditnote", "orderconfirmation", "quotation", "deliverynote"),
    }
)
_STATUSES = frozenset(
    {
        *("draft", "open", "overdue", "paid", "paidoff", "voided"),
        *("transferred", "sepadebit", "accepted", "rejected", "unchecked", "blank"),
    }
)
SORT_KEYS: dict[str, Callable[[Document], str]] = {
    "voucherDate": lambda document: voucher_day(document).isoformat(),
    "voucherNumber": lambda document: document.number,
    "createdDate": lambda document: document.created.isoformat(),
    "updatedDate": lambda document: document.updated.isoformat(),
}
_DAYS: dict[str, Callable[[Document], date]] = {
    "voucherDate": voucher_day,
    "createdDate": lambda document: day_of(document.created),
    "updatedDate": lambda document: day_of(document.updated),
}


class BadListQueryError(ValueError):
    """The list cannot be made: this status with this message and these details."""

    def __init__(self, message: str, details: Iterable[Violation] = (), *, status: int = 400) -> None:
        super().__init__(message)
        self.message = message
        self.details = list(details)
        self.status = status


@dataclass(frozen=True, slots=True)
class VoucherQuery:
    """A valid query. No types or no statuses means any."""

    types: frozenset[str] | None
    statuses: frozenset[str] | None
    tests: tuple[Test, ...]
    """What a document must pass besides, its type and status aside."""
    page: Page
    sort_field: str
    ascending: bool


def read_query(query: Mapping[str, str], window: int) -> VoucherQuery:
    """Understand the parameters; unknown ones do nothing. Raises BadListQueryError."""
    types, statuses = _wanted(query)
    page = _page(query, window)
    sort_field, ascending = _sort(query)
    return VoucherQuery(types, statuses, tuple(_tests(query)), page, sort_field, ascending)


def _wanted(query: Mapping[str, str]) -> tuple[frozenset[str] | None, frozenset[str] | None]:
    absent = [name for name in ("voucherType", "voucherStatus") if not query.get(name)]
    if absent:
        details = [Violation("NOTNULL", name, "parameter is required") for name in absent]
        raise BadListQueryError("Missing required request parameters", details)
    types = _chosen(query["voucherType"], _TYPES, "voucherType")
    statuses = _chosen(query["voucherStatus"], _STATUSES, "voucherStatus")
    if statuses and "overdue" in statuses and len(statuses) > 1:
        raise BadListQueryError("voucherStatus 'overdue' cannot be combined with other values")
    return types, statuses


def _chosen(text: str, known: frozenset[str], name: str) -> frozenset[str] | None:
    """The values of a comma list; None for `any`. An empty one among them is no bad query but an error of the server (15)."""
    values = frozenset(text.split(","))
    if "" in values:
        raise BadListQueryError("Internal Server Error", status=500)
    if values == {"any"}:
        return None
    if not values <= known:
        raise BadListQueryError(f"parameter '{name}' is invalid")
    return values


def _page(query: Mapping[str, str], window: int) -> Page:
    page = asked_page(query)
    if page.size > 250:
        raise BadListQueryError("parameter 'size' must be equal or lower than 250")
    if page.number and (page.number + 1) * page.size > window:
        raise BadListQueryError("Maximum search window size exceeded")
    return page


def _sort(query: Mapping[str, str]) -> tuple[str, bool]:
    if "sort" not in query:
        return "voucherDate", False
    field, comma, direction = query["sort"].partition(",")
    if field not in SORT_KEYS or direction not in (("ASC", "DESC") if comma else ("",)):
        raise BadListQueryError("parameter 'sort' is invalid")
    return field, direction != "DESC"  # a bare key sorts ascending (15)


def _tests(query: Mapping[str, str]) -> list[Test]:
    tests = [_day_test(name, query[name]) for name in _day_parameters() if name in query]
    if "contactId" in query:
        contact_id = _uuid(query["contactId"])
        tests.append(lambda document: document.contact_id == contact_id)
    if "archived" in query:
        if query["archived"] not in ("true", "false"):
            raise BadListQueryError("parameter 'archived' is invalid")
        archived = query["archived"] == "true"
        tests.append(lambda document: document.archived is archived)
    if "voucherNumber" in query:
        number = unescape(query["voucherNumber"]).casefold()
        tests.append(lambda document: document.number.casefold() == number)
    return tests


def _day_parameters() -> list[str]:
    return [f"{field}{end}" for field in _DAYS for end in ("From", "To")]


def _day_test(name: str, text: str) -> Test:
    try:
        limit = read_day(text)
    except ValueError:
        raise BadListQueryError(f"parameter '{name}' is invalid") from None
    if name.endswith("From"):
        day_from = _DAYS[name.removesuffix("From")]
        return lambda document: day_from(document) >= limit
    day_to = _DAYS[name.removesuffix("To")]
    return lambda document: day_to(document) <= limit


def _uuid(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        raise BadListQueryError("parameter 'contactId' is invalid") from None
