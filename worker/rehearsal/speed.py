"""What a document costs: to read one by its id, to look for those without an event, and to be found by the trigger.

Measured with the manners of the worker's connections (`outbox.db`), by which every statement goes by an index if there is one.
"""

import json
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice
from typing import Any

import psycopg

from outbox.db import Row
from worker.messages import host_findings as words
from worker.rehearsal.findings import Finding, of_description
from worker.rehearsal.stage import Stage, sqlstate

_DOCUMENT_MS, _SWEEP_MS = 5.0, 1000.0
_SAMPLES = 20
#: Until a statement is planned once and for all, and what it reads has been read before.
_WARM_UP = 2
_OURS = ("outbox", "lexware", "pg_catalog", "pg_temp")


@dataclass(frozen=True, slots=True)
class Speed:
    """Medians, in milliseconds, the way to the server included."""

    document_ms: float
    sweep_ms: float
    trigger_ms: float


def measure(stage: Stage, documents: Sequence[Row]) -> tuple[Speed | None, list[Finding]]:
    """How fast it is, and what is too slow; nothing can be said without documents."""
    if not documents:
        return None, []
    take_manners(stage)
    some = list(islice(cycle(documents[:_SAMPLES]), _SAMPLES))  # as many of a host that has a single one
    reading = _times(stage, [partial(stage.again, "reading.snapshot", **one) for one in some])
    landing = _times(stage, [partial(stage.again, "host_check.landing", **one) for one in some])
    sweeps = _times(stage, [partial(stage.again, "host_check.sweep")] * 3)
    if not (reading and landing and sweeps):
        return None, []
    speed = Speed(*(round(statistics.median(times), 2) for times in (reading, sweeps, landing)))
    return speed, list(_too_slow(min(reading), min(sweeps), scanned(stage, some[0])))


def take_manners(stage: Stage) -> None:
    """Plan as the worker's connections do, until the end of the transaction."""
    for setting in ("jit = off", "enable_seqscan = off", "plan_cache_mode = force_generic_plan"):
        stage.connection.execute(f"set local {setting}")


def _too_slow(document_ms: float, sweep_ms: float, tables: Sequence[str]) -> Iterator[Finding]:
    """By the best of the samples: a busy machine is no fault of the description."""
    slow = []
    if document_ms > _DOCUMENT_MS:
        slow.append(words.SLOW_DOCUMENT(ms=f"{document_ms:.0f}", limit=f"{_DOCUMENT_MS:.0f}"))
    if sweep_ms > _SWEEP_MS:
        slow.append(words.SLOW_SWEEP(ms=f"{sweep_ms:.0f}", limit=f"{_SWEEP_MS:.0f}"))
    if tables:
        slow.append(words.FULL_SCAN(tables=tables))
    for what in slow:
        yield of_description("slow_lookup", "document", 1, what=what)


def scanned(stage: Stage, document: Row) -> list[str]:
    """Large tables of the host that are read from one end to the other to read this document."""
    plan = stage.connection.execute(b"explain (format json, verbose) " + stage.statement("reading.snapshot"), document)
    row = plan.fetchone() or {"QUERY PLAN": []}
    told = row["QUERY PLAN"]
    tree = json.loads(told) if isinstance(told, str) else told
    tables = sorted({table for root in tree for table in _full_scans(root["Plan"])})
    of = {"schemas": [schema for schema, _ in tables], "tables": [name for _, name in tables]}
    return [row["name"] for row in stage.rows("host_check.large", **of)]


def _full_scans(node: dict[str, Any]) -> Iterator[tuple[str, str]]:
    is_scan = node["Node Type"] == "Seq Scan" or ("Index Name" in node and "Index Cond" not in node)
    if is_scan and "Relation Name" in node and node["Schema"] not in _OURS:
        yield node["Schema"], node["Relation Name"]
    for child in node.get("Plans", ()):
        yield from _full_scans(child)


def _times(stage: Stage, calls: Sequence[Callable[[], object]]) -> list[float]:
    """How many milliseconds each took, without those that the host's select let fail: they have a finding of their own."""
    times = []
    for number, call in enumerate([*[calls[0]] * _WARM_UP, *calls]):
        try:
            with stage.trying():
                began = time.perf_counter()
                call()
                took = (time.perf_counter() - began) * 1000
        except psycopg.Error as error:
            sqlstate(error)
        else:
            times += [took] if number >= _WARM_UP else []
    return times
