"""Connecting a practice with its Lexware organisation: a key is tried out, then stored encrypted.

Guarantee: the key is in no message, no record and no error; nothing is stored unless Lexware answered for it.
"""

from uuid import UUID

from outbox import actions
from outbox.db import Connection, Row
from outbox.sql import query
from worker.keys import KeyMisplaced, KeyUnreadable, KeyVault, Owner, is_bound
from worker.lexware.api.answers import Profile
from worker.lexware.api.pasted import bare, decode
from worker.lexware.command_client import CommandClient, owner
from worker.lexware.explain import explained
from worker.messages import Declined, Sentence
from worker.messages import connect as words
from worker.messages.glossary import TAX_TYPES
from worker.practice import practices
from worker.practice.practices import Practice


def read_key(given: bytes) -> str:
    """The key in what was pasted or saved, without all that came along. Raises Declined when there is none."""
    try:
        key = bare(decode(given)).removeprefix("Bearer ").lstrip()
    except UnicodeDecodeError:
        raise Declined(words.KEY_MALFORMED()) from None
    if not key:
        raise Declined(words.NO_KEY())
    return key


def try_out(line: CommandClient, api_key: str) -> Profile:
    """Ask Lexware whose key this is (lexware-api 9.1). Raises Declined for a key that is none or does not work."""
    try:
        lexware = line.with_key(api_key)
    except ValueError:
        raise Declined(words.KEY_MALFORMED()) from None
    with explained():
        profile = lexware.profile()
    if profile.tax_type not in TAX_TYPES:
        raise Declined(words.UNKNOWN_TAX_TYPE())
    return profile


def connect(
    connection: Connection,
    practice_id: int,
    api_key: str,
    profile: Profile,
    vault: KeyVault,
    *,
    new_organisation: bool,
    renewed: bool,
    by: str,
    why: str | None,
) -> list[Sentence]:
    """Store a key that works, in one transaction with what it changes, and wake the poller.

    A pause for the key's sake ends, an operator's stays. The same key again keeps the day on which it was stored, unless
    it was `renewed`. Raises Declined for a key of another organisation than before,
    unless `new_organisation` says that the practice moves.
    """
    with practices.changing(connection, practice_id) as before:
        moved = before.organisation_id not in (None, profile.organisation_id)
        if moved and not new_organisation:
            raise Declined(words.OTHER_ORGANISATION())
        same = _is_stored(connection, practice_id, vault, api_key) and not renewed
        _store(
            connection,
            practice_id,
            profile,
            vault.encrypt(api_key, Owner(practice_id, profile.organisation_id)),
            keeps_day=same,
        )
        detail = {"organisation_id": str(profile.organisation_id)}
        if moved:
            detail["old_organisation_id"] = str(before.organisation_id)
        actions.record(connection, "practice.connect", by=by, why=why, practice_id=practice_id, detail=detail)
        connection.execute(query("poller.wake"))
        after = practices.find(connection, practice_id)
        left = _left_behind(connection, practice_id, before.organisation_id) if moved else []
        return [*_connected(after, same_key=same), *left, *_shared(connection, after), *_pause(before)]


def rotate(connection: Connection, vault: KeyVault, *, by: str, why: str | None) -> tuple[int, list[int]]:
    """Encrypt every stored key anew with the first secret key, each bound to its practice. Returns how many, and the
    practices whose key cannot be opened; these stay as they are. Safe to call twice.
    """
    with connection.transaction():
        rotated, unreadable = _relock(connection, vault, connection.execute(query("connection.stored_keys")).fetchall())
        detail = {"rotated": rotated, "unreadable": unreadable}
        actions.record(connection, "secrets.rotate", by=by, why=why, detail=detail)
    return rotated, unreadable


def bind(connection: Connection, vault: KeyVault) -> int:
    """Let the keys that an earlier release has stored say whose they are; how many. Safe to call twice.

    Not while a process of ours lives: one of the earlier release could not open them. `rotate` does it later then.
    """
    with connection.transaction():
        rows = connection.execute(query("connection.stored_keys")).fetchall()
        unbound = [row for row in rows if not is_bound(row["key_encrypted"])]
        if not unbound or connection.execute(query("poller.living")).fetchall():
            return 0
        return _relock(connection, vault, unbound)[0]


def _relock(connection: Connection, vault: KeyVault, rows: list[Row]) -> tuple[int, list[int]]:
    """How many, and the practices whose key stays as it was. Once all are bound, none that is not will be opened again."""
    rotated, unreadable = 0, []
    for row in rows:
        try:
            relocked = vault.reencrypt(row["key_encrypted"], owner(row))
        except (KeyUnreadable, KeyMisplaced):
            unreadable.append(row["practice_id"])
        else:
            rotated += connection.execute(query("connection.relock"), row | {"relocked": relocked}).rowcount
    if not unreadable:
        connection.execute(query("connection.keys_are_bound"))
    return rotated, unreadable


def _is_stored(connection: Connection, practice_id: int, vault: KeyVault, api_key: str) -> bool:
    row = connection.execute(query("connection.key"), {"practice_id": practice_id}).fetchone()
    try:
        return row is not None and vault.decrypt(row["key_encrypted"], owner(row)) == api_key
    except (KeyUnreadable, KeyMisplaced):
        return False


def _store(connection: Connection, practice_id: int, profile: Profile, token: str, *, keeps_day: bool) -> None:
    known = {
        "practice_id": practice_id,
        "organisation_id": profile.organisation_id,
        "company_name": profile.company_name,
        "tax_type": profile.tax_type,
        "small_business": profile.small_business,
    }
    connection.execute(query("connection.store"), known | {"key_encrypted": token, "keeps_day": keeps_day})
    connection.execute(query("switch.connected"), {"practice_id": practice_id})
    connection.execute(query("switch.share_slots"))


def _connected(practice: Practice, *, same_key: bool) -> list[Sentence]:
    small_business = words.SMALL_BUSINESS if practice.small_business else words.NO_SMALL_BUSINESS
    tax_type = TAX_TYPES[practice.tax_type or ""]()
    return [
        words.CONNECTED(company=practice.company_name, tax_type=tax_type, small_business=small_business()),
        (words.SAME_KEY if same_key else words.KEY_STORED)(
            expires_on=practice.key_expiry and practice.key_expiry.expires_on
        ),
    ]


def _left_behind(connection: Connection, practice_id: int, organisation_id: UUID | None) -> list[Sentence]:
    of = {"practice_id": practice_id, "organisation_id": organisation_id}
    row = connection.execute(query("connection.left_behind"), of).fetchone()
    return [words.MOVED(**row)] if row else []


def _shared(connection: Connection, practice: Practice) -> list[Sentence]:
    of = {"practice_id": practice.practice_id, "organisation_id": practice.organisation_id}
    others = [row["practice_id"] for row in connection.execute(query("connection.sharing"), of)]
    return [words.SHARED_ORGANISATION(practices=others)] if others else []


def _pause(before: Practice) -> list[Sentence]:
    if before.pause_reason is None:
        return []
    if before.pause_reason == "operator":
        return [words.STILL_PAUSED(practice=before.practice_id)]
    return [words.PAUSE_LIFTED(reason=before.pause_reason)]
