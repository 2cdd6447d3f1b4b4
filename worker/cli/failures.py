"""What may go wrong in any command, as a sentence and an exit code: never a traceback, never a value.

An error's own words can hold a password, a host's data or a remote text; only those that we wrote ourselves are shown.
"""

import errno
import os
from contextlib import suppress

import psycopg
import redis

from outbox.errors import MigrationError, SchemaMismatch
from outbox.trouble import place, trouble
from worker.cli.help_page import lang
from worker.cli.output import Failure
from worker.config import ConfigurationError, read
from worker.logs import where
from worker.messages import Text
from worker.messages.database import sentences
from worker.messages.refusals import said_in

_UNEXPECTED = Text(
    de="lexrelay ist unerwartet gescheitert: {error} in {place}. Bitte diese Zeile den Entwicklern geben.",
    en="lexrelay failed unexpectedly: {error} at {place}. Please give this line to the developers.",
)
_DATABASE = Text(
    de="PostgreSQL weist eine Abfrage ab: {error} ({state}) in {place}. Bitte diese Zeile den Entwicklern geben.",
    en="PostgreSQL refuses a query: {error} ({state}) at {place}. Please give this line to the developers.",
)
_NOT_WRITTEN = Text(
    de="Die Ausgabe ließ sich nicht schreiben: {problem}.", en="The output could not be written: {problem}."
)
_REDIS = Text(
    de="Redis antwortet nicht oder weist ab ({error}). `lexrelay check` sagt mehr.",
    en="Redis does not answer, or refuses ({error}). `lexrelay check` says more.",
)
_STORAGE = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG)


def is_about_output(error: Exception) -> bool:
    """Whether an error is about where stdout goes, not about what the command does."""
    return isinstance(error, BrokenPipeError) or (isinstance(error, OSError) and error.errno in _STORAGE)


def told(error: Exception) -> tuple[str, int]:
    """The sentence and the exit code."""
    match error:
        case ConfigurationError() | SchemaMismatch():
            return said_in(str(error), lang()), 78
        case MigrationError():
            return said_in(str(error), lang()), 1
        case Failure():
            return str(error), 1
        case psycopg.Error():
            return _of_database(error), 1
        case redis.RedisError():
            return _REDIS(error=type(error).__name__).said_in(lang()), 1
        case OSError(errno=number) if number in _STORAGE:
            return _NOT_WRITTEN(problem=os.strerror(number or 0)).said_in(lang()), 1
        case _:
            return _UNEXPECTED(error=type(error).__name__, place=where(error)[-1]).said_in(lang()), 1


def _of_database(error: psycopg.Error) -> str:
    sort, at = trouble(error), {"user": "", "host": "", "port": "", "database": ""}
    if sort == "lost" and not isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        values = {"error": type(error).__name__, "state": error.sqlstate or "-", "place": where(error)[-1]}
        return _DATABASE(**values).said_in(lang())
    with suppress(ConfigurationError):
        at = place(read("database").direct_database_url)
    return " ".join(sentence.said_in(lang()) for sentence in sentences(sort, at))
