"""What can go wrong in outbox/, as one tree.

OutboxError
├── MigrationError      the schema could not be brought up to date; the message says what to do
├── SchemaMismatch      this program and this database do not fit together
│   └── UnsuitableDatabase  an encoding or a setting that cannot be changed from here makes it unusable
├── ClaimLost           the claim is not ours any more: record nothing, stop
└── MayNotSend          the licence to POST was refused: paused meanwhile, in doubt, or already there
"""


class OutboxError(Exception):
    """Something outbox/ refuses or cannot do."""


class MigrationError(OutboxError):
    """The schema could not be brought up to date."""


class SchemaMismatch(OutboxError):
    """The database's schema is missing, older or newer than this program can work with."""


class UnsuitableDatabase(SchemaMismatch):
    """The database cannot be worked with as it is set up; the message names the encoding or setting, and the remedy."""


class ClaimLost(OutboxError):
    """Another hand-out has taken this event, or the message was stale, a duplicate or forged."""


class MayNotSend(OutboxError):
    """No intent was opened: the lane stopped, the claim is lost, or the subject is in doubt or already done."""
