"""The tables of causes leave no reason out."""

from causes.by_itself import BY_ITSELF
from causes.of_contacts import OF_CONTACTS
from causes.of_doubt import OF_DOUBT
from causes.of_lexware import OF_LEXWARE
from causes.of_originals import OF_ORIGINALS
from causes.of_our_form import OF_OUR_FORM
from causes.of_the_practice import BEFORE_SENDING
from causes.of_the_way import OF_THE_WAY
from causes.standstill import STANDSTILLS

from worker.messages import reasons

ROWS = (*BEFORE_SENDING, *OF_CONTACTS, *OF_LEXWARE, *OF_OUR_FORM, *OF_DOUBT, *OF_THE_WAY, *OF_ORIGINALS)
#: The sandbox refuses a credit note's original without naming the field.
_NOT_MET = {"refused_by_lexware.original_unsuited"}


def test_every_reason_to_die_is_lived_through() -> None:
    """Each of the design's dead letters."""
    assert {row.reason for row in ROWS} == set(reasons.DEAD)


def test_every_pause_and_every_end_by_the_system_is_lived_through() -> None:
    """And what the practice may lack besides."""
    assert set(reasons.PAUSED) | {None} == {row.reason for row in STANDSTILLS}
    assert {row.connection for row in STANDSTILLS} == {"paused", "not_booked", "not_connected", "disabled"}
    assert len([row for row in BY_ITSELF if row.ends[0] == "discarded"]) == len(reasons.DISCARDED)


def test_every_entry_is_read_by_somebody() -> None:
    """Each entry's step, in both languages, is what a row demands to be told; nobody's words go untried."""
    entries = {one.code: one for one in (*reasons.DEAD.values(), *reasons.SPECIFIC, *reasons.REFUSALS)}
    entries = {code: one for code, one in entries.items() if code.partition(".")[0] not in reasons.DISCARDED}
    steps = [row.step for row in ROWS]

    untried = {
        code
        for code, one in entries.items()
        if not any(de in one.action.de and en in one.action.en for de, en in steps)
    }
    assert untried == _NOT_MET
