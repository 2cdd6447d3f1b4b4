"""Lexware's sorts of refusal. What can go wrong with any call, and what holds for all of it: `delivery/errors.py`.

Refused
├── RateLimited       429
├── KeyRefused        401
├── PlanTooSmall      402
├── PermissionMissing 403
├── NotFound          404
└── Rejected          any other 4xx, and 501
"""

from worker.delivery.errors import Issue, Refused


class RateLimited(Refused):
    """429: too many calls for this organisation. Not performed, so it is safe to send again, later."""

    def __init__(
        self, *, retry_after_seconds: float | None, status: int, issues: tuple[Issue, ...], trace_id: str | None
    ) -> None:
        super().__init__(status=status, issues=issues, trace_id=trace_id)
        self.retry_after_seconds = retry_after_seconds
        """What Lexware asks for; mostly it says nothing."""


class KeyRefused(Refused):
    """401: the API key is wrong, expired or withdrawn; or Lexware is briefly out of order. Look again after a minute."""


class PlanTooSmall(Refused):
    """402: the practice's Lexware contract has ended or does not include the API."""


class PermissionMissing(Refused):
    """403: the API key lacks a permission; the practice makes a new one with all that lexrelay needs."""


class NotFound(Refused):
    """404: there is no such thing (any more), or it is of another type."""


class Rejected(Refused):
    """Our payload or their data are at fault (400, 405, 406, 409, 415, …). The issues name the fields."""
