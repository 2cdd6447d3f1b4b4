"""What a poller tells those who watch it: figures from the database, its own health, and nobody's name."""

import re
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from importlib.resources import files

import pytest
from frost import known_payer
from polling import until
from prometheus_client.parser import text_string_to_metric_families
from relay import Relay
from stage import Stage

from outbox.sql import query
from worker.lab.sandbox.faults import Fault
from worker.service import http as exposition
from worker.service.liveness import Liveness
from worker.service.metrics import Metrics

Sample = tuple[str, frozenset[tuple[str, str]]]


@pytest.fixture(name="port")
def _port() -> int:
    """A port that is free now."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(name="poller")
def _poller(database_url: str, redis_url: str, port: int) -> Iterator[Relay]:
    """A poller that serves its metrics."""
    with Relay(database_url, redis_url, "http://127.0.0.1:9", LEXRELAY_METRICS_PORT=str(port)) as relay:
        relay.poller()
        until(lambda: get(port, "/readyz")[0] == 200)
        yield relay


def get(port: int, path: str) -> tuple[int, str]:
    """Status and body; 0 when nobody listens."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()
    except (urllib.error.URLError, ConnectionError):
        return 0, ""


def told(database_url: str) -> dict[Sample, float]:
    """Every sample by name and labels."""
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in Metrics(database_url).collect()
        for sample in family.samples
    }


def sample(name: str, **labels: object) -> Sample:
    """The key of one sample."""
    return f"lexrelay_{name}", frozenset((label, str(value)) for label, value in labels.items())


def test_what_happened_is_counted(stage: Stage, database_url: str) -> None:
    """A delivery by way of a new contact, a lost answer with its look, and a letter that is replayed."""
    stage.practice.invoice(stage.practice.customer())
    stage.run()
    stage.control.add_fault(Fault(method="POST", path="/v1/invoices", status=504, when="after"))
    stage.practice.invoice(known_payer(stage))
    stage.run()
    stage.practice.invoice(known_payer(stage), items=[])
    stage.run()

    now = told(database_url)

    assert now[sample("deliveries_total", step="document", outcome="delivered")] == 2
    assert now[sample("deliveries_total", step="document", outcome="needs_contact")] == 1
    assert now[sample("unknown_outcomes_total", cause=504)] == 1
    assert now[sample("reconciliations_total", result="found")] == 1
    assert now[sample("dead_letters_total", reason="no_items")] == 1
    assert now[sample("delivery_states", state="delivered")] == 2
    assert now[sample("delivery_states", state="dead")] == 1
    assert now[sample("delivery_duration_seconds_count", step="document", outcome="delivered")] == 2


def test_counters_are_the_same_before_and_after_folding(stage: Stage, database_url: str) -> None:
    """Folding moves what was counted; it counts nothing and loses nothing."""
    stage.practice.invoice(known_payer(stage))
    stage.run()
    before = told(database_url)

    for _ in range(2):
        stage.db.execute(query("tally.fold_counters"))

    assert [row[0] for row in stage.db.execute("select count(*) from outbox.counter_change")] == [0]
    counts = [key for key in before if key[0].endswith("_total")]
    assert {key: told(database_url)[key] for key in counts} == {key: before[key] for key in counts}


def test_what_no_design_excludes_is_counted_from_the_start(database_url: str) -> None:
    """An alert on a metric that does not exist yet would never ring."""
    now = told(database_url)

    assert now[sample("late_results_total")] == 0
    assert now[sample("dead_letters_total", reason="in_doubt")] == 0
    assert now[sample("duplicates_found_total")] == 0


def test_a_late_result_and_a_duplicate_are_counted(stage: Stage, database_url: str) -> None:
    """Both promised by the README."""
    stage.practice.invoice(known_payer(stage))
    stage.run()
    stage.db.execute("update outbox.intent set late_remote_id = gen_random_uuid(), late_at = now()")
    stage.db.execute("update outbox.event set state = 'dead', reason = 'duplicate_found', due_at = null")

    now = told(database_url)

    assert now[sample("late_results_total")] == 1
    assert now[sample("duplicates_found_total")] == 1
    assert now[sample("dead_letters_total", reason="duplicate_found")] == 1


def test_a_lane_tells_why_it_stands_still(stage: Stage, database_url: str) -> None:
    """Pause, cool-down, age of its oldest event and of its key; times are moments, not ages."""
    practice = stage.practice.practice_id
    stage.practice.invoice(known_payer(stage))
    ready = sample("oldest_ready_timestamp_seconds", practice=practice)
    (created,) = stage.db.execute("select extract(epoch from created_at)::float8 from outbox.event").fetchone()

    assert told(database_url)[ready] == pytest.approx(created, abs=0.1)

    stage.db.execute("update outbox.lane set cool_until = to_timestamp(4000000000)")
    stage.db.execute("update outbox.lane set pause_reason = 'key_invalid', paused_at = now()")
    now = told(database_url)

    assert now[sample("lane_paused", practice=practice, reason="key_invalid")] == 1
    assert now[sample("lane_cooldown_until_timestamp_seconds", practice=practice)] == 4e9
    assert sample("key_stored_timestamp_seconds", practice=practice) in now
    assert ready not in now


def test_nobody_is_named(stage: Stage, database_url: str) -> None:
    """Practices by id; no person, no number of a document (G6)."""
    stage.practice.invoice(stage.practice.customer(last_name="Unverwechselbar"), number="RE-UNVERWECHSELBAR")
    stage.run()

    words = " ".join(f"{name} {labels}" for name, labels in told(database_url))

    assert "nverwechselbar" not in words.lower()
    assert "Lindenweg" not in words


def test_a_poller_serves_all_three_to_this_machine(poller: Relay, port: int) -> None:
    """Prometheus can read it, and a probe learns that the loop turns."""
    status, body = get(port, "/metrics")
    families = {family.name for family in text_string_to_metric_families(body)}

    assert status == 200
    assert {"lexrelay_delivery_states", "lexrelay_pollers", "lexrelay_build_info"} <= families
    assert (get(port, "/livez")[0], get(port, "/elsewhere")[0]) == (200, 404)
    # only this machine may ask, unless `--metrics-address` says otherwise
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.2", port))  # would be refused if the poller listened on every address


@pytest.mark.proof
def test_a_second_poller_on_the_port_lives_and_takes_over(poller: Relay, port: int) -> None:
    """A port that is taken is said and tried again; it ends nobody."""
    second = poller.poller()
    until(lambda: "metrics.not_served" in poller.said())

    poller.processes[0].kill()

    until(lambda: get(port, "/readyz")[0] == 200)
    assert second.poll() is None


def test_without_a_database_only_that_is_told() -> None:
    """A scrape still answers, and says what is wrong."""
    url = "postgresql://nobody@127.0.0.1:9/none"

    assert told(url)[sample("database_up")] == 0


@pytest.mark.parametrize(("path", "turns", "expected"), [
    pytest.param("/livez", [], 200, id="just started"),
    pytest.param("/readyz", [], 503, id="not ready before the first good round"),
    pytest.param("/readyz", [True], 200, id="ready after it"),
    pytest.param("/livez", [False], 200, id="alive without a database"),
    pytest.param("/readyz", [False], 503, id="not ready without one"),
])  # fmt: skip
def test_health(path: str, turns: list[bool], expected: int) -> None:
    """Alive is who turns; ready is who turns and reaches PostgreSQL."""
    liveness, said = Liveness(60), []
    for well in turns:
        liveness(well)

    exposition.application("", liveness)({"PATH_INFO": path}, lambda status, _headers: said.append(status))

    assert [int(status.split()[0]) for status in said] == [expected]


def test_a_loop_that_hangs_is_not_alive() -> None:
    """Whatever other threads of the process do."""
    liveness = Liveness(0.0)
    liveness(True)

    assert not liveness.is_live
    assert not liveness.is_ready


def test_alerts_watch_what_is_told(stage: Stage, database_url: str) -> None:
    """A rule about a metric that does not exist would be silent for ever."""
    rules = (files("worker") / "service" / "deploy" / "alerts.yaml").read_text()
    watched = set(re.findall(r"lexrelay_\w+", rules))

    families = list(Metrics(database_url).collect())

    offered = {f.name + ("_total" if f.type == "counter" else "") for f in families}
    assert watched
    assert watched <= offered
