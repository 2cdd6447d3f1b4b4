"""G2: a server that was promoted, or recovered to a point in time, may have lost the last commits; nothing is sent blind."""

from frost import known_payer
from stage import Stage

from outbox.db import connect


def _settle_in(stage: Stage) -> None:
    with connect(stage._url) as connection:
        stage._poller.follow_timeline(connection)


def test_what_the_lost_commits_knew_is_found_and_not_sent_again(stage: Stage) -> None:
    """It is in Lexware, and what said so is lost; on the new timeline it is looked for first."""
    _settle_in(stage)
    invoice = stage.practice.invoice(known_payer(stage))
    stage.run()
    stage.db.execute("delete from lexware.document_link")
    stage.db.execute("delete from outbox.look")
    stage.db.execute("delete from outbox.intent")
    stage.db.execute("update outbox.event set state = 'pending', closed_at = null, due_at = now()")
    stage.db.execute("update outbox.installation set timeline = '00000000'")

    _settle_in(stage)
    stage.run()

    assert (stage.outcome(invoice), stage.posts()) == (("delivered", None), 1)


def test_the_same_timeline_costs_no_look(stage: Stage) -> None:
    """Every new connection of a poller asks; a look costs calls."""
    _settle_in(stage)
    invoice = stage.practice.invoice(known_payer(stage))

    _settle_in(stage)
    stage.run()

    assert (stage.event(invoice)["look_since"], len(stage.control.requests(stage.tenant.id))) == (None, 1)
