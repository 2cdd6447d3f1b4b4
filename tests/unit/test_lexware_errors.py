"""Errors may be logged, stored and shown as they are."""

import pytest

from worker.lexware.api import errors
from worker.lexware.api.errors import Issue


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (errors.NotSent("ConnectError"), "ConnectError"),
        (errors.TooLateToSend("send_by passed"), "send_by passed"),
        (errors.NoAnswer("unreadable", status=201), "unreadable, 201"),
        (errors.NoAnswer(status=504), "504"),
        (errors.LexwareError(), "LexwareError"),
        (
            errors.Rejected(status=406, issues=(Issue("NOTNULL", "title"),), trace_id="a1b2"),
            "406, NOTNULL title, trace a1b2",
        ),
        (errors.RateLimited(status=429, retry_after_seconds=2, issues=(), trace_id=None), "429"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_error_says_its_codes_and_nothing_else(error: errors.LexwareError, text: str) -> None:
    """The text is made of codes; the representation adds the class; no argument hides anything more."""
    assert str(error) == text
    assert repr(error) == f"{type(error).__name__}({text})"
    assert error.args == ()


def test_the_tree_is_as_drawn() -> None:
    """The picture in the docstring is the truth: every class stands below its base."""
    drawn: dict[str, str] = {}
    path: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        name = line.lstrip("│├└─ ").split(" ")[0]
        if isinstance(getattr(errors, name, None), type):
            depth = len(line) - len(line.lstrip("│├└─ "))
            path[depth // 4 :] = [name]
            drawn[name] = path[-2] if len(path) > 1 else "Exception"

    classes = {
        name: kind for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, Exception)
    }

    assert drawn == {name: kind.__bases__[0].__name__ for name, kind in classes.items()}
