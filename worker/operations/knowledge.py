"""What is known of a dead letter beyond its reason: the detail that `messages.reasons` is asked with, wherever a letter is explained."""

from typing import Any

from outbox.dead_letters import DeadLetter


def known(letter: DeadLetter) -> dict[str, Any]:
    """The detail stored with it, what Lexware answered, and whether it is about the payer's contact."""
    return letter.detail | {"http_status": letter.http_status, "about_contact": letter.about_contact}
