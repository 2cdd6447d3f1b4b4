"""The metrics: what Prometheus is told, read from PostgreSQL at every scrape, by pollers only.

The counters are the database's own (`outbox.counted`), so several pollers tell the same figures and a restart loses
none. Practices appear by id; no person and no number of a document does (G6). Moments are told, not ages.
"""

from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version

import psycopg
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, SummaryMetricFamily
from prometheus_client.registry import Collector

from outbox import figures
from outbox.db import Connection, Row, connect
from outbox.figures import Figures
from outbox.migrate import SCHEMA
from outbox.pace import OLD_DAYS
from outbox.sql import query
from worker.messages.reasons import DEAD

Family = CounterMetricFamily | GaugeMetricFamily | InfoMetricFamily | SummaryMetricFamily


class Metrics(Collector):
    """All families, anew for each scrape; when PostgreSQL is away, only that."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url

    def describe(self) -> list[Family]:
        """Nothing ahead of time: registering must not need the database."""
        return []

    def collect(self) -> Iterator[Family]:
        """Read and tell. Never raises because the database is away."""
        yield InfoMetricFamily(
            "lexrelay_build", "Program and schema.", {"version": version("lexrelay"), "schema": str(SCHEMA)}
        )
        try:
            with connect(self._url) as connection:
                families = [*_now(connection), *_lanes(connection), *_in_lexware(connection), *_so_far(connection)]
        except psycopg.Error:
            families = []
        yield _gauge("lexrelay_database_up", "Whether PostgreSQL answered this scrape.", bool(families))
        yield from families


def _now(connection: Connection) -> Iterator[Family]:
    now, installation = figures.read(connection), connection.execute(query("metrics.installation")).fetchone() or {}
    states = GaugeMetricFamily("lexrelay_delivery_states", "Events by where they stand.", labels=["state"])
    for state, events in now.events.items():
        states.add_metric([state], events)
    yield states
    yield _gauge("lexrelay_workers", "Worker processes alive.", now.workers)
    yield _gauge("lexrelay_pollers", "Pollers alive.", now.pollers)
    yield _gauge("lexrelay_poll_last_success_timestamp_seconds", "Last good round of any poller.", _last_round(now))
    yield _gauge("lexrelay_last_delivery_timestamp_seconds", "Last document brought over.", _last_delivery(now))
    yield _gauge(
        "lexrelay_outage_since_timestamp_seconds",
        "Lexware is silent since; 0: it answers.",
        installation["outage_since"],
    )
    yield _oldest("ready", "pending", "Oldest event that waits for nothing but its turn.", now, installation["now"])
    yield _oldest("unknown", "in_doubt", "Oldest event whose POST has no known outcome.", now, installation["now"])


def _oldest(name: str, standing: str, says: str, now: Figures, at: float) -> Family:
    oldest = GaugeMetricFamily(f"lexrelay_oldest_{name}_timestamp_seconds", says, labels=["practice"])
    for row in now.unsettled:
        if row["standing"] == standing:
            oldest.add_metric([str(row["practice_id"])], at - row["oldest_seconds"])
    return oldest


def _lanes(connection: Connection) -> Iterator[Family]:
    paused = GaugeMetricFamily("lexrelay_lane_paused", "Held, and why.", labels=["practice", "reason"])
    cooling = GaugeMetricFamily(
        "lexrelay_lane_cooldown_until_timestamp_seconds", "No call before; only while it cools.", labels=["practice"]
    )
    keys = GaugeMetricFamily(
        "lexrelay_key_stored_timestamp_seconds", "API keys live for 24 months.", labels=["practice"]
    )
    for row in connection.execute(query("metrics.lanes")).fetchall():
        practice = str(row["practice_id"])
        if row["pause_reason"]:
            paused.add_metric([practice, row["pause_reason"]], 1)
        if row["cool_until"]:
            cooling.add_metric([practice], row["cool_until"])
        if row["key_stored_at"]:
            keys.add_metric([practice], row["key_stored_at"])
    yield from (paused, cooling, keys)


def _in_lexware(connection: Connection) -> Iterator[Family]:
    states = GaugeMetricFamily(
        "lexrelay_lexware_documents", "Delivered documents by what became of them.", labels=["practice", "state"]
    )
    for row in connection.execute(query("drafts.counts")).fetchall():
        states.add_metric([str(row["practice_id"]), row["state"]], row["documents"])
    alarms = GaugeMetricFamily(
        "lexrelay_lexware_to_see_to", "What a human must see to in Lexware.", labels=["practice", "what"]
    )
    for row in connection.execute(query("drafts.alarms"), {"old_days": OLD_DAYS}).fetchall():
        alarms.add_metric([str(row["practice_id"]), row["what"]], row["documents"] or 1)
    yield from (states, alarms)


def _so_far(connection: Connection) -> Iterator[Family]:
    counted = connection.execute(query("metrics.counters")).fetchall()
    yield _counter("lexrelay_deliveries", "Attempts that ended.", counted, "delivery", ["step", "outcome"])
    yield _durations(counted)
    yield _counter("lexrelay_unknown_outcomes", "POSTs without a known outcome.", counted, "unknown_outcome", ["cause"])
    yield _counter("lexrelay_reconciliations", "Looks for what they became of.", counted, "look", ["result"])
    yield _counter("lexrelay_dead_letters", "Events that died.", counted, "dead_letter", ["reason"], known=DEAD)
    yield _counter("lexrelay_replayed", "Dead letters given a fresh start.", counted, "replay")
    yield _counter("lexrelay_late_results", "Answers to intents closed before: page at 1.", counted, "late_result")
    twins = [row for row in counted if row["how"] == "duplicate_found"]
    yield _counter("lexrelay_duplicates_found", "Documents found twice: page at 1.", twins, "dead_letter")


def _counter(
    name: str, says: str, counted: list[Row], what: str, labels: Sequence[str] = (), *, known: Iterable[str] = ()
) -> Family:
    """One counter; without labels, or with `known` ones, it is told from the start as 0: else its first rise is unseen."""
    rows = [row for row in counted if row["what"] == what]
    if not labels:
        return CounterMetricFamily(name, says, value=sum(row["times"] for row in rows))
    family = CounterMetricFamily(name, says, labels=labels)
    for how in set(known) - {row["how"] for row in rows}:
        family.add_metric([how], 0)
    for row in rows:
        family.add_metric([row["step"], row["how"]][-len(labels) :], row["times"])
    return family


def _durations(counted: list[Row]) -> Family:
    family = SummaryMetricFamily(
        "lexrelay_delivery_duration_seconds", "Attempts, from claim to record.", labels=["step", "outcome"]
    )
    for row in counted:
        if row["what"] == "delivery":
            family.add_metric([row["step"], row["how"]], count_value=row["times"], sum_value=row["seconds"])
    return family


def _gauge(name: str, says: str, value: float | None) -> Family:
    return GaugeMetricFamily(name, says, value=value or 0)


def _last_round(now: Figures) -> float | None:
    return now.last_round_at.timestamp() if now.last_round_at else None


def _last_delivery(now: Figures) -> float | None:
    moments = [row["last_delivered_at"] for row in now.practices if row["last_delivered_at"]]
    return max(moments).timestamp() if moments else None
