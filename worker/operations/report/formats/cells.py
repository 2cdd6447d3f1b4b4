"""The cells of a report's tables as people of a language read them; moments in Berlin, whoever reads it where."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from worker.lexware.translate.dates import BERLIN
from worker.messages import Lang, times
from worker.messages import report as words
from worker.messages.glossary import YES_NO
from worker.messages.times import Month

NUMBERS = frozenset({"count", "gross", "net", "tax", "age_days", "total"})
_MOMENTS, _DAYS, _COMPARED = (
    frozenset({"noticed_at", "at"}),
    frozenset({"voucher_date"}),
    frozenset({"before", "after"}),
)
_DAY, _AMOUNT, _GROUP = re.compile(r"\d{4}-\d{2}-\d{2}"), re.compile(r"-?\d+\.\d\d\b"), re.compile(r"\w+(?=: )")


class Cells:
    """Of one language; `comma`: amounts as spreadsheets read them in any, with a decimal comma and no other sign."""

    def __init__(self, lang: Lang, *, comma: bool) -> None:
        self._lang, self._comma = lang, comma
        self._words = {
            column: {code: text().said_in(lang) for code, text in known.items()}
            for column, known in words.WORDS.items()
        }
        self._yes_no = {value: text().said_in(lang) for value, text in YES_NO.items()}

    def cell(self, column: str, value: Any) -> str:
        """What stands in a column; nothing for None."""
        match value:
            case None:
                return ""
            case str():
                return self._text(column, value)
            case bool():
                return self._yes_no[value]
            case list():
                return ", ".join(map(str, value))
            case _:
                return str(value)

    def moment(self, text: str) -> str:
        """A moment to the second, with its zone, which is the practice's wherever the report is read."""
        return times.written(datetime.fromisoformat(text).astimezone(BERLIN), "%H:%M:%S", self._lang)

    def _text(self, column: str, value: str) -> str:
        if column in _MOMENTS:
            return self.moment(value)
        if column == "month":
            return Month(date.fromisoformat(f"{value}-01")).said_in(self._lang)
        if column in _DAYS | _COMPARED and _DAY.fullmatch(value):
            return times.day(date.fromisoformat(value), self._lang)
        if column in _COMPARED:
            return self._amounts(_GROUP.sub(lambda group: self._words["group"].get(group[0], group[0]), value))
        if column in NUMBERS:
            return self._amounts(value)
        return self._words[column].get(value, value) if column in self._words else value

    def _amounts(self, text: str) -> str:
        return _AMOUNT.sub(self._amount, text)

    def _amount(self, found: re.Match[str]) -> str:
        return found[0].replace(".", ",") if self._comma else times.amount(Decimal(found[0]), self._lang)
