"""How commands take a document's number and ids of optional filters."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

#: An id that the database can hold; anything else is a usage error (exit code 2).
ID = click.IntRange(0, 2**63 - 1)


def document_number(command: F) -> F:
    """Add the argument NUMBER (parameter `number`)."""
    return click.argument("number", type=_readable)(command)


def _readable(typed: str) -> str:
    """Bytes that are no text become `?`: the database could not even be asked for them."""
    return typed.encode(errors="replace").decode()
