"""The account of one document as a page for people: its timeline, its place in Lexware, what happens next and when."""

import click

from outbox.db import Row
from worker.account import Account
from worker.timeline import moments
from worker.times import to_the_second

_NEXT = {
    "finish": "It is in the hands of a worker right now",
    "look": "It is in doubt: Lexware is asked whether it is there, and nothing is sent before",
    "verify": "It is delivered; because it was sent twice, Lexware is asked once more for a twin",
    "create_contact": "Its payer's contact is found or created",
    "upload_invoice": "It is sent as a draft invoice",
    "upload_cancellation": "It is sent as a draft credit note",
}
_HELD = {
    "not_booked": "the transfer is not booked: `lexrelay practice book`",
    "not_connected": "no API key is stored: `lexrelay practice connect`",
    "disabled": "the transfer is switched off: `lexrelay practice enable`",
    "operator": "an operator paused it: `lexrelay practice resume`",
}
_ANOTHER_KEY = "Lexware does not let us in ({reason}): `lexrelay practice connect` with a working key"


def show_account(account: Account) -> None:
    """Print the page."""
    event = account.story.event
    reason = f" ({account.reason})" if account.reason else ""
    click.echo(
        f"{event['kind'].capitalize()} {event['number']} of practice {event['practice_id']}: {event['state']}{reason}\n"
    )
    for at, sentence in moments(account.story):
        click.echo(f"{to_the_second(at)}  {sentence}")
    click.echo()
    for line in (*_in_lexware(account), _what_next(account)):
        click.echo(line)


def _in_lexware(account: Account) -> list[str]:
    link = account.link
    lines = []
    if link["lexware_id"]:
        lines += [f"In Lexware: {account.url}", f"To edit it: {account.edit_url}"]
    if link["contact_id"]:
        lines.append(f"Its contact: {account.contact_url}")
    if link["linked_invoice_id"]:
        lines.append(f"It is linked with the invoice {link['linked_invoice_id']}.")
    if link["notice"] == "original_is_draft":
        lines.append("Its invoice was a draft when it came. Both are drafts: finalise both or delete both.")
    elif link["notice"]:
        lines.append(f"It is not linked with its invoice ({link['notice']}).")
    return lines


def _what_next(account: Account) -> str:
    event, following = account.story.event, account.next
    if event["state"] == "dead":
        return f"Nothing happens by itself: `lexrelay dead show {event['event_id']}` says what to do."
    if following is None:
        return "Nothing more happens."
    if event["state"] == "held":
        return f"It is held until its practice may transfer again; {_held(account.reason)}."
    if event["state"] == "blocked":
        return _blocked(event)
    when = f", about {to_the_second(following['at'])}" if following["at"] else ""
    return f"Next: {_NEXT[following['what']]}{when}{_queue(event)}."


def _held(reason: str | None) -> str:
    return _HELD.get(reason or "disabled", _ANOTHER_KEY.format(reason=reason))


def _blocked(event: Row) -> str:
    if event["original_state"] in ("pending", "dead"):
        why = ", ".join(filter(None, (event["original_state"], event["original_reason"])))
        return f"It waits for its invoice {event['original_number']} (event {event['original_event_id']}: {why})."
    return f"It waits for the same customer's {event['holder_number']} (event {event['holder_event_id']}), whose contact is in doubt."


def _queue(event: Row) -> str:
    """What is before it, and what slows the lane."""
    before = f", {event['place']} before it" if event["place"] and event["state"] != "in_flight" else ""
    cooling = f"; the practice cools down ({event['cool_reason']})" if event["is_cooling"] else ""
    outage = "; Lexware answers nobody at the moment" if event["probe_at"] else ""
    return f"{before}{cooling}{outage}"


def why_no_event(document: Row | None, *, practice: int, number: str) -> str:
    """Why there is nothing to tell about a number, and what to do."""
    if document is None:
        return f"Practice {practice} has no document {number}."
    name = f"{document['kind'].capitalize()} {number}"
    if document["status"] == "draft":
        return f"{name} is still a draft in the practice software; it goes over when it is completed."
    if document["expected"]:
        return (
            f"{name} has no event yet. The poller writes it within a minute; is one running? `lexrelay status` says so."
        )
    reason = "the transfer was switched off" if document["has_lane"] else "the transfer was never switched on"
    return (
        f"{name} has no event: {reason} when it was completed. "
        f"`lexrelay backfill --practice {practice} --from DATE --to DATE` brings it over."
    )
