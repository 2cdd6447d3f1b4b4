"""Errors may be logged, stored and shown as they are."""

from types import ModuleType

import pytest

from worker.delivery import errors as generic
from worker.delivery.errors import CallError, Issue, NoAnswer, NotSent, TooLateToSend
from worker.lexware.api import errors


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (NotSent("ConnectError"), "ConnectError"),
        (TooLateToSend("send_by passed"), "send_by passed"),
        (NoAnswer("unreadable", status=201), "unreadable, 201"),
        (NoAnswer(status=504), "504"),
        (CallError(), "CallError"),
        (
            errors.Rejected(status=406, issues=(Issue("NOTNULL", "title"),), trace_id="a1b2"),
            "406, NOTNULL title, trace a1b2",
        ),
        (errors.RateLimited(status=429, retry_after_seconds=2, issues=(), trace_id=None), "429"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_error_says_its_codes_and_nothing_else(error: CallError, text: str) -> None:
    """The text is made of codes; the representation adds the class; no argument hides anything more."""
    assert str(error) == text
    assert repr(error) == f"{type(error).__name__}({text})"
    assert error.args == ()


@pytest.mark.parametrize("module", [generic, errors], ids=["of any call", "of Lexware"])
def test_the_tree_is_as_drawn(module: ModuleType) -> None:
    """The picture in the docstring is the truth: every class stands below its base."""
    drawn: dict[str, str] = {}
    path: list[str] = []
    for line in (module.__doc__ or "").splitlines():
        name = line.lstrip("│├└─ ").split(" ")[0]
        if isinstance(getattr(module, name, None), type):
            depth = len(line) - len(line.lstrip("│├└─ "))
            path[depth // 4 :] = [name]
            drawn[name] = path[-2] if len(path) > 1 else ""

    classes = {
        name: kind
        for name, kind in vars(module).items()
        if isinstance(kind, type) and kind.__module__ == module.__name__
    }
    bases = {name: kind.__bases__[0].__name__ for name, kind in classes.items() if issubclass(kind, Exception)}

    assert {name: base for name, base in drawn.items() if base} == {n: b for n, b in bases.items() if b != "Exception"}
