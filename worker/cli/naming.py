"""How commands take a document's number."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def document_number(command: F) -> F:
    """Add the argument NUMBER (parameter `number`)."""
    return click.argument("number", type=_readable)(command)


def _readable(typed: str) -> str:
    """Bytes that are no text become `?`: the database could not even be asked for them."""
    return typed.encode(errors="replace").decode()
