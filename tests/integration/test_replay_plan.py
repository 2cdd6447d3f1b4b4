"""The plan of a replay: send, look first, wait, or a human; told from local knowledge."""

from typing import Any

import psycopg
import pytest
from letters import ELSEWHERE, FOUND, Operator, event_of, intent, kill, look, on_duty, switched_on
from practice import Practice


@pytest.fixture(name="operator")
def _operator(db: psycopg.Connection, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Operator:
    """Whoever looks after lexrelay."""
    return on_duty(db, database_url, monkeypatch)


@pytest.fixture(name="house")
def _house(db: psycopg.Connection) -> Practice:
    """A switched-on practice."""
    return switched_on(db)


def _doubted(outcome: str | None) -> Any:
    return lambda house, event_id: intent(house, event_id, outcome)


def _looked(house: Practice, event_id: int) -> None:
    look(house, intent(house, event_id, "refused"), "absent", lexware_ids=[])


def _paused(house: Practice, _event_id: int) -> None:
    house.db.execute("update outbox.lane set pause_reason = 'key_invalid', paused_at = now()")


def _customer_in_doubt(house: Practice, event_id: int) -> None:
    payer = house.db.execute("select payer_id from outbox.event where event_id = %s", (event_id,)).fetchone()[0]
    intent(house, event_of(house, house.invoice(payer)), effect="contact")


def _restored(house: Practice, _event_id: int) -> None:
    house.db.execute("update outbox.event set look_since = created_at")


def _without_country(house: Practice, _event_id: int) -> None:
    house.db.execute("update practice.customers set country_code = null")


def _draft_again(house: Practice, _event_id: int) -> None:
    house.db.execute("update practice.invoices set status = 'draft'")


def _elsewhere(house: Practice, event_id: int) -> None:
    house.db.execute(
        "insert into lexware.document_link (practice_id, document_id, organisation_id, kind, lexware_id, origin) "
        "select practice_id, document_id, %s, kind, %s, 'created' from outbox.event where event_id = %s",
        (ELSEWHERE, FOUND, event_id),
    )


@pytest.mark.parametrize(
    ("reason", "prepare", "plan"),
    [
        pytest.param("retries_exhausted", lambda _house, _event: None, "send", id="nothing-in-the-way"),
        pytest.param("missing_field", lambda _house, _event: None, "send", id="data-are-mended"),
        pytest.param("in_doubt", _doubted(None), "look_first", id="in-doubt"),
        pytest.param("retries_exhausted", _doubted("absent"), "look_first", id="once-proven-absent"),
        pytest.param("retries_exhausted", _doubted("adopted"), "look_first", id="once-found"),
        pytest.param("retries_exhausted", _looked, "look_first", id="once-looked-for"),
        pytest.param("retries_exhausted", _doubted("refused"), "send", id="refused-was-never-in-doubt"),
        pytest.param("retries_exhausted", _restored, "look_first", id="from-before-a-restore"),
        pytest.param("retries_exhausted", _paused, "wait", id="practice-is-paused"),
        pytest.param("retries_exhausted", _customer_in_doubt, "wait", id="customer-in-doubt"),
        pytest.param("missing_field", _without_country, "human", id="data-still-lack-something"),
        pytest.param("document_gone", _draft_again, "human", id="document-still-gone"),
        pytest.param("other_organisation", _elsewhere, "human", id="still-another-organisation"),
        pytest.param("duplicate_found", lambda _house, _event: None, "human", id="there-twice"),
    ],
)
def test_the_plan_says_what_would_happen(
    house: Practice, operator: Operator, reason: str, prepare: Any, plan: str
) -> None:
    """From local knowledge: the ledger, the lane, and the practice's data of this moment."""
    event_id = kill(house, reason)
    prepare(house, event_id)

    [row] = operator.json("replay", event_id, "--dry-run")

    assert row["plan"] == plan


def test_the_plan_is_summed_up(house: Practice, operator: Operator) -> None:
    """Only what there is is counted."""
    kill(house, "retries_exhausted")
    kill(house, "duplicate_found")

    assert "Dead letters: 2 (send: 1, needs a human: 1)." in operator.run("replay", "--all", "--dry-run").stdout


def test_a_cancellation_of_nothing_needs_a_human_or_unlinked(house: Practice, operator: Operator) -> None:
    """Its original never went over: a replay helps only `--unlinked`, which the event then keeps."""
    original = house.invoice(house.customer())
    cancellation = kill(house, "original_not_transferred", document=house.cancel(original))
    kill(house, "refused_by_lexware", document=original, state="discarded")

    plans = [operator.json("replay", cancellation, "--dry-run", *more)[0]["plan"] for more in ([], ["--unlinked"])]
    operator.json("replay", cancellation, "--unlinked")

    assert plans == ["human", "send"]
    assert operator.event(cancellation)["unlinked"] is True


def test_a_cancellation_waits_for_its_dead_original(house: Practice, operator: Operator) -> None:
    """G3 holds for replays too."""
    original = house.invoice(house.customer())
    cancellation = house.cancel(original)
    kill(house, "retries_exhausted", document=original)
    event_id = kill(house, "retries_exhausted", document=cancellation)

    assert operator.json("replay", event_id)[0]["plan"] == "wait"
