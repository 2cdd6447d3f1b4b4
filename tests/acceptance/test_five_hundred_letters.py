"""The morning after: five hundred dead letters of five causes, told apart, repaired one cause after another, none sent twice."""

import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from causes.scene import HOME, Scene, scene
from practice import Practice

_PRACTICES, _EACH = 5, 20
_OF_A_CAUSE = _PRACTICES * _EACH
_CANARIES = 3


@pytest.fixture(name="one")
def _one(db: psycopg.Connection, database_url: str) -> Iterator[Scene]:
    with scene(db, database_url) as one:
        one.commands.environment["LEXRELAY_SETTLE_SECONDS"] = "60"  # a replay waits so much longer for its canaries
        yield one


@contextmanager
def _at_work(one: Scene) -> Iterator[None]:
    """Poller and worker go on in the background, as they do while an operator types."""
    done = threading.Event()

    def work() -> None:
        while not done.is_set():
            if not one.stage.turn():
                done.wait(0.02)

    chain = threading.Thread(target=work)
    chain.start()
    try:
        yield
    finally:
        done.set()
        chain.join()


def _die(one: Scene) -> None:
    """Each practice completes twenty documents for every cause."""
    for place in range(_PRACTICES):
        practice, tenant = one.practice, one.stage.tenant
        if place:
            practice, tenant = Practice(one.stage.db), one.lexware.add_organisation()
            practice.switch_on(tenant.id, tenant.key)
        good, gone, foreign = (_linked(one, practice, tenant.id, last) for last in ("Gut", "Weg", "Fern"))
        one.lexware.act(tenant.id, "delete_contact", contact=gone[1])
        one.host("update practice.customers set country_code = 'XX' where id = %s", foreign[0])
        nowhere = practice.customer(country_code=None)
        for _ in range(_EACH):
            practice.invoice(nowhere)
            practice.invoice(good[0], exemption_note=None)
            practice.invoice(good[0], total=Decimal("85.01"))
            practice.invoice(gone[0])
            practice.invoice(foreign[0])
    one.stage.run()


def _linked(one: Scene, practice: Practice, organisation: str, last_name: str) -> tuple[int, str]:
    """A customer and the contact that is linked with it."""
    payer = practice.customer(last_name=last_name)
    person = {"roles": {"customer": {}}, "person": {"firstName": "Ada", "lastName": last_name}}
    contact = one.lexware.act(organisation, "create_contact", body=person | {"addresses": {"billing": [HOME]}})["id"]
    practice.link(payer, contact, organisation)
    return payer, contact


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
    with _at_work(one):
        given = ("replay", *words, "--canary", _CANARIES, "--by", "ada", "--why", why, "--yes", "--json")
        code, stdout, stderr = one.commands.process(*given)
    assert code == exits, stderr
    return Counter(row["result"] for row in json.loads(stdout))


def _posts(one: Scene) -> int:
    return sum(call["method"] == "POST" for call in one.lexware.requests())


@pytest.mark.proof
def test_they_are_repaired_one_cause_after_another(one: Scene) -> None:
    """Five lines; a wrong remedy costs three canaries; the right one touches its group only; in the end each is there once."""
    _die(one)
    before, groups = _posts(one), _groups(one)
    assert {reason: group["count"] for reason, group in groups.items()} == dict.fromkeys(
        ["missing_field", "exemption_note_missing", "totals_differ", "contact_gone", "refused_by_lexware"], _OF_A_CAUSE
    )
    group, others = groups["refused_by_lexware"]["group"], _rows(one, "refused_by_lexware")

    one.host("update practice.customers set country_code = 'YY' where country_code = 'XX'")
    wrong = _replay(one, "--group", group, why="a slip", exits=1)
    one.stage.run()  # the first death stops it, while others may be on their way still
    assert wrong["dead"]
    assert (wrong["dead"] + wrong["replayed"], wrong["stopped"]) == (_CANARIES, _OF_A_CAUSE - _CANARIES)
    assert _posts(one) - before == _CANARIES
    assert _groups(one)["refused_by_lexware"]["count"] == _OF_A_CAUSE

    one.host("update practice.customers set country_code = 'DE' where country_code = 'YY'")
    right = _replay(one, "--group", group, why="country put right")
    one.stage.run()
    assert right == {"delivered": _CANARIES, "replayed": _OF_A_CAUSE - _CANARIES}
    assert _posts(one) - before == _CANARIES + _OF_A_CAUSE
    assert (_rows(one, "refused_by_lexware"), len(_groups(one))) == (others, 4)

    _repair_the_rest(one)
    assert _replay(one, "--all", why="all is mended") == {
        "delivered": _CANARIES,
        "replayed": 4 * _OF_A_CAUSE - _CANARIES,
    }
    one.stage.run()

    assert _groups(one) == {}
    assert set(_copies(one).values()) == {1}
    assert len(_copies(one)) == 5 * _OF_A_CAUSE
    assert _history(one) == {
        ("replay", "a slip"): _CANARIES, ("replay", "country put right"): _OF_A_CAUSE,
        ("replay", "all is mended"): 4 * _OF_A_CAUSE, ("contact.link", "the old one is gone"): _PRACTICES,
    }  # fmt: skip


def _repair_the_rest(one: Scene) -> None:
    """The practices mend their data, and the operator enters a new contact for those that are gone."""
    one.host("update practice.customers set country_code = 'DE' where country_code is null")
    one.host("update practice.invoices set exemption_note = 'Umsatzsteuerfrei', total = 85")
    gone = one.stage.db.execute(
        "select c.practice_id, c.id, o.organisation_id::text from practice.customers c join lexware.connection o using (practice_id) "
        "where c.last_name = 'Weg'"
    ).fetchall()
    for practice, customer, organisation in gone:
        person = {"roles": {"customer": {}}, "person": {"firstName": "Ada", "lastName": "Weg"}}
        made = one.lexware.act(organisation, "create_contact", body=person | {"addresses": {"billing": [HOME]}})["id"]
        one.say(
            "contact", "link", "--practice", practice, "--customer", customer, made, "--by", "ada", "--why", "the old one is gone"
        )  # fmt: skip


def _copies(one: Scene) -> Counter[str]:
    """How often each marker stands in Lexware, in all companies together."""
    return Counter(document["body"]["remark"].splitlines()[-1] for document in one.lexware.documents())


def _history(one: Scene) -> Counter[tuple[str, str]]:
    """What `history` lists, all of it by ada."""
    actions = json.loads(one.say("history", "--json"))
    assert {action["by"] for action in actions} == {"ada"}
    return Counter((action["action"], action["why"]) for action in actions)
