"""`lexrelay dead`: what is stuck and why, grouped, filtered, explained; and no person in it unless revealed."""

import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner, Result
from practice import SECRET_KEY, Practice

from worker.cli import main

ORGANISATION = "11111111-1111-4111-8111-111111111111"
FOUND = "22222222-2222-4222-8222-222222222222"


@pytest.fixture(name="house")
def _house(db: psycopg.Connection) -> Practice:
    """A switched-on practice."""
    practice = Practice(db)
    practice.switch_on(ORGANISATION, "key")
    return practice


@pytest.fixture(name="run")
def _run(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Runs a command as an operator would, in English."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("LEXRELAY_SECRET_KEYS", SECRET_KEY)
    monkeypatch.setenv("LEXRELAY_LANG", "en")
    yield lambda *words: CliRunner().invoke(main, [str(word) for word in words])


def _kill(house: Practice, reason: str, *, cause: str | None = None, detail: dict | None = None, **columns: Any) -> int:
    """A document whose event has died; returns the event's id."""
    document = house.invoice(house.customer())
    row = house.db.execute(
        "update outbox.event set state = 'dead', reason = %s, cause = %s, detail = %s, due_at = null, "
        "closed_at = clock_timestamp() where document_id = %s returning event_id",
        (reason, cause or reason, json.dumps(detail or {}), document),
    ).fetchone()
    for name, value in columns.items():
        house.db.execute(f"update outbox.event set {name} = %s where event_id = %s", (value, row[0]))
    return int(row[0])


def _json(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_list_has_the_keys_of_the_contract(house: Practice, run: Any) -> None:
    """The outside contract, key by key, with words in it."""
    event_id = _kill(house, "missing_field", detail={"field": "payer.country_code"}, fence=3)

    [letter] = _json(run("dead", "list", "--json"))

    assert list(letter) == [
        "event_id", "practice_id", "number", "kind", "reason", "group", "message", "action", "http_status", "attempts", "died_at",
    ]  # fmt: skip
    assert (letter["event_id"], letter["number"], letter["attempts"]) == (event_id, "RE-2026-0001", 3)
    assert "addressee's country (payer.country_code)" in letter["message"]
    assert letter["died_at"].endswith("Z")


def test_words_are_german_where_german_is_spoken(house: Practice, run: Any) -> None:
    """`--lang` wins over LEXRELAY_LANG."""
    _kill(house, "missing_field", detail={"field": "payer.country_code"})

    [letter] = _json(run("dead", "list", "--json", "--lang", "de"))

    assert "Land des Empfängers (payer.country_code)" in letter["message"]


@pytest.mark.parametrize(
    "filters",
    [
        ["--practice", "{practice}"],
        ["--reason", "no_items"],
        ["--group", "{group}"],
        ["--since", "2h"],
        ["--since", "{recent}"],
    ],
    ids=lambda one: " ".join(one),
)
def test_filters_choose(house: Practice, run: Any, filters: list[str]) -> None:
    """Each filter alone tells the one letter from the other, in list and groups alike."""
    other = Practice(house.db)
    other.switch_on(ORGANISATION, "key")
    _kill(other, "in_doubt", closed_at="2026-01-01")
    wanted = _kill(house, "no_items")
    group = next(row["group"] for row in _json(run("dead", "groups", "--json")) if row["reason"] == "no_items")
    recent = house.db.execute("select (now() - interval '1 hour')::text").fetchone()[0]
    given = [one.format(practice=house.practice_id, group=group, recent=recent) for one in filters]

    listed, grouped = _json(run("dead", "list", "--json", *given)), _json(run("dead", "groups", "--json", *given))

    assert [letter["event_id"] for letter in listed] == [wanted]
    assert [row["group"] for row in grouped] == [group]


def test_groups_join_letters_of_one_cause(house: Practice, run: Any) -> None:
    """One line per cause with count, first and last, and the practices; a cause is more than a reason."""
    other = Practice(house.db)
    other.switch_on(ORGANISATION, "key")
    for practice in (house, house, other):
        _kill(practice, "missing_field", cause="missing_field payer.country_code")
    _kill(house, "missing_field", cause="missing_field document.number")

    groups = _json(run("dead", "groups", "--json"))

    assert [(row["reason"], row["count"]) for row in groups] == [("missing_field", 3), ("missing_field", 1)]
    assert set(groups[0]) == {"group", "reason", "count", "first_at", "last_at", "practice_ids"}
    assert groups[0]["practice_ids"] == [house.practice_id, other.practice_id]
    assert groups[0]["first_at"] < groups[0]["last_at"]


def test_an_empty_answer_is_no_failure(house: Practice, run: Any) -> None:
    """Nothing dead: an empty list, and a sentence for people."""
    assert _json(run("dead", "list", "--json")) == []
    assert _json(run("dead", "groups", "--json", "--group", "0123abcd")) == []
    assert "Nothing is dead here." in run("dead", "list").stdout


def test_show_tells_what_was_tried_sent_and_seen(house: Practice, run: Any) -> None:
    """The letter with attempts, intents and their looks, the action, and links into Lexware for every id."""
    event_id = _kill(house, "in_doubt", cause="in_doubt look_alike", detail={"lexware_ids": [FOUND]}, fence=2)
    _attempt(house, event_id)
    _intent(house, event_id)

    told = _json(run("dead", "show", event_id, "--json"))

    assert told["urls"] == [f"https://app.lexware.de/permalink/invoices/view/{FOUND}"]
    assert [one["reason"] for one in told["attempts"]] == ["in_doubt"]
    assert [look["verdict"] for look in told["intents"][0]["looks"]] == ["look_alike"]
    assert (told["plan"], told["who"], told["replay"]) == ("look_first", "practice", "as_it_is")
    assert FOUND in told["message"]


def test_show_can_be_read_aloud(house: Practice, run: Any) -> None:
    """The page for people says the same in sentences."""
    event_id = _kill(house, "in_doubt", detail={"lexware_ids": [FOUND]})
    _attempt(house, event_id)
    _intent(house, event_id)

    page = run("dead", "show", event_id).stdout

    assert "Sent, but without a readable answer" in page
    assert f"something alike in Lexware {FOUND}" in page
    assert "A replay would: look first" in page


def test_show_of_what_is_not_dead_fails(house: Practice, run: Any) -> None:
    """An explicit id that is not there or not dead is bad news, in a sentence."""
    house.invoice(house.customer())
    pending = house.db.execute("select event_id from outbox.event").fetchone()[0]

    unknown, alive = run("dead", "show", 4711), run("dead", "show", pending)

    assert (unknown.exit_code, alive.exit_code) == (1, 1)
    assert unknown.stderr == "There is no event 4711.\n"
    assert "is not dead but pending" in alive.stderr


def test_persons_appear_only_when_revealed(house: Practice, run: Any) -> None:
    """No command names the payer, until `--reveal` does; and that is kept in the history."""
    event_id = _kill(house, "missing_field", detail={"field": "payer.zip"})

    silent = "".join(run("dead", *words).output for words in (["list"], ["groups"], ["show", event_id]))
    revealed = run("dead", "show", event_id, "--reveal", "--by", "ada", "--why", "call the payer").stdout

    assert "Beispiel" not in silent
    assert "Addressee: Ada Beispiela" in revealed
    assert house.db.execute("select by, action, why, event_id from outbox.operator_action").fetchall() == [
        ("ada", "reveal", "call the payer", event_id)
    ]


@pytest.mark.parametrize(
    "words",
    [
        ["dead", "list", "--reason", "boredom"],
        ["dead", "list", "--since", "yesterday"],
        ["dead", "list", "--group", "all"],
        ["dead", "show", "x"],
        ["dead", "show", str(2**70)],
    ],
    ids=lambda words: words[-1],
)
def test_nonsense_is_a_usage_error(run: Any, words: list[str]) -> None:
    """What no filter understands ends with exit code 2, before anything is asked."""
    assert run(*words).exit_code == 2


def _attempt(house: Practice, event_id: int) -> None:
    house.db.execute(
        "insert into outbox.attempt (event_id, fence, epoch, step, worker, ended_at, outcome, reason) "
        "values (%s, 1, 1, 'document', 1, clock_timestamp(), 'snooze', 'in_doubt')",
        (event_id,),
    )


def _intent(house: Practice, event_id: int) -> None:
    house.db.execute(
        "with intent as (insert into outbox.intent (practice_id, organisation_id, event_id, effect, subject_id, fence, "
        "worker, send_by, sent_with) select practice_id, %s, event_id, 'invoice', document_id, 1, 1, clock_timestamp(), "
        "'{}' from outbox.event where event_id = %s returning intent_id) "
        "insert into outbox.look (intent_id, verdict, evidence) select intent_id, 'look_alike', %s from intent",
        (ORGANISATION, event_id, json.dumps({"lexware_ids": [FOUND]})),
    )
