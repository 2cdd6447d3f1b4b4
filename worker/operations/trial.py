"""A trial of Lexware's interface in an account that is there for it: consent, the record of it, and the report.

The report holds questions, switches, figures, statuses and Lexware's words; no id, no name, no text of the account's.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from outbox import actions
from outbox.db import Connection
from worker.config import Config
from worker.lexware.api import lenient
from worker.lexware.command_client import CommandClient, Waiting
from worker.lexware.explain import explained
from worker.lexware.trial import run as asking
from worker.lexware.trial.account import Account
from worker.lexware.trial.findings import HUMAN, NOT_ASKED
from worker.lexware.trial.run import Trial
from worker.messages import Declined
from worker.messages import trial as words
from worker.practice import practices


@dataclass(frozen=True, slots=True)
class Report:
    """What a trial has found, ready to be sent to the developers."""

    made_at: datetime
    trial: Trial

    def to_json(self) -> dict[str, Any]:
        """As `probe --trial --json` has it; `switches` is what the sandbox's `set_switches` takes."""
        trial = self.trial
        return {
            "made_at": self.made_at,
            "version": version("lexrelay"),
            "tax_type": trial.tax_type,
            "calls": trial.calls,
            "refused_for_rate": trial.refused_for_rate,
            "switches": trial.findings.switches,
            "settled": trial.findings.settled,
            "unsettled": trial.findings.unsettled,
            "for_humans": [{"question": question, "switch": switch} for question, switch in HUMAN],
            "not_asked": list(NOT_ASKED),
            "left_behind": dict(trial.left_behind),
        }


def trial(
    connection: Connection,
    config: Config,
    practice_id: int,
    consent: str,
    *,
    by: str,
    why: str | None,
    waiting: Waiting,
) -> Report:
    """Ask everything in the organisation that `consent` names, which must be the one behind the practice's key.

    Twice: everything is asked and made again. Raises Declined for another organisation, and without an answer at the start.
    """
    practices.find(connection, practice_id)
    client = CommandClient(connection, config, practice_id, waiting=waiting)
    with explained():
        profile = client.lexware().profile()
    if lenient.identity(consent.strip()) != profile.organisation_id:
        raise Declined(words.ANOTHER_ORGANISATION(practice=practice_id))
    detail = {"organisation_id": str(profile.organisation_id)}
    actions.record(connection, "probe.trial", by=by, why=why, practice_id=practice_id, detail=detail)
    done = asking.run(Account(client.calls(), profile.tax_type))
    return Report(datetime.now(UTC), done)
