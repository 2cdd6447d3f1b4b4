"""A practice's months: what was completed, what went over, what lies in Lexware; made, read, downloaded and signed."""

from datetime import date, datetime
from typing import Any

from outbox.db import connect
from worker.console.asked import Answer, Asked, File, Moved, Page
from worker.console.forms import BadField, Fields
from worker.lexware.translate.dates import BERLIN
from worker.messages import console as words
from worker.messages import report as report_words
from worker.messages.times import Month
from worker.operations.report import chain
from worker.operations.report.chain import Report
from worker.operations.report.formats.layout import Layout
from worker.operations.report.formats.render import Form, rendered
from worker.operations.report.formats.stored import StoredText
from worker.operations.report.make import make
from worker.practice import practices

_TYPES: dict[Form, str] = {
    "json": "application/json",
    "csv": "text/csv",
    "text": "text/plain",
    "pdf": "application/pdf",
}


def show(asked: Asked) -> Answer:
    """The report of a month as it is stored, with those that there are; or a stored one as a file. Asks Lexware nothing."""
    practice = practices.find(asked.connection, asked.practice_id)
    month = _month(asked.query)
    report = chain.of_month(asked.connection, practice.practice_id, month)
    form = asked.query.choice("format", tuple(_TYPES))
    if report and form:
        name = f"lexrelay-{practice.practice_id}-{month:%Y-%m}.{'txt' if form == 'text' else form}"
        content = b"".join(rendered(asked.connection, report, form, asked.lang))
        return File(content, _TYPES[form], name)
    return Page("reports.html", _values(asked, month, report) | {"practice": practice})


def change(asked: Asked) -> Answer:
    """Make the report of a month now, which asks Lexware; or sign it, in the name of whoever has checked it."""
    month = _month(asked.form)
    to = f"{asked.path}?month={month:%Y-%m}"
    with connect(asked.config.direct_database_url) as connection:  # of its own: a report is made by one at a time
        if "make" in asked.form:
            make(connection, asked.config, asked.practice_id, month, waiting=lambda _seconds: None)
            return Moved(to)
        if "sign" in asked.form:
            by, why = asked.visitor.name, asked.form.given("why")
            signed = chain.sign(connection, asked.practice_id, month, by=by, why=why)
            said = [report_words.CLOSED(month=Month(month), by=by, hash=signed.sha256)]
            return Moved(to, said if signed.complete else [*said, report_words.CLOSED_INCOMPLETE()])
    raise BadField(words.NOTHING_CHOSEN())


def _values(asked: Asked, month: date, report: Report | None) -> dict[str, Any]:
    layout = Layout(report, StoredText(chain.text_of(asked.connection, report)), asked.lang) if report else None
    return {
        "month": f"{month:%Y-%m}", "of": Month(month), "month_of": Month, "report": report, "layout": layout, "parts": list(layout.parts()) if layout else [],
        "rw": report_words,
        "links": list(chain.verify(asked.connection, asked.practice_id)),
    }  # fmt: skip


def _month(fields: Fields) -> date:
    """The month that is meant; without one, the last that is over. Raises BadField."""
    if not fields.text("month"):
        first = datetime.now(BERLIN).date().replace(day=1)
        return (
            first.replace(year=first.year - 1, month=12) if first.month == 1 else first.replace(month=first.month - 1)
        )
    return fields.month("month")
