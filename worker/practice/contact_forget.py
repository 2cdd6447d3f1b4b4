"""A customer asks to be erased: what we hold goes, and a human is told what only he can do in Lexware.

We hold ids, and with each document sent a keyed hash of the payer's name, by which a change of name is noticed. Links stay,
as ids: what lies in Lexware must be kept there, and must never be sent again.
"""

from outbox import actions
from outbox.db import Connection
from outbox.sql import query
from worker.lexware.api.links import contact_url
from worker.messages import Declined, Sentence
from worker.messages import contact_forget as words
from worker.practice import practices


def forget(
    connection: Connection, practice_id: int, customer_id: int, app_url: str, *, by: str, why: str | None
) -> list[Sentence]:
    """Take the hashes away, recorded; also for a customer whom the host has erased already. Called twice it finds none.

    Raises Declined as long as a document of the customer waits, is dead or in doubt: it may still have to be looked for; and
    when nobody knows the customer, so that a slip of the pen is no erasure.
    """
    of = {"practice_id": practice_id, "customer_id": customer_id}
    with practices.changing(connection, practice_id):
        unsettled = connection.execute(query("forget.unsettled"), of).fetchall()
        if unsettled:
            raise Declined(words.UNSETTLED(customer=customer_id, events=[row["event_id"] for row in unsettled]))
        if connection.execute(query("forget.is_known"), of).fetchone() is None:
            raise Declined(words.UNKNOWN(practice=practice_id, customer=customer_id))
        row = connection.execute(query("forget.names"), of).fetchone()
        forgotten = row["intents"] if row else 0
        detail = {"customer_id": customer_id, "intents": forgotten}
        actions.record(connection, "contact.forget", by=by, why=why, practice_id=practice_id, detail=detail)
        contacts = connection.execute(query("contact.ever_linked"), of).fetchall()
        documents = connection.execute(query("forget.delivered"), of).fetchone()
    said = [words.FORGOTTEN(customer=customer_id, count=forgotten)]
    said += [words.CONTACT(url=contact_url(app_url, row["contact_id"])) for row in contacts]
    if documents and documents["events"]:
        said.append(words.DOCUMENTS(count=documents["events"]))
    return [*said, words.ELSEWHERE()]
