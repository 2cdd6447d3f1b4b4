"""API keys at rest: encrypted with the first of the secret keys, readable with any of them, never printed."""

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class KeyUnreadable(Exception):
    """None of LEXRELAY_SECRET_KEYS opens a stored API key: the right one is missing from the list."""


class KeyVault:
    """Encrypts and decrypts API keys. Raises ValueError for a list without keys."""

    def __init__(self, secret_keys: tuple[str, ...]) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in secret_keys])

    def encrypt(self, api_key: str) -> str:
        """A token that only these secret keys open; another one at every call."""
        return self._fernet.encrypt(api_key.encode()).decode()

    def decrypt(self, token: str) -> str:
        """The API key. Raises KeyUnreadable."""
        try:
            return self._fernet.decrypt(token.encode()).decode()
        except InvalidToken:
            raise KeyUnreadable from None

    def reencrypt(self, token: str) -> str:
        """The same API key under the first secret key. Raises KeyUnreadable."""
        try:
            return self._fernet.rotate(token.encode()).decode()
        except InvalidToken:
            raise KeyUnreadable from None


def new_secret_key() -> str:
    """A fresh secret key for LEXRELAY_SECRET_KEYS."""
    return Fernet.generate_key().decode()
