"""`lexrelay dead`: what is stuck and why, grouped, filtered, explained; and no person in it unless revealed."""

import json

import psycopg
import pytest
from letters import ELSEWHERE, FOUND, ORGANISATION, Operator, attempt, intent, kill, look, on_duty, switched_on
from practice import Practice

from outbox.sql import query


@pytest.fixture(name="operator")
def _operator(db: psycopg.Connection, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Operator:
    """Whoever looks after lexrelay."""
    return on_duty(db, database_url, monkeypatch)


@pytest.fixture(name="house")
def _house(db: psycopg.Connection) -> Practice:
    """A switched-on practice."""
    return switched_on(db)


def test_list_has_the_keys_of_the_contract(house: Practice, operator: Operator) -> None:
    """The outside contract, key by key, with words in it."""
    event_id = kill(house, "missing_field", detail={"field": "payer.country_code"}, fence=3)
    attempt(house, event_id, "dead", "missing_field")

    [letter] = operator.json("dead", "list")

    assert list(letter) == [
        "event_id", "practice_id", "number", "kind", "reason", "group", "message", "action", "http_status", "attempts", "died_at",
    ]  # fmt: skip
    assert (letter["event_id"], letter["number"]) == (event_id, "RE-2026-0001")
    assert [tried["reason"] for tried in letter["attempts"]] == ["missing_field"]
    assert "addressee's country (payer.country_code)" in letter["message"]
    assert letter["died_at"].endswith("Z")


def test_words_are_german_where_german_is_spoken(house: Practice, operator: Operator) -> None:
    """`--lang` wins over LEXRELAY_LANG."""
    kill(house, "missing_field", detail={"field": "payer.country_code"})

    [letter] = operator.json("dead", "list", "--lang", "de")

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
    ids=" ".join,
)
def test_filters_choose(house: Practice, operator: Operator, filters: list[str]) -> None:
    """Each filter alone tells the one letter from the other, in list and groups alike."""
    other = switched_on(house.db)
    kill(other, "in_doubt", closed_at="2026-01-01")
    wanted = kill(house, "no_items")
    group = next(row["group"] for row in operator.json("dead", "groups") if row["reason"] == "no_items")
    recent = house.db.execute("select (now() - interval '1 hour')::text").fetchone()[0]
    given = [one.format(practice=house.practice_id, group=group, recent=recent) for one in filters]

    listed, grouped = operator.json("dead", "list", *given), operator.json("dead", "groups", *given)

    assert [letter["event_id"] for letter in listed] == [wanted]
    assert [row["group"] for row in grouped] == [group]


def test_groups_join_letters_of_one_cause(house: Practice, operator: Operator) -> None:
    """One line per cause with count, first and last, and the practices; a cause is more than a reason."""
    other = switched_on(house.db)
    for practice in (house, house, other):
        kill(practice, "missing_field", cause="missing_field payer.country_code")
    kill(house, "missing_field", cause="missing_field document.number")

    groups = operator.json("dead", "groups")

    assert [(row["reason"], row["count"]) for row in groups] == [("missing_field", 3), ("missing_field", 1)]
    assert set(groups[0]) == {"group", "reason", "count", "first_at", "last_at", "practice_ids"}
    assert groups[0]["practice_ids"] == [house.practice_id, other.practice_id]
    assert groups[0]["first_at"] < groups[0]["last_at"]


_HASHES = "select coalesce(sum(calls), 0) from pg_stat_user_functions where funcname = 'cause_group'"


def test_a_cause_is_named_once_not_for_each_letter(house: Practice) -> None:
    """Its name is a hash: beside thousands of letters a page of one cause would make all of theirs."""
    mine = [kill(house, "no_items") for _ in range(20)]
    other = [kill(house, "totals_differ") for _ in range(20)]
    filters = {"practice": None, "reason": None, "since": None, "ago": None}
    place = {"after_at": None, "after_id": None, "limit": 50}
    by_size = house.db.execute(query("dead.groups"), filters | {"group": None}).fetchall()
    names = {row[1]: row[0] for row in by_size}

    house.db.execute("set track_functions = 'all'")
    group = filters | {"group": names["no_items"]}
    [found] = house.db.execute(query("dead.groups"), group).fetchall()
    shown = [row[0] for row in house.db.execute(query("dead.page"), group | place).fetchall()]
    house.db.execute("select pg_stat_force_next_flush()")
    [(hashes,)] = house.db.execute(_HASHES).fetchall()

    assert (found[0], found[2]) == (names["no_items"], 20)
    assert shown == mine
    assert house.db.execute(query("dead.page"), group | {"group": "nowhere"} | place).fetchall() == []
    assert len(house.db.execute(query("dead.page"), group | {"group": None} | place).fetchall()) == len(mine + other)
    assert hashes <= 6


def test_groups_say_what_to_do(house: Practice, operator: Operator) -> None:
    """For people each group has its sentence and its step below the table."""
    kill(house, "contact_ambiguous")

    page = operator.run("dead", "groups").stdout

    assert "Several contacts in Lexware fit the addressee exactly" in page
    assert "(contact link), then replay." in page


def test_a_cause_is_told_without_the_figures_of_one(house: Practice, operator: Operator) -> None:
    """The field, the codes, the last setback are shared; which line it was, or how much, is each letter's own."""
    for place, total in ((0, "85.01"), (3, "12.00")):
        detail = {"field": f"lines[{place}].unit_price", "total_here": total, "total_there": "0.00"}
        kill(house, "totals_differ", detail=detail, cause="totals_differ lines[#].unit_price")

    pages = [operator.run("dead", words, "--lang", "de").stdout for words in ("groups", "list")]

    for page in pages:
        assert "Angabe: Einzelpreis (line.unit_price).\nZu tun (die Praxis): Menge, Einzelpreis" in page
        assert "85.01" not in page
        assert page.count("Zu tun") == 1


def test_what_is_about_a_contact_leads_to_contacts(house: Practice, operator: Operator) -> None:
    """Twice there, or in doubt: the words are those of a contact, the links lead there, and a replay may follow."""
    twice = kill(house, "duplicate_found", detail={"contact_ids": [FOUND, ELSEWHERE]})
    doubted = kill(house, "in_doubt", detail={"why": "look_failed"})
    intent(house, doubted, effect="contact")

    told = [operator.json("dead", "show", event_id) for event_id in (twice, doubted)]

    assert told[0]["urls"] == [f"https://app.lexware.de/permalink/contacts/view/{one}" for one in (FOUND, ELSEWHERE)]
    assert "The addressee's contact is in Lexware more than once" in told[0]["message"]
    assert "The document itself was not sent yet" in told[1]["message"]
    assert [(one["replay"], one["plan"]) for one in told] == [
        ("after_the_step", "send"),
        ("after_the_step", "look_first"),
    ]


def test_the_list_speaks_german(house: Practice, operator: Operator) -> None:
    """What the contract calls cancellation is a Stornorechnung to whoever reads."""
    event_id = kill(house, "no_items", document=house.cancel(house.invoice(house.customer())))

    assert "Stornorechnung" in operator.run("dead", "list", "--lang", "de").stdout
    assert "Art: Stornorechnung" in operator.run("dead", "show", event_id, "--lang", "de").stdout


def test_a_known_objection_is_told_as_such(house: Practice, operator: Operator) -> None:
    """Lists, groups and the attempt itself name what Lexware objected to, not that it is unknown."""
    detail = {"codes": ["INVALID address.countryCode"]}
    event_id = kill(house, "refused_by_lexware", detail=detail, http_status=406)
    attempt(house, event_id, "dead", "refused_by_lexware")
    house.db.execute("update outbox.attempt set detail = %s", (json.dumps(detail),))

    pages = [operator.run("dead", *words).stdout for words in (["list"], ["groups"], ["show", event_id])]

    assert [page.count("does not know the addressee's country") for page in pages] == [1, 1, 2]
    assert "does not know." not in "".join(pages)


def test_an_empty_answer_is_no_failure(house: Practice, operator: Operator) -> None:
    """Nothing dead: an empty list, and a sentence for people."""
    assert operator.json("dead", "list") == []
    assert operator.json("dead", "groups", "--group", "0123abcd") == []
    assert "Nothing is dead here." in operator.run("dead", "list").stdout


def test_show_tells_what_was_tried_sent_and_seen(house: Practice, operator: Operator) -> None:
    """The letter with attempts, intents and their looks, the action, and links into Lexware for every id."""
    event_id = kill(house, "in_doubt", cause="in_doubt look_alike", detail={"lexware_ids": [FOUND]}, fence=2)
    attempt(house, event_id)
    look(house, intent(house, event_id), "look_alike", lexware_ids=[FOUND])

    told = operator.json("dead", "show", event_id)

    assert told["urls"] == [f"https://app.lexware.de/permalink/invoices/view/{FOUND}"]
    assert [one["reason"] for one in told["attempts"]] == ["in_doubt"]
    assert [look["verdict"] for look in told["intents"][0]["looks"]] == ["look_alike"]
    assert (told["plan"], told["who"], told["replay"]) == ("look_first", "practice", "as_it_is")
    assert FOUND in told["message"]


def test_show_can_be_read_aloud(house: Practice, operator: Operator) -> None:
    """The page for people says the same in sentences."""
    event_id = kill(house, "in_doubt", detail={"lexware_ids": [FOUND]})
    attempt(house, event_id)
    look(house, intent(house, event_id), "look_alike", lexware_ids=[FOUND])

    page = operator.run("dead", "show", event_id).stdout

    assert "Sent, but without a readable answer" in page
    assert f"something alike in Lexware {FOUND}" in page
    assert "On replay: look first" in page


def test_show_names_the_customer_and_where_its_contact_is(house: Practice, operator: Operator) -> None:
    """By id and link: what `contact link` asks for, and where to look first."""
    payer = house.customer()
    house.link(payer, FOUND, ORGANISATION)
    event_id = kill(house, "contact_gone", document=house.invoice(payer))

    page, told = operator.run("dead", "show", event_id).stdout, operator.json("dead", "show", event_id)

    contact = f"https://app.lexware.de/permalink/contacts/view/{FOUND}"
    assert (told["customer_id"], told["contact_url"]) == (payer, contact)
    assert f"Customer: {payer}\n" in page
    assert f"The customer's contact: {contact}\n" in page


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("in_doubt", "On replay: send\n"),
        ("contact_gone", "On replay: send; it helps once that step is done\n"),
        ("duplicate_found", "On replay: needs a human\n"),
    ],
)
def test_show_says_whether_a_replay_helps(house: Practice, operator: Operator, reason: str, said: str) -> None:
    """As it is, after the step, or never."""
    assert said in operator.run("dead", "show", kill(house, reason)).stdout


def test_show_of_what_is_not_dead_fails(house: Practice, operator: Operator) -> None:
    """An explicit id that is not there or not dead is bad news, in a sentence."""
    house.invoice(house.customer())
    pending = house.db.execute("select event_id from outbox.event").fetchone()[0]

    unknown, alive = operator.run("dead", "show", 4711), operator.run("dead", "show", pending)

    assert (unknown.exit_code, alive.exit_code) == (1, 1)
    assert unknown.stderr == "There is no event 4711.\n"
    assert "is not dead but pending" in alive.stderr


def test_persons_appear_only_when_revealed(house: Practice, operator: Operator) -> None:
    """No command names the payer, until `--reveal` does; and that is kept in the history."""
    event_id = kill(house, "missing_field", detail={"field": "payer.zip"})

    silent = "".join(operator.run("dead", *words).output for words in (["list"], ["groups"], ["show", event_id]))
    revealed = operator.run("dead", "show", event_id, "--reveal", "--by", "ada", "--why", "call the payer").stdout

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
def test_nonsense_is_a_usage_error(operator: Operator, words: list[str]) -> None:
    """What no filter understands ends with exit code 2, before anything is asked."""
    assert operator.run(*words).exit_code == 2
