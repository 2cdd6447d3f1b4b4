"""The report of a month: the stored one if it is signed, else what Lexware and the tables say now."""

from datetime import date

from outbox.db import Connection
from worker.config import Config
from worker.lexware.command_client import Waiting
from worker.operations.report import chain
from worker.operations.report.ask import ask, forget
from worker.operations.report.chain import Report
from worker.operations.report.gather import Days, gather
from worker.practice import practices


def make(connection: Connection, config: Config, practice_id: int, month: date, *, waiting: Waiting) -> Report:
    """Ask Lexware, read everything, and keep the report, unless the last one of the month says the same.

    So whoever asks twice gets the same bytes as long as nothing has changed. Raises Declined for an unknown practice.
    """
    practice = practices.find(connection, practice_id)
    chain.take_turn(connection, practice_id)
    newest = chain.of_month(connection, practice_id, month)
    if newest is not None and newest.signed_at is not None:
        return newest
    days = Days.of(month)
    inquiry, run_id = ask(connection, config, practice_id, days.first, days.last, waiting=waiting)
    try:
        body = gather(connection, practice, days, inquiry, run_id)
    finally:
        forget(connection, run_id, inquiry)
    chain.keep(connection, practice_id, month, body, inquiry.ended_at)
    made = chain.of_month(connection, practice_id, month)
    assert made is not None  # noqa: S101 (it was kept just now, or was there)
    return made
