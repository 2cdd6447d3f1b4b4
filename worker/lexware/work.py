"""What a claim does in Lexware: the step its event stands at, and what an error of Lexware means for it.

One claim, one effect: the steps `document`, `contact` and `verify` each make at most one POST (design section 5).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from outbox.db import LOST_DATABASE
from outbox.outcomes import Outcome, Pause, Snooze, Step
from worker.config import Config
from worker.delivery.attempt import Attempt
from worker.keys import KeyVault
from worker.lexware.api.transport import Transport
from worker.lexware.contact import find_or_create
from worker.lexware.judgement import JUDGED, judge
from worker.lexware.shared_reading import SharedReading
from worker.lexware.transfer import Transfer
from worker.lexware.upload import upload
from worker.lexware.verify import verify

_STEPS: Mapping[Step, Callable[[Transfer], Outcome]] = {"document": upload, "contact": find_or_create, "verify": verify}


class Work:
    """The work of one process's attempts: shared by its threads, each of which has a connection of its own."""

    def __init__(self, config: Config) -> None:
        self.transport = Transport(config.api_url, config.pace.http_timeout_seconds, proxy=config.proxy)
        self._vault, self._read = KeyVault(config.secret_keys), SharedReading()

    def __call__(self, attempt: Attempt) -> Outcome:
        """Do what the claim is for. Raises what is not Lexware's doing: delivery judges that."""
        transfer = Transfer(attempt, self.transport, self._vault, self._read)
        try:
            outcome = _step(transfer)
        except JUDGED as error:
            outcome = judge(error, attempt.claim, attempt.pace)
        return _of_this_key(transfer, outcome)


def _step(transfer: Transfer) -> Outcome:
    claim, snapshot = transfer.claim, transfer.snapshot
    if (claim.suspect or claim.outage or snapshot.profile_is_old) and (stranger := transfer.check_profile()):
        return stranger
    payer_id = snapshot.document.payer.customer_id
    if (
        payer_id != claim.payer_id
    ):  # the practice has merged two customers: the event waits behind those of its payer of now
        transfer.attempt.write("ledger.readdress", event_id=claim.event_id, payer_id=payer_id)
        return Snooze(seconds=0, reason="payer_merged")
    if claim.look_since and (wait := _until_lists_know(transfer)) > 0:
        return Snooze(seconds=wait, reason="in_doubt")
    return _STEPS[claim.step](transfer)


def _until_lists_know(transfer: Transfer) -> float:
    """Seconds until what was sent shortly before a restore can be found, however the event came to be due before."""
    age = transfer.snapshot.restored_age_seconds
    return 0 if age is None else transfer.pace.lost_commits_seconds - age


def _of_this_key(transfer: Transfer, outcome: Outcome) -> Outcome:
    """What was said to a key says nothing about the practice once it has another one."""
    if not isinstance(outcome, Snooze) or not isinstance(outcome.lane, Pause):
        return outcome
    try:
        key = transfer.attempt.rows("connection.key", practice_id=transfer.claim.practice_id)
    except LOST_DATABASE:
        return outcome
    replaced = bool(key) and key[0]["key_encrypted"] != transfer.snapshot.key_token
    return replace(outcome, lane=None) if replaced else outcome
