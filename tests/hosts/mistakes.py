"""Wrong descriptions of a host that is otherwise described rightly, each with the code by which the rehearsal finds it.

They are data: they hold for every host that has invoices and cancellations, exempt and with 19 % VAT, and some drafts. What
is changed is the text of one file of the host folder, whose select is wrapped in another one.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

#: A text of the folder and the columns of its select become another text; None: the file is left out.
Change = Callable[[str, Sequence[str]], str | None]


@dataclass(frozen=True, slots=True)
class Mistake:
    """`file` is one of the host folder, `code` the finding that must be made of it, `level` how bad it is."""

    name: str
    file: str
    change: Change
    code: str
    level: str = "failure"


def instead(column: str, expression: str) -> Change:
    """The column says something else, in terms of the right row `h`."""

    def change(select: str, columns: Sequence[str]) -> str:
        others = [f"h.{name}" for name in columns if name != column]
        return f"select {', '.join([*others, f'({expression}) as {column}'])} from (\n{select}\n) h"

    return change


def without(column: str) -> Change:
    """The column is not there."""

    def change(select: str, columns: Sequence[str]) -> str:
        return f"select {', '.join(f'h.{name}' for name in columns if name != column)} from (\n{select}\n) h"

    return change


def only(condition: str) -> Change:
    """Rows are missing."""
    return lambda select, _columns: f"select h.* from (\n{select}\n) h where {condition}"


def doubled(select: str, _columns: Sequence[str]) -> str:
    """A join that finds two rows for each."""
    return f"select h.* from (\n{select}\n) h cross join generate_series(1, 2)"


def failing(select: str, _columns: Sequence[str]) -> str:
    """A column that the host does not have."""
    return f"select h.*, h.no_such_column from (\n{select}\n) h"


def left_out(_text: str, _columns: Sequence[str]) -> None:
    """No such file."""


def without_triggers(text: str, _columns: Sequence[str]) -> str:
    """host.toml names no trigger, and the safety net keeps its rhythm."""
    return re.sub(r"^\[\[trigger\]\]\n(^(?!\[).*\n?)*", "", text, flags=re.MULTILINE)


def key(name: str, value: str) -> Change:
    """A key of host.toml has another value."""
    return lambda text, _columns: re.sub(rf"^{name} = .*$", f"{name} = {value}", text, flags=re.MULTILINE)


def and_also(statements: str) -> Change:
    """More statements in prepare.sql."""
    return lambda text, _columns: f"{text}\n{statements}"


_TAXED = "h.tax_mode <> 'vatfree'"
_HELPER = """
create view public.patients as select 'Ada'::text as first_name, date '1990-01-02' as birth_date;
grant usage on schema public to lexrelay_worker;
grant select on public.patients to lexrelay_worker;
"""

OF_DOCUMENTS = (
    Mistake("sign flipped", "document.sql", instead("total", "-h.total"), "sign_of_cancellation"),
    Mistake("cancellations without a sign", "document.sql", instead("total", "abs(h.total)"), "sign_of_cancellation"),
    Mistake("all are invoices", "document.sql", instead("kind", "'invoice'::text"), "sign_of_cancellation"),
    Mistake(
        "net total", "document.sql",
        instead("total", f"case when {_TAXED} then round(h.total / 1.19, 2) else h.total end"), "total_is_net",
    ),
    Mistake(
        "gross prices called net", "document.sql",
        instead("tax_mode", f"case when {_TAXED} then case h.tax_mode when 'gross' then 'net' else 'gross' end else h.tax_mode end"),
        "total_is_net",
    ),
    Mistake("all are exempt", "document.sql", instead("tax_mode", "'vatfree'::text"), "totals_differ"),
    Mistake("total in cents", "document.sql", instead("total", "h.total * 100"), "totals_differ"),
    Mistake("no total", "document.sql", instead("total", "null::numeric"), "null_value"),
    Mistake("no day", "document.sql", instead("invoice_date", "null::date"), "null_value"),
    Mistake("doubled documents", "document.sql", doubled, "not_unique"),
    Mistake("kinds of the host", "document.sql", instead("kind", "case h.kind when 'invoice' then 'out' else h.kind end"), "unknown_value"),
    Mistake("kind not said", "document.sql", instead("kind", "nullif(h.kind, 'cancellation')"), "null_value"),
    Mistake(
        "states of the host", "document.sql",
        instead("status", "case h.status when 'completed' then 'posted' else h.status end"), "unknown_value",
    ),
    Mistake("tax modes of the host", "document.sql", instead("tax_mode", "upper(h.tax_mode)"), "unknown_value"),
    Mistake("never draft", "document.sql", instead("status", "case h.status when 'draft' then 'completed' else h.status end"), "never_draft"),
    Mistake("no number", "document.sql", instead("number", "null::text"), "number_missing"),
    Mistake("blank number", "document.sql", instead("number", "' '"), "number_missing"),
    Mistake("number without its prefix", "document.sql", instead("number", "left(h.number, 2)"), "number_not_unique"),
    Mistake("no time of completion", "document.sql", instead("completed_at", "null::timestamptz"), "completed_at_missing"),
    Mistake("time zone two hours late", "document.sql", instead("completed_at", "h.completed_at + interval '2 hours'"), "completed_at_shifted"),
    Mistake("time zone one hour early", "document.sql", instead("completed_at", "h.completed_at - interval '1 hour'"), "completed_at_shifted"),
    Mistake("time without a zone", "document.sql", instead("completed_at", "h.completed_at at time zone 'UTC'"), "wrong_type"),
    Mistake("note on every document", "document.sql", instead("exemption_note", "'Umsatzsteuerfrei nach § 4 Nr. 14 UStG'"), "vat_with_note"),
    Mistake("original not named", "document.sql", instead("original_id", "null::bigint"), "no_original"),
    Mistake("original not there", "document.sql", instead("original_id", "h.original_id + 1000000000"), "no_original"),
    Mistake("original is itself", "document.sql", instead("original_id", "h.document_id"), "original_not_invoice"),
    Mistake("cancelled without a document", "document.sql", only("h.kind = 'invoice'"), "cancelled_without_cancellation"),
    Mistake("currency as a sign", "document.sql", instead("currency", "'€'::text"), "currency"),
    Mistake("another currency", "document.sql", instead("currency", "'CHF'::text"), "currency"),
    Mistake("payer of another table", "document.sql", instead("payer_id", "h.payer_id + 1000000000"), "no_payer"),
    Mistake("text for a day", "document.sql", instead("invoice_date", "to_char(h.invoice_date, 'DD.MM.YYYY')"), "wrong_type"),
    Mistake("text for an optional day", "document.sql", instead("due_date", "to_char(h.invoice_date, 'DD.MM.YYYY')"), "wrong_type"),
    Mistake("text for a key", "document.sql", instead("document_id", "h.document_id::text"), "wrong_type"),
    Mistake("total forgotten", "document.sql", without("total"), "missing_column"),
    Mistake("select of a column that is not there", "document.sql", failing, "select_fails"),
    Mistake("division that fails for some", "document.sql", instead("total", "h.total / (h.document_id % 2)"), "select_fails"),
)  # fmt: skip

OF_LINES_AND_PEOPLE = (
    Mistake("no lines", "document_line.sql", only("false"), "no_lines"),
    Mistake("lines of other documents", "document_line.sql", instead("document_id", "h.document_id + 1000000000"), "no_lines"),
    Mistake("only the first lines", "document_line.sql", only("h.position = 1"), "totals_differ"),
    Mistake("doubled lines", "document_line.sql", doubled, "not_unique"),
    Mistake("rate as a fraction", "document_line.sql", instead("vat_rate", "h.vat_rate / 100"), "rate_as_fraction"),
    Mistake("no rate", "document_line.sql", instead("vat_rate", "null::numeric"), "null_value"),
    Mistake("no quantity", "document_line.sql", instead("quantity", "null::numeric"), "null_value"),
    Mistake("amount of the line for its price", "document_line.sql", instead("unit_price", "h.unit_price * h.quantity"), "totals_differ"),
    Mistake("prices without a sign", "document_line.sql", instead("unit_price", "abs(h.unit_price)"), "totals_differ"),
    Mistake("price forgotten", "document_line.sql", without("unit_price"), "missing_column"),
    Mistake("cast that fails for some", "document_line.sql", instead("quantity", "(case h.line_id % 3 when 0 then 'x' else '1' end)::numeric"), "select_fails"),
    Mistake("no payers", "payer.sql", only("false"), "no_payer"),
    Mistake("doubled payers", "payer.sql", doubled, "not_unique"),
    Mistake("payers without a name", "payer.sql", instead("last_name", "null::text"), "null_value"),
    Mistake("payers without a country", "payer.sql", instead("country_code", "null::text"), "null_value"),
    Mistake("countries in words", "payer.sql", instead("country_code", "'Deutschland'::text"), "unknown_value"),
    Mistake("postal code as a number", "payer.sql", instead("zip", "h.zip::int"), "wrong_type", level="warning"),
    Mistake("telephone as a number", "payer.sql", instead("phone", "1::bigint"), "wrong_type", level="warning"),
    Mistake("doubled practices", "practice.sql", doubled, "not_unique"),
    Mistake("plan of the host", "practice.sql", instead("plan", "'premium'::text"), "unknown_value"),
    Mistake("plan not said", "practice.sql", instead("plan", "null::text"), "null_value"),
)  # fmt: skip

OF_THE_SURROUNDINGS = (
    Mistake("no trigger", "host.toml", without_triggers, "trigger_missing", level="warning"),
    Mistake("trigger on no table", "host.toml", key("table", '"public.no_such_table"'), "trigger_missing"),
    Mistake("key of the trigger gone", "host.toml", key("document", '"no_such_column"'), "trigger_column"),
    Mistake("column of the trigger gone", "host.toml", key("update_of", '["no_such_column"]'), "trigger_column"),
    Mistake("birth dates left out", "private.sql", left_out, "private_missing", level="warning"),
    Mistake("birth dates of nobody", "private.sql", only("false"), "private_missing"),
    Mistake("helper view with birth dates", "prepare.sql", and_also(_HELPER), "worker_sees_private"),
)

MISTAKES = (*OF_DOCUMENTS, *OF_LINES_AND_PEOPLE, *OF_THE_SURROUNDINGS)
