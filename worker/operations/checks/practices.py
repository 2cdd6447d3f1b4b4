"""Can every practice reach Lexware: its key can be opened, is accepted, belongs to the organisation, and is not too old.

Asks Lexware for the profile, within the rate of each practice.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from outbox.db import Connection, Row
from outbox.sql import query
from worker.config import Config
from worker.delivery.errors import NoAnswer, NotSent, Refused
from worker.keys import KeyMisplaced, KeyUnreadable, KeyVault, is_bound
from worker.lexware.api import errors
from worker.lexware.api.transport import PORTS, SPEAKS_PLAINLY
from worker.lexware.command_client import CommandClient, owner
from worker.lexware.explain import explain
from worker.messages import Sentence
from worker.messages import checks as words
from worker.messages import connect as key_words
from worker.messages import lexware as way_words
from worker.operations.checks.finding import Finding, failure, ok, warning
from worker.practice import practices
from worker.tls_look import answers_plainly, speaks_tls

#: A lane that cools down for longer is not waited for.
_PATIENCE_SECONDS = 5.0
#: After so many calls in a row without an answer, Lexware is held to be away.
_SILENT = 3
_LEXWARE = "lexware"


def stored_keys(connection: Connection, config: Config) -> Iterator[Finding]:
    """LEXRELAY_SECRET_KEYS opens every stored API key, and each is its practice's own."""
    vault, rows = KeyVault(config.secret_keys), _connections(connection)
    bad = [finding for row in rows if (finding := _closed(vault, row))]
    yield from bad
    if not bad:
        yield ok("secret keys", words.KEYS_OPEN(count=len(rows)))
    if unbound := [row["practice_id"] for row in rows if not is_bound(row["key_encrypted"])]:
        yield warning("secret keys", words.KEYS_UNBOUND(practices=unbound), words.KEYS_UNBOUND_STEP())


def key_ages(connection: Connection) -> Iterator[Finding]:
    """No API key is near the end of its 24 months (lexware-api 1.1)."""
    for practice in practices.with_old_keys(connection):
        for sentence in practices.expiring(practice):
            yield warning("key age", sentence, practice_id=practice.practice_id)


def profiles(connection: Connection, config: Config) -> Iterator[Finding]:
    """Lexware accepts every key, and behind it is the organisation that we know."""
    vault, silent = KeyVault(config.secret_keys), 0
    rows = [row for row in _connections(connection) if _closed(vault, row) is None]
    for place, row in enumerate(rows, 1):
        try:
            yield _profile(connection, config, row)
            silent = 0
        except (NotSent, NoAnswer) as error:
            yield _bad(row, _way(config) or explain(error))
            silent += 1
        if silent == _SILENT and place < len(rows):
            yield warning(_LEXWARE, words.NOT_ASKED(count=len(rows) - place), words.AGAIN())
            return


def _way(config: Config) -> Sentence | None:
    """What is wrong with the way to Lexware that its error may not tell: TLS, where it was spoken to plainly, or the reverse."""
    if config.proxy is not None:
        return way_words.PROXY_SPEAKS_TLS() if speaks_tls(config.proxy.host, config.proxy.port) else None
    parts = urlsplit(config.api_url)
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    if speaks_tls(host, port):
        return way_words.API_SPEAKS_TLS() if parts.scheme == "http" else None
    is_there = parts.scheme == "https" and answers_plainly(host, port, b"HEAD / HTTP/1.0\r\n\r\n", b"HTTP/")
    return way_words.WAYS[SPEAKS_PLAINLY]() if is_there else None


def _profile(connection: Connection, config: Config, row: Row) -> Finding:
    """What Lexware says to one key. Raises NotSent or NoAnswer when it says nothing."""
    of = {"practice_id": row["practice_id"]}
    cooling = connection.execute(query("lane.cooling"), of).fetchone()
    if cooling and cooling["seconds"] > _PATIENCE_SECONDS:
        return warning(_LEXWARE, words.COOLING(seconds=round(cooling["seconds"])), words.AGAIN(), **of)
    try:
        profile = CommandClient(connection, config, row["practice_id"]).lexware().profile()
    except errors.RateLimited as error:
        return warning(_LEXWARE, explain(error), **of)
    except Refused as error:
        return _bad(row, explain(error))
    if profile.organisation_id == row["organisation_id"]:
        return ok(_LEXWARE, words.ACCEPTS(practice=row["practice_id"]))
    return _bad(row, words.STRANGER())


def _bad(row: Row, sentence: Sentence) -> Finding:
    """A failure where documents wait for it; a practice that does not transfer now is only warned of."""
    judged = failure if row["in_use"] else warning
    told = words.OF_PRACTICE(practice=row["practice_id"], words=sentence)
    return judged(_LEXWARE, told, practice_id=row["practice_id"])


def _connections(connection: Connection) -> list[Row]:
    return connection.execute(query("connection.in_use")).fetchall()


def _closed(vault: KeyVault, row: Row) -> Finding | None:
    """Why a stored API key is not used; None: it is."""
    of = {"practice_id": row["practice_id"]}
    try:
        vault.decrypt(row["key_encrypted"], owner(row))
    except KeyUnreadable:
        return failure("secret keys", words.KEY_CLOSED(practice=row["practice_id"]), words.KEY_CLOSED_STEP(), **of)
    except KeyMisplaced:
        return failure("secret keys", key_words.KEY_MISPLACED(practice=row["practice_id"]), **of)
    return None
