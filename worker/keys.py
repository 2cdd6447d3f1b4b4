"""API keys at rest: encrypted with the first of the secret keys, readable with any of them, never printed.

Within the encrypted token stands whose key it is and what for, and it is compared whenever the token is opened: a token
that was copied to another practice's row opens nothing there. Tokens of releases before that hold the key alone; they
are opened as long as the installation says that there may be such, which ends with the first `bind` of all of them.
"""

import json
from dataclasses import dataclass
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

#: What a bound token begins with. A release that knows only the other kind cannot open it, and waits.
_BOUND = "v2:"
_PURPOSE = "lexware-api-key"


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose API key it is: a practice, in one organisation. `may_be_unbound`: its token may be of an older release."""

    practice_id: int
    organisation_id: UUID
    may_be_unbound: bool = False


class KeyUnreadable(Exception):
    """None of LEXRELAY_SECRET_KEYS opens a stored API key: the right one is missing from the list."""


class KeyMisplaced(Exception):
    """A stored API key was encrypted for another practice or organisation than the one in whose row it stands."""


class KeyVault:
    """Encrypts and decrypts API keys. Raises ValueError for a list without keys."""

    def __init__(self, secret_keys: tuple[str, ...]) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in secret_keys])

    def encrypt(self, api_key: str, owner: Owner) -> str:
        """A token that only these secret keys open, for this owner only; another one at every call."""
        told = {**_stated(owner), "key": api_key}
        return _BOUND + self._fernet.encrypt(json.dumps(told).encode()).decode()

    def decrypt(self, token: str, owner: Owner) -> str:
        """The API key. Raises KeyUnreadable or KeyMisplaced."""
        try:
            opened = self._fernet.decrypt(token.removeprefix(_BOUND).encode()).decode()
        except InvalidToken:
            raise KeyUnreadable from None
        if not is_bound(token):
            if owner.may_be_unbound:
                return opened
            raise KeyMisplaced
        told = json.loads(opened)
        if not isinstance(told, dict) or {**told, "key": None} != {**_stated(owner), "key": None}:
            raise KeyMisplaced
        return str(told["key"])

    def reencrypt(self, token: str, owner: Owner) -> str:
        """The same API key under the first secret key, bound to its owner. Raises KeyUnreadable or KeyMisplaced."""
        return self.encrypt(self.decrypt(token, owner), owner)


def is_bound(token: str) -> bool:
    """Whether the token says whose it is."""
    return token.startswith(_BOUND)


def new_secret_key() -> str:
    """A fresh secret key for LEXRELAY_SECRET_KEYS."""
    return Fernet.generate_key().decode()


def _stated(owner: Owner) -> dict[str, object]:
    return {"purpose": _PURPOSE, "practice": owner.practice_id, "organisation": str(owner.organisation_id)}
