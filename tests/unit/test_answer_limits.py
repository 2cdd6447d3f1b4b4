"""An answer that is not one costs next to nothing: it is not even parsed."""

import time
import tracemalloc

import httpx
import pytest

from worker.delivery.errors import NoAnswer
from worker.lexware.api import lenient
from worker.lexware.api.lenient import Unreadable
from worker.lexware.api.statuses import verdict

#: A piece, and how often it comes: a few megabytes of it would take hundreds once they were read.
ENDLESS = {
    "objects": (b"[", b"{},", b"{}]"),
    "lists": (b'{"content":[', b"[],", b"[]]}"),
    "texts": (b'{"a":[', b'"",', b'""]}'),
    "depth": (b"", b"[", b""),
    "deep objects": (b"", b'{"a":', b""),
}
_TIMES = 3_000_000


@pytest.mark.parametrize("kind", ENDLESS)
def test_an_endless_answer_is_not_read(kind: str) -> None:
    """As a document, and as a refusal's body."""
    head, piece, end = ENDLESS[kind]
    body = head + piece * _TIMES + end
    tracemalloc.start()
    began = time.monotonic()

    with pytest.raises(Unreadable):
        lenient.document(body)
    refused = verdict(httpx.Response(400, content=body), "key")

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
