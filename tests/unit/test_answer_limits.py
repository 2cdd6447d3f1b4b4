"""An answer that is not one costs next to nothing: it is not even parsed."""

import time
import tracemalloc

import pytest

from worker.delivery.errors import NoAnswer
from worker.lexware.api import lenient
from worker.lexware.api.lenient import Unreadable
from worker.lexware.api.statuses import verdict
from worker.lexware.api.transport import Response

ENDLESS = [
    b"[" + b"{}," * 10_000_000 + b"{}]",
    b'{"content":[' + b"[]," * 10_000_000 + b"[]]}",
    b'{"a":[' + b'"",' * 10_000_000 + b'""]}',
    b"[" * 10_000_000,
    b'{"a":' * 5_000_000,
    b"{" + b",".join(b'"%d":1' % number for number in range(2_000_000)) + b"}",
]


@pytest.mark.parametrize("body", ENDLESS, ids=range(len(ENDLESS)))
def test_an_endless_answer_is_not_read(body: bytes) -> None:
    """As a document, and as a refusal's body."""
    tracemalloc.start()
    began = time.monotonic()

    with pytest.raises(Unreadable):
        lenient.document(body)
    refused = verdict(Response(400, {}, body), "key")

    assert refused is not None
    assert not isinstance(refused, NoAnswer)
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()
    assert time.monotonic() - began < 5


def test_a_full_page_is_read() -> None:
    """250 contacts with every field and long notes stay far below."""
    row = (
        b'{"id":"x","addresses":{"billing":[{"street":"a, b"},{}]},"emailAddresses":{"business":["a@b"]},"note":"'
        + b"x, " * 300
    )
    body = b'{"content":[' + b",".join([row + b'"}'] * 250) + b"]}"

    assert len(lenient.document(body)["content"]) == 250
