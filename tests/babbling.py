"""A simulated Lexware that babbles: every free text of every answer, also of refusals, goes on with planted words."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import planted

from worker.lab.sandbox.answers import RefusedError, Reply
from worker.lab.sandbox.gateway import Gateway
from worker.lab.sandbox.wire import dumps, loads

#: Fields that hold ids, days, numbers and words of Lexware's own (lexware-api 4 to 9); whatever else is a text is a free one.
_TECHNICAL = frozenset(
    {
        "id", "date", "timestamp", "resourceUri", "path", "field", "error", "violation", "i18nKey", "type", "language", "currency",
        "countryCode", "taxType", "shippingType", "electronicDocumentProfile", "businessFeatures", "voucherType",
        "voucherStatus", "voucherNumber", "paymentStatus", "paymentItemType", "direction", "property",
    }
)  # fmt: skip


@contextmanager
def babbling() -> Iterator[list[str]]:
    """As long as it lasts; gives the names of the fields that babbled."""
    fields: list[str] = []
    perform = Gateway._perform

    def performed(*asked: Any) -> Reply:
        try:
            return _babble(perform(*asked), fields)
        except RefusedError as refused:
            raise RefusedError(_babble(refused.answer, fields)) from None

    with patch.object(Gateway, "_perform", performed):
        yield fields


def _babble(reply: Reply, fields: list[str]) -> Reply:
    if reply.content_type != "application/json" or not reply.payload:
        return reply
    return replace(reply, payload=dumps(_spoken("", loads(reply.payload), fields)))


def _spoken(name: str, value: Any, fields: list[str]) -> Any:
    match value:
        case dict():
            more = {"unheardOf": planted.BABBLE} if value else {}
            return {key: _spoken(key, part, fields) for key, part in value.items()} | more
        case list():
            return [_spoken(name, part, fields) for part in value]
        case str() if name not in _TECHNICAL and not name.endswith(("Id", "Date")):
            fields.append(name)
            return f"{value}\n{planted.BABBLE}"
        case _:
            return value
