"""Which environment variables the product reads: what it asks for when it is configured."""

from contextlib import suppress

from worker import config


class _Asked(dict[str, str]):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def get(self, key: str, default: str = "") -> str:  # type: ignore[override]
        self.names.add(key)
        return "http://lexware.example" if key == "LEXWARE_API_URL" else default


def known_variables() -> set[str]:
    """Their names, `NAME_FILE` of each secret included."""
    asked = _Asked()
    with suppress(config.ConfigurationError):
        config.read(environment=asked)
    return asked.names
