"""Where a practice is told what it must do itself: an e-mail address, kept with who set it."""

from outbox import actions
from outbox.db import Connection
from outbox.sql import query
from worker.config.alarms import MAIL
from worker.messages import Declined, Sentence
from worker.messages import alarms as words
from worker.practice import practices


def store(connection: Connection, practice_id: int, mail: str | None, *, by: str, why: str | None) -> Sentence:
    """Set the address, or with None take it away. Raises Declined for what is none, and for an unknown practice."""
    practices.find(connection, practice_id)
    if mail is not None and not MAIL.fullmatch(mail):
        raise Declined(words.NO_MAIL(mail=mail))
    with connection.transaction():
        connection.execute(query("alarm.set_address"), {"practice_id": practice_id, "mail": mail, "by": by})
        detail = {"set": mail is not None}
        actions.record(connection, "practice.alarm", by=by, why=why, practice_id=practice_id, detail=detail)
    return words.ADDRESS_SET(practice=practice_id, mail=mail) if mail else words.ADDRESS_OFF(practice=practice_id)


def shown(connection: Connection, practice_id: int) -> Sentence:
    """The address, or that there is none. Raises Declined for an unknown practice."""
    practices.find(connection, practice_id)
    row = connection.execute(query("alarm.address"), {"practice_id": practice_id}).fetchone()
    mail = row["mail"] if row else None
    return words.ADDRESS_IS(mail=mail) if mail else words.NO_ADDRESS(practice=practice_id)
