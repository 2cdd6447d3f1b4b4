"""The morning after: five hundred dead letters of five causes, told apart, repaired one cause after another, none sent twice."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from causes.scene import Scene, scene
from five_hundred import OF_A_CAUSE, PRACTICES, REASONS, at_work, copies, die, mend_data, new_contacts

_CANARIES = 3


@pytest.fixture(name="one")
def _one(db: psycopg.Connection, database_url: str) -> Iterator[Scene]:
    with scene(db, database_url) as one:
        one.commands.environment["LEXRELAY_SETTLE_SECONDS"] = "60"  # a replay waits so much longer for its canaries
        yield one


def _groups(one: Scene) -> dict[str, dict[str, Any]]:
    """What `dead groups` says, by reason."""
    return {group["reason"]: group for group in json.loads(one.say("dead", "groups", "--json"))}


def _rows(one: Scene, reason: str) -> list[Any]:
    """All that a replay would change, of every letter that does not have this reason."""
    return one.stage.db.execute(
        "select event_id, state, reason, closed_at, replayed_at, epoch, fence from outbox.event "
        "where reason is distinct from %s and replayed_at is null order by 1", (reason,),
    ).fetchall()  # fmt: skip


def _replay(one: Scene, *words: object, why: str, exits: int = 0) -> Counter[str]:
    """How many letters of a replay ended how, while poller and worker work."""
    with at_work(one):
        given = ("replay", *words, "--canary", _CANARIES, "--by", "ada", "--why", why, "--yes", "--json")
        code, stdout, stderr = one.commands.process(*given)
    assert code == exits, stderr
    return Counter(row["result"] for row in json.loads(stdout))


def _posts(one: Scene) -> int:
    return sum(call["method"] == "POST" for call in one.lexware.requests())


@pytest.mark.proof
def test_they_are_repaired_one_cause_after_another(one: Scene) -> None:
    """Five lines; a wrong remedy costs three canaries; the right one touches its group only; in the end each is there once."""
    die(one)
    before, groups = _posts(one), _groups(one)
    assert {reason: group["count"] for reason, group in groups.items()} == dict.fromkeys(REASONS, OF_A_CAUSE)
    group, others = groups["refused_by_lexware"]["group"], _rows(one, "refused_by_lexware")

    one.host("update practice.customers set country_code = 'YY' where country_code = 'XX'")
    wrong = _replay(one, "--group", group, why="a slip", exits=1)
    one.stage.run()  # the first death stops it, while others may be on their way still
    assert wrong["dead"]
    assert (wrong["dead"] + wrong["replayed"], wrong["stopped"]) == (_CANARIES, OF_A_CAUSE - _CANARIES)
    assert _posts(one) - before == _CANARIES
    assert _groups(one)["refused_by_lexware"]["count"] == OF_A_CAUSE

    one.host("update practice.customers set country_code = 'DE' where country_code = 'YY'")
    right = _replay(one, "--group", group, why="country put right")
    one.stage.run()
    assert right == {"delivered": _CANARIES, "replayed": OF_A_CAUSE - _CANARIES}
    assert _posts(one) - before == _CANARIES + OF_A_CAUSE
    assert (_rows(one, "refused_by_lexware"), len(_groups(one))) == (others, 4)

    _repair_the_rest(one)
    assert _replay(one, "--all", why="all is mended") == {
        "delivered": _CANARIES,
        "replayed": 4 * OF_A_CAUSE - _CANARIES,
    }
    one.stage.run()

    assert _groups(one) == {}
    assert set(copies(one).values()) == {1}
    assert len(copies(one)) == 5 * OF_A_CAUSE
    assert _history(one) == {
        ("replay", "a slip"): _CANARIES, ("replay", "country put right"): OF_A_CAUSE,
        ("replay", "all is mended"): 4 * OF_A_CAUSE, ("contact.link", "the old one is gone"): PRACTICES,
    }  # fmt: skip


def _repair_the_rest(one: Scene) -> None:
    """The practices mend their data, and the operator enters a new contact for those that are gone."""
    mend_data(one)
    for practice, customer, contact in new_contacts(one):
        one.say(
            "contact", "link", "--practice", practice, "--customer", customer, contact, "--by", "ada", "--why", "the old one is gone"
        )  # fmt: skip


def _history(one: Scene) -> Counter[tuple[str, str]]:
    """What `history` lists, all of it by ada."""
    actions = json.loads(one.say("history", "--json"))
    assert {action["by"] for action in actions} == {"ada"}
    return Counter((action["action"], action["why"]) for action in actions)
