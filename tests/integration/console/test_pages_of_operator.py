"""The operator's pages: figures as the commands have them, causes with their plan, replay and discard of a fixed set."""

import re
from html import unescape

import psycopg
import pytest
from browser import Browser, Pages
from commands import Commands
from polling import until
from practice import Practice
from reading_pages import PageRead
from sandbox_bodies import INVOICE
from stage import Stage


@pytest.fixture(name="run")
def _run(stage: Stage, database_url: str) -> Commands:
    return Commands(database_url, stage.sandbox)


def with_letters(stage: Stage, count: int) -> list[int]:
    """So many letters of one cause: an exemption note is missing; and one of another."""
    customer = stage.practice.customer()
    invoices = [stage.practice.invoice(customer, exemption_note=None) for _ in range(count)]
    stage.practice.invoice(customer, [], total=0)
    stage.run()
    return [stage.event(invoice)["event_id"] for invoice in invoices]


def test_counts_follow_the_filter(stage: Stage, pages: Pages) -> None:
    """Not the whole while a part is shown."""
    with_letters(stage, 3)
    operator = pages.browser("operator")

    assert "Documents: 4; causes: 2" in operator.get("/letters").text
    assert "Documents: 1; causes: 1" in operator.get("/letters?reason=no_items").text
    assert "Documents: 0; causes: 0" in operator.get("/letters?reason=currency").text
    assert operator.get("/letters?practice=99").status_code == 404


def group_of(stage: Stage, run: Commands) -> str:
    """The cause of most letters."""
    return str(run.json("dead", "groups")[0]["group"])


def test_a_morning(stage: Stage, pages: Pages, run: Commands) -> None:
    """Find, understand, repair, canary, replay the rest, see it in the history."""
    events = with_letters(stage, 3)
    operator, group = pages.browser("operator"), group_of(stage, run)
    page = operator.get(f"/letters?group={group}").text
    assert "does not say why" in page
    assert page.count('class="plan ') == 3

    stage.db.execute("update practice.invoices set exemption_note = 'Umsatzsteuerfrei nach § 4 Nr. 14 UStG'")
    page = operator.get(f"/letters?group={group}").text
    assert page.count('class="plan send"') == 3
    until_when = unescape(re.search(r'name="until" value="([^"]+)"', page)[1])
    sent = operator.post("/letters", replay="1", group=group, until=until_when, canary="1", why="note added")
    assert sent.status_code == 303
    until(lambda: stage.turn() == 0 and "It is over" in operator.get(sent.headers["location"]).text, every=0.05)
    stage.run()

    assert {
        stage.db.execute("select state from outbox.event where event_id = %s", (one,)).fetchone()[0] for one in events
    } == {"delivered"}
    history = operator.get("/history").text
    assert history.count('<th scope="row">replayed</th>') == 3
    assert history.count("note added") == 3


def test_what_was_ticked_is_replayed_and_no_more(stage: Stage, pages: Pages) -> None:
    """By their events."""
    events = with_letters(stage, 3)
    operator = pages.browser("operator")
    operator.follow("/letters", replay="1", events=[str(events[0]), str(events[2])], why="test")

    states = dict(stage.db.execute("select event_id, state from outbox.event").fetchall())
    assert [states[one] for one in events] == ["pending", "dead", "pending"]


def test_what_died_after_the_page_was_shown_stays(stage: Stage, pages: Pages, run: Commands) -> None:
    """The set is fixed when it is seen."""
    events = with_letters(stage, 2)
    group = group_of(stage, run)
    page = pages.browser("operator").get(f"/letters?group={group}").text
    until_when = unescape(re.search(r'name="until" value="([^"]+)"', page)[1])
    later = stage.practice.invoice(stage.practice.customer(), exemption_note=None)
    stage.run()

    pages.browser("operator").follow("/letters", replay="1", group=group, until=until_when)

    states = dict(stage.db.execute("select event_id, state from outbox.event").fetchall())
    assert [states[one] for one in events] == ["pending", "pending"]
    assert stage.outcome(later)[0] == "dead"


def test_a_letter_is_closed_with_a_reason_or_as_what_it_is_there(stage: Stage, pages: Pages) -> None:
    """As the command does: never without why, an id for one letter only, and nothing that is not dead."""
    one, two, three = with_letters(stage, 3)
    operator = pages.browser("operator")
    lexware_id = str(
        stage.control.act(stage.tenant.id, "create_document", kind="invoice", body=INVOICE | {"remark": None})["id"]
    )

    assert operator.post("/letters", discard="1", events=str(one)).status_code == 400
    assert (
        operator.post("/letters", discard="1", events=[str(one), str(two)], why="x", remote_id=lexware_id).status_code
        == 400
    )
    operator.follow(f"/documents/{one}", discard="1", why="typed by hand")
    operator.follow("/letters", discard="1", events=str(two), why="typed by hand", remote_id=lexware_id)
    assert operator.post("/letters", discard="1", events=str(one), why="again").status_code == 409

    states = dict(stage.db.execute("select event_id, state from outbox.event").fetchall())
    assert [states[each] for each in (one, two, three)] == ["discarded", "discarded", "dead"]
    assert stage.db.execute("select lexware_id::text, origin from lexware.document_link").fetchall() == [
        (lexware_id, "by_hand")
    ]


def test_a_document_in_doubt_is_looked_for_and_never_just_sent(stage: Stage, pages: Pages) -> None:
    """While it is in doubt there is nothing to press; when it died of it: look, adopt, close."""
    invoice = stage.practice.invoice(stage.practice.customer())
    stage.db.execute("update outbox.event set step = 'document'")
    stage.control.set_switches(rate_per_second=0)
    event = stage.event(invoice)["event_id"]
    stage.db.execute(
        "insert into outbox.intent (practice_id, organisation_id, event_id, effect, subject_id, fence, worker, send_by, sent_with) "
        "select practice_id, %s, event_id, 'invoice', document_id, 1, 1, now(), '{}' from outbox.event",
        (stage.tenant.id,),
    )
    operator = pages.browser("operator")
    page = operator.get(f"/documents/{event}").text
    assert 'class="state in_doubt"' in page
    assert 'name="replay"' not in page
    assert operator.post(f"/documents/{event}", replay="1").status_code == 409

    stage.db.execute(
        "update outbox.event set state = 'dead', reason = 'in_doubt', due_at = null, closed_at = now(), cause = 'x'"
    )
    page = operator.get(f"/documents/{event}").text
    assert "Look first, then go on" in page
    assert "Adopt and close" in page
    assert ">Replay</button>" not in page


def test_what_was_forgotten_is_said_on_the_page_of_the_cause(stage: Stage, pages: Pages, run: Commands) -> None:
    """A form that lacks something leads back to where it was filled in."""
    one, *_ = with_letters(stage, 2)
    operator, page = pages.browser("operator"), f"/letters?group={group_of(stage, run)}"
    [chosen, _] = [form for form in PageRead(operator.get(page).text).forms if form.action != "/leave"]
    refused = operator.post(chosen.action, **chosen.fields | {"events": str(one), "discard": "1"})

    assert (chosen.action, refused.status_code) == (page, 400)
    assert "Say why" in refused.text
    assert f'value="{one}"' in refused.text


@pytest.mark.parametrize("by", ["number", "event", "lexware id", "address there"])
def test_a_document_is_found(stage: Stage, pages: Pages, by: str) -> None:
    """By whatever somebody has of it."""
    invoice = stage.practice.invoice(stage.practice.customer())
    stage.practice.invoice(stage.practice.customer())
    stage.run()
    lexware_id = stage.lexware_id(invoice)
    known = {
        "number": "RE-2026-0001", "event": str(stage.event(invoice)["event_id"]), "lexware id": lexware_id,
        "address there": f"https://app.lexware.de/permalink/invoices/view/{lexware_id}",
    }  # fmt: skip
    page = pages.browser("operator").client.get("/documents", params={"q": known[by]}).text

    assert "RE-2026-0001" in page
    assert "RE-2026-0002" not in page


def test_practices_are_chosen_and_turned_by_keys(stage: Stage, pages: Pages) -> None:
    """Counts follow the filter, and no practice is missing or comes twice."""
    for _ in range(105):
        Practice(stage.db)
    operator = pages.browser("operator")

    first = operator.get("/practices").text
    rest = operator.get(unescape(re.search(r'class="more" href="([^"]+)"', first)[1])).text
    shown = [int(found) for page in (first, rest) for found in re.findall(r'data-practice="(\d+)"', page)]
    assert shown == list(range(1, 107))
    assert "106 practices" in rest
    assert "1 practice<" in operator.get("/practices?connection=active").text
    assert "105 practices" in operator.get("/practices?connection=not_booked").text


def test_everything_is_checked_where_nobody_has_said_where_redis_is(stage: Stage, pages: Pages) -> None:
    """The console does not need it; the checks say so instead of failing."""
    page = pages.browser("operator").get("/system?check=1").text

    assert "REDIS_URL" in page
    assert "Lexware accepts" in page


def test_pausing_and_resuming(stage: Stage, pages: Pages) -> None:
    """On the page of the practice, recorded with the user and why."""
    own, operator = f"/practices/{stage.practice.practice_id}", pages.browser("operator")

    operator.follow(own, pause="1", why="move")
    assert stage.db.execute("select pause_reason from outbox.lane").fetchone() == ("operator",)
    operator.follow(own, resume="1")
    assert stage.db.execute("select pause_reason from outbox.lane").fetchone() == (None,)
    done = stage.db.execute("select by, action, why from outbox.operator_action order by action_id").fetchall()
    assert done[-2:] == [("Kim Beispiel", "practice.pause", "move"), ("Kim Beispiel", "practice.resume", None)]


def test_what_comes_from_a_host_is_text(db: psycopg.Connection, stage: Stage, pages: Pages) -> None:
    """Markup in a name or a number stays what it is, and what cannot be seen is shown by a sign."""
    db.execute("update practice.practices set name = '<script>x</script>\u202eY'")
    stage.practice.invoice(stage.practice.customer(), number="<b>1</b>")
    browser: Browser = pages.browser("operator")

    for path in ("/practices", f"/practices/{stage.practice.practice_id}", "/documents"):
        page = browser.get(path).text
        assert "<script>x" not in page
        assert "\u202e" not in page
        assert "<b>1" not in page


def test_nobody_is_needed_only_where_nothing_is_wrong(stage: Stage, pages: Pages) -> None:
    """An alarm wants somebody, though no letter is dead."""
    page = pages.browser("operator").get("/").text

    assert "No poller is running" in page
    assert "Nobody is needed" not in page
