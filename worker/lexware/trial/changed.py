"""One contact of the trial that is replaced over and over, so that few of them stay behind."""

from typing import Any

from worker.lexware.trial.account import Account
from worker.lexware.trial.answer import Answer


class Changed:
    """A contact that is replaced under its current version."""

    def __init__(self, account: Account, made: Answer) -> None:
        self._account, self._id, self.version = account, made.id, made.version

    def put(self, **changes: Any) -> Answer:
        """Replace it, with something changed."""
        body = self._account.person() | {"version": self.version} | changes
        answer = self._account.ask("PUT", f"/v1/contacts/{self._id}", body)
        self.version = answer.version if answer.ok else self.version
        return answer
