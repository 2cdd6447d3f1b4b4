"""Whatever Lexware finds wrong with a form of ours: the one who can mend it is told the code, and nothing is lost by waiting."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import psycopg
import pytest
import services
from causes.cause import Cause, live_through
from causes.of_contacts import OF_CONTACTS
from causes.of_lexware import OF_LEXWARE
from causes.of_our_form import OF_OUR_FORM, STRICT
from causes.scene import Scene, scene
from causes.wording import DEFAULT, WAYS, worded
from chosen import a_few_of

from worker.lab import sandbox

#: Where the sandbox makes a code: the function's name, which argument is the field, and the code unless it is the first.
_MAKERS = {
    "Violation": (1, None), "Issue": (1, None), "missing": (0, "NOTNULL"), "too_long": (2, "SIZE"), "too_fine": (2, "DIGITS"),
    "not_euro": (1, "INVALID"),
}  # fmt: skip
#: A filter that no attempt uses, a contact that is asked for and gone (that is told as it was seen), and a negative line,
#: instead of which neutral ones are sent.
_NOT_OF_LETTERS = {
    "invalid_value number",
    "not_found",
    "NOTFOUND address.contactId",
    "INVALID address.contactId",
    "MIN .unitPrice",
}


@pytest.fixture(scope="module", name="town")
def _town(_postgres: str, _template: str) -> Iterator[Scene]:
    """One practice for all, whose first customer is linked, before a Lexware that takes nothing it need not take."""
    with (
        services.database(_postgres, template=_template) as url,
        psycopg.connect(url, autocommit=True) as db,
        scene(db, url) as one,
    ):
        one.known_payer()
        one.lexware.set_switches(**STRICT)
        yield one


@pytest.fixture(name="one")
def _one(town: Scene) -> Iterator[Scene]:
    """The same; a bug ends with its test."""
    yield town
    patch.stopall()


@pytest.mark.parametrize("cause", a_few_of(OF_OUR_FORM, every=24))
def test_after_a_new_version_exactly_one_arrives(one: Scene, cause: Cause) -> None:
    """The code, the right actor, the right words; harmless with the old version, delivered once with the new one."""
    live_through(one, worded(cause))


@pytest.mark.proof
@pytest.mark.parametrize("way", sorted({*WAYS} - {DEFAULT}))
@pytest.mark.parametrize("cause", OF_OUR_FORM, ids=str)
def test_in_whatever_way_lexware_tells_it(one: Scene, cause: Cause, way: str) -> None:
    """The same with every objection named in a code, and with none."""
    one.lexware.set_switches(one.stage.tenant.id, refusals_named=way)
    try:
        live_through(one, worded(cause, way))
    finally:
        one.lexware.set_switches(one.stage.tenant.id, refusals_named=DEFAULT)


def test_every_code_of_the_simulated_lexware_is_lived_through() -> None:
    """No rule of the sandbox can refuse a document or a contact with a code that no row of the tables has met."""
    lived = [said for cause in (*OF_OUR_FORM, *OF_LEXWARE, *OF_CONTACTS) for said in cause.says]
    codes = set(_codes())

    assert len(codes) > 50
    assert [code for code in sorted(codes) if not any(re.search(code, said) for said in lived)] == []


def _codes() -> Iterator[str]:
    """Each as a pattern: the code, anything, and the end of the field as far as it is written down."""
    for path in Path(sandbox.__file__).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in _MAKERS:
                place, code = _MAKERS[call.func.id]
                code = code or getattr(call.args[0], "value", None)
                tail = _tail(call.args[place])
                if code and f"{code} {tail or ''}".strip() not in _NOT_OF_LETTERS:
                    yield rf"{code}\b.*{re.escape(tail or '')}"


def _tail(field: ast.expr) -> str | None:
    last = field.values[-1] if isinstance(field, ast.JoinedStr) else field
    return last.value if isinstance(last, ast.Constant) else None
