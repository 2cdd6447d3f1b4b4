"""R8: a replay never sends blind and forgets nothing; after the remedy there is exactly one document in Lexware."""

from typing import Any

import psycopg
import pytest
from letters import Operator, attempt, event_of, kill, on_duty
from stage import Stage

from worker.lab.sandbox.faults import Fault

LOST_AFTER = Fault(method="POST", path="/v1/invoices", status=504, when="after")
LOST_BEFORE = Fault(method="POST", path="/v1/invoices", status=504)


@pytest.fixture(name="operator")
def _operator(stage: Stage, db: psycopg.Connection, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Operator:
    """Whoever looks after lexrelay, with the stage's Lexware."""
    monkeypatch.setenv("LEXWARE_API_URL", stage.sandbox.url)
    return on_duty(db, database_url, monkeypatch)


@pytest.fixture(name="payer")
def _payer(stage: Stage) -> int:
    """Somebody whose contact is known, so that the next POST is a document's."""
    payer = stage.practice.customer()
    stage.practice.invoice(payer)
    stage.run()
    return payer


def _in_doubt(stage: Stage, payer: int, fault: Fault) -> int:
    """An invoice whose POST was answered by nothing readable, dead."""
    stage.control.add_fault(fault)
    invoice = stage.practice.invoice(payer)
    stage.turn()
    assert stage.event(invoice)["reason"] == "in_doubt"
    kill(stage.practice, "in_doubt", document=invoice)
    return invoice


def _prove_absent(stage: Stage) -> None:
    """What a list that lags too long would have led to."""
    stage.db.execute("update outbox.intent set outcome = 'absent', closed_at = now() where closed_at is null")


def _verdicts(stage: Stage) -> list[str]:
    return [row[0] for row in stage.db.execute("select verdict from outbox.look order by look_id").fetchall()]


def test_what_arrived_is_found_and_adopted(stage: Stage, operator: Operator, payer: int) -> None:
    """Dead in doubt, but Lexware has it: the replay looks first, adopts it, and sends nothing."""
    invoice = _in_doubt(stage, payer, LOST_AFTER)
    before = stage.posts()

    [row] = operator.json("replay", event_of(stage.practice, invoice))
    stage.run()

    assert row["plan"] == "look_first"
    assert stage.outcome(invoice) == ("delivered", None)
    assert stage.posts() == before
    assert len(stage.documents()) == 2


def test_what_was_proven_absent_is_looked_for_once_more(stage: Stage, operator: Operator, payer: int) -> None:
    """Lexware's list lagged longer than both looks, and the letter died of something else: still no second POST."""
    invoice = _in_doubt(stage, payer, LOST_AFTER)
    _prove_absent(stage)
    before = stage.posts()

    operator.json("replay", event_of(stage.practice, invoice))
    stage.run()

    assert stage.outcome(invoice) == ("delivered", None)
    assert stage.posts() == before
    assert stage.db.execute("select late_remote_id is not null from outbox.intent where outcome = 'absent'").fetchone()[
        0
    ]


def test_what_is_still_absent_is_sent_once(stage: Stage, operator: Operator, payer: int) -> None:
    """Looked for once more and not there: then, and only then, it is sent again."""
    invoice = _in_doubt(stage, payer, LOST_BEFORE)
    _prove_absent(stage)
    before = stage.posts()

    operator.json("replay", event_of(stage.practice, invoice))
    stage.run()

    assert stage.outcome(invoice) == ("delivered", None)
    assert stage.posts() == before + 1
    assert _verdicts(stage)[0] == "absent"
    assert len(stage.documents()) == 2


def test_absences_from_before_the_replay_prove_nothing(stage: Stage, operator: Operator, payer: int) -> None:
    """An old absence is history: after the replay it takes two new ones before anything is sent."""
    invoice = _in_doubt(stage, payer, LOST_BEFORE)
    stage.db.execute("update outbox.intent set opened_at = now() - interval '2 days' where closed_at is null")
    stage.db.execute(
        "insert into outbox.look (intent_id, looked_at, verdict, evidence) "
        "select intent_id, now() - interval '1 day', 'absent', '{}' from outbox.intent where closed_at is null"
    )
    before = stage.posts()

    operator.json("replay", event_of(stage.practice, invoice))
    stage.run()

    assert stage.posts() == before + 1
    assert _verdicts(stage) == ["absent"] * 3


def test_a_contact_in_doubt_is_not_made_twice(stage: Stage, operator: Operator) -> None:
    """The same for contacts: the letter's contact is there, is found, and the document follows."""
    stage.control.add_fault(Fault(method="POST", path="/v1/contacts", status=504, when="after"))
    invoice = stage.practice.invoice(stage.practice.customer())
    while stage.event(invoice)["reason"] != "in_doubt":
        stage.turn()
    kill(stage.practice, "in_doubt", document=invoice)
    _prove_absent(stage)

    operator.json("replay", event_of(stage.practice, invoice))
    stage.run()

    assert stage.outcome(invoice) == ("delivered", None)
    assert (len(stage.contacts()), len(stage.documents())) == (1, 1)


def test_after_the_remedy_exactly_one_arrives(stage: Stage, operator: Operator) -> None:
    """Find it, mend the practice's data, replay: the shortest way of an operator."""
    payer = stage.practice.customer(country_code=None)
    invoice = stage.practice.invoice(payer)
    stage.run()
    [letter] = operator.json("dead", "list")
    stage.db.execute("update practice.customers set country_code = 'DE'")

    [row] = operator.json("replay", letter["event_id"])
    stage.run()

    assert (letter["reason"], row["plan"]) == ("missing_field", "send")
    assert stage.outcome(invoice) == ("delivered", None)
    assert len(stage.documents()) == 1


def test_a_contact_that_is_there_twice_is_chosen_and_the_document_sent(stage: Stage, operator: Operator) -> None:
    """In doubt about the contact, and two carry our marker: a human links one of them, and the replay goes on with it."""
    stage.control.add_fault(Fault(method="POST", path="/v1/contacts", status=504, when="after"))
    payer = stage.practice.customer()
    invoice = stage.practice.invoice(payer)
    while not stage.contacts():
        stage.turn()
    twin = stage.control.act(stage.tenant.id, "create_contact", body=stage.contacts()[0]["body"])["id"]
    stage.run()
    died = stage.outcome(invoice)

    operator.run("contact", "link", "--practice", stage.practice.practice_id, "--customer", payer, twin)
    operator.json("replay", event_of(stage.practice, invoice))
    stage.run()

    assert died == ("dead", "contact_ambiguous")
    assert stage.outcome(invoice) == ("delivered", None)
    assert [one["body"]["address"]["contactId"] for one in stage.documents()] == [twin]


def test_the_later_check_is_never_given_up_silently(stage: Stage, operator: Operator, payer: int) -> None:
    """It has the whole retry table to itself; when that is used up a human is asked, and after a replay it looks again."""
    stage.control.add_fault(LOST_BEFORE)
    invoice, before = stage.practice.invoice(payer), stage.posts()
    while stage.outcome(invoice)[0] != "delivered":
        stage.turn()
    resent = (stage.posts() - before, stage.event(invoice)["step"], stage.event(invoice)["tries"])
    stage.control.add_fault(Fault(method="GET", path="/v1/voucherlist", mode="truncated", count=None))
    stage.run()
    given_up = stage.outcome(invoice)
    looks = _count(stage, "select count(*) from outbox.attempt where step = 'verify'")
    stage.control.clear_faults()

    operator.json("replay", event_of(stage.practice, invoice))
    stage.run()

    assert resent == (2, "verify", 0)
    assert (given_up, looks) == (("dead", "in_doubt"), len(stage.pace.retry_delays) + 1)
    assert stage.outcome(invoice) == ("delivered", None)
    assert _count(stage, "select count(*) from outbox.attempt where step = 'verify'") == looks + 1
    assert stage.posts() - before == 2


def _count(stage: Stage, statement: str) -> int:
    (count,) = stage.db.execute(statement).fetchone()
    return int(count)


def test_a_404_from_before_the_replay_does_not_mean_deleted(stage: Stage, operator: Operator, payer: int) -> None:
    """The original must be missing twice anew, a settle time apart, before the cancellation is dropped for it."""
    original = stage.practice.invoice(payer)
    stage.run()
    stage.control.act(stage.tenant.id, "delete_draft", document=stage.lexware_id(original))
    stage.db.execute("update lexware.document_link set linked_at = linked_at - interval '1 day'")
    cancellation = stage.practice.cancel(original)
    attempt(stage.practice, event_of(stage.practice, cancellation), reason="original_missing")
    stage.db.execute(
        "update outbox.attempt set begun_at = begun_at - interval '1 day', ended_at = ended_at - interval '1 day'"
    )
    event_id = kill(stage.practice, "crashes_worker", document=cancellation, fence=1)

    operator.json("replay", event_id)
    stage.run()

    assert stage.outcome(cancellation) == ("discarded", "original_deleted")
    assert [call["status"] for call in stage.control.requests(stage.tenant.id)].count(404) == 2


@pytest.mark.parametrize(
    ("fault", "verdict"), [(LOST_AFTER, "found"), (LOST_BEFORE, "absent")], ids=["there", "not-there"]
)
def test_look_asks_lexware_and_changes_nothing(
    stage: Stage, operator: Operator, payer: int, fault: Fault, verdict: str
) -> None:
    """`--look` shows what is there now; nothing is sent, nothing recorded as a proof."""
    invoice = _in_doubt(stage, payer, fault)
    before = stage.posts()

    [row] = operator.json("replay", event_of(stage.practice, invoice), "--look", "--dry-run")

    assert row["found"]["verdict"] == verdict
    assert len(row["found"]["lexware_ids"]) == (verdict == "found")
    assert (stage.posts(), _verdicts(stage)) == (before, [])
    assert stage.outcome(invoice) == ("dead", "in_doubt")


def test_look_finds_a_contact_too(stage: Stage, operator: Operator) -> None:
    """Only the contact was ever sent: then it is what is looked for."""
    stage.control.add_fault(Fault(method="POST", path="/v1/contacts", status=504, when="after"))
    invoice = stage.practice.invoice(stage.practice.customer())
    while stage.event(invoice)["reason"] != "in_doubt":
        stage.turn()
    event_id = kill(stage.practice, "in_doubt", document=invoice)

    [row] = operator.json("replay", event_id, "--look", "--dry-run")

    assert row["found"] == {"verdict": "found", "lexware_ids": [stage.contacts()[0]["id"]]}


@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        (lambda stage: stage.control.add_fault(Fault(status=503, count=None)), "no usable answer"),
        (
            lambda stage: stage.db.execute("update outbox.intent set organisation_id = gen_random_uuid()"),
            "another company",
        ),
    ],
    ids=["no-answer", "other-organisation"],
)
def test_a_look_that_fails_says_so(stage: Stage, operator: Operator, payer: int, break_it: Any, said: str) -> None:
    """Whatever keeps Lexware from being asked is a sentence beside the letter, never the end of the command."""
    invoice = _in_doubt(stage, payer, LOST_AFTER)
    break_it(stage)

    result = operator.run("replay", event_of(stage.practice, invoice), "--look", "--dry-run")

    assert result.exit_code == 0
    assert said in result.stdout
