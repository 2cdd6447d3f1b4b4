"""PostgreSQL in the model: every statement by its name, and commits made of them."""

from collections.abc import Callable, Mapping

from model import ledger, reading
from model.ledger import Given, Rows
from model.rules import Rules
from model.tables import Tables
from model.talk import Statement

Carry = Callable[[Rules, Tables, Given], tuple[Tables, Rows]]


def _nothing(_rules: Rules, tables: Tables, _given: Given) -> tuple[Tables, Rows]:
    """Of no effect here: there are no other customers, no outage, no earlier snooze, and slots without end."""
    return tables, ()


STATEMENTS: Mapping[str, Carry] = {
    "ledger.begin": ledger.begin,
    "ledger.take_slot": ledger.take_slot,
    "ledger.intend": ledger.intend,
    "ledger.inspect_intent": ledger.inspect_intent,
    "ledger.record_look": ledger.record_look,
    "ledger.settle": ledger.settle,
    "ledger.answer": ledger.answer,
    "ledger.look_again": ledger.look_again,
    "ledger.snoozed_since": _nothing,
    "ledger.give_slots_back": _nothing,
    "ledger.contact_ready": ledger.contact_ready,
    "lane.answered": _nothing,
    "lane.silent": _nothing,
    "lane.cool": ledger.cool,
    "links.document": ledger.link_document,
    "links.contact": ledger.link_contact,
    "reading.snapshot": reading.snapshot,
    "reading.claimed_ids": reading.claimed_ids,
    "reading.first_intent": reading.first_intent,
    "reading.linked_contacts": _nothing,
}


def commit(
    rules: Rules, tables: Tables, statements: tuple[Statement, ...], worker: int, living: frozenset[int]
) -> tuple[Tables, tuple[Rows, ...]]:
    """Carry out statements together: the tables afterwards, and the rows of each. KeyError: one that has no model yet."""
    answers: list[Rows] = []
    for name, values in statements:
        given = dict(values) | {"worker": worker, "living": living, "settled": bool(answers and answers[0])}
        tables, rows = STATEMENTS[name](rules, tables, given)
        answers.append(rows)
    return tables, tuple(answers)
