"""No text of the host or of Lexware gets past the door: the code is read, and each use of such a text must stand in a form."""

import ast
import dataclasses
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import get_type_hints

import given as invented
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.lexware.api import answers
from worker.lexware.translate import documents, fold
from worker.lexware.translate.problems import Untranslatable
from worker.lexware.translate.translate import contact_payload, translate

WORKER = Path(answers.__file__).parents[2]
TRANSLATE = Path(fold.__file__).parent
#: What gives a text one of its stated forms, or only asks which field it is.
FORMS = {"fold", "texts", "compared", "carries", "find_codes", "_host_text"}
#: Codes of Lexware's or the host's that are held against a list.
CODES = {"tax_mode", "tax_type", "status", "type", "kind", "country_code"}
THEIRS = {"company_name", "first_name", "last_name", "note", "supplement", "remark", "introduction"}


def _texts(module: ModuleType) -> set[str]:
    """The names of all fields of a module's records that hold a text."""
    records = [
        one for one in vars(module).values() if dataclasses.is_dataclass(one) and one.__module__ == module.__name__
    ]
    hints = [hint for record in records for hint in get_type_hints(record).items()]
    return {name for name, kind in hints if kind in (str, str | None)} - CODES


def _beside_the_door(path: Path, names: set[str]) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    above = {part: whole for whole in ast.walk(tree) for part in ast.iter_child_nodes(whole)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in names and isinstance(node.ctx, ast.Load):
            wholes = list(_wholes(node, above))
            is_called = any(isinstance(one, ast.Call) and one.func is (wholes[0] if wholes else None) for one in wholes)
            if not is_called and not any(isinstance(one, ast.Call) and _forms(one) for one in wholes):
                yield f"{path.name}: {ast.unparse(node)}"


def _wholes(node: ast.AST, above: dict[ast.AST, ast.AST]) -> Iterator[ast.AST]:
    while node in above:
        node = above[node]
        yield node


def _forms(call: ast.Call) -> bool:
    """Whether it is a form, or a form applied to each of several texts."""
    called = [call.func, *(call.args[:1] if isinstance(call.func, ast.Name) and call.func.id == "map" else [])]
    return any(part.id in FORMS for one in called for part in ast.walk(one) if isinstance(part, ast.Name))


def test_what_the_host_says_is_sent_in_a_form() -> None:
    """Of the records of a document, in all that makes its payload."""
    found = {one for path in sorted(TRANSLATE.glob("*.py")) for one in _beside_the_door(path, _texts(documents))}

    assert found == {
        # numbers that the detector folds itself (`Known.of`), and texts of lines that are made already (`SentLine`)
        "check.py: document.number", "check.py: document.original.number", "check.py: line.description",
        "translate.py: line.description", "translate.py: line.unit",
        # functions of that name
        "check.py: demands.currency", "check.py: wording.introduction", "translate.py: wording.introduction",
    }  # fmt: skip


def test_what_lexware_says_is_compared_in_a_form() -> None:
    """Names, notes and remarks: never as they came."""
    found = {one for path in sorted((WORKER / "lexware").glob("*.py")) for one in _beside_the_door(path, THEIRS)}

    assert found == {"lookup.py: one.note", "transfer.py: profile.company_name", "transfer.py: self.attempt.calls.note"}


def test_nobody_else_folds() -> None:
    """What Unicode knows of letters is asked for at the door alone."""
    folding = [
        path.name for path in WORKER.rglob("*.py") if "lab" not in path.parts and "unicodedata" in _imported(path)
    ]

    assert folding == ["fold.py"]


def _imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}


ODD = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("\u00ad\u200b\x1b\u202e\u00a0 \n"),
    min_size=1,
    max_size=20,
)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    for part in value if isinstance(value, list) else []:
        yield from _strings(part)
    if isinstance(value, str):
        yield value


@settings(deadline=None, max_examples=60)
@given(ODD, ODD, ODD)
def test_whatever_is_sent_has_passed(name: str, street: str, words: str) -> None:
    """Each text of a payload is as the door would leave it."""
    payer = invented.payer(last_name=f"Beispiel{name}", street=f"Weg{street}", salutation=name[:9])
    document = invented.invoice(
        invented.line(description=f"Massage{words}"), payer=payer, introduction=f"Gern{words}", number=f"RE{street}"
    )
    itemised = invented.settings(lines="itemised")
    sent = []
    with suppress(Untranslatable):
        sent.append(translate(document, itemised, contact_id=None, marker_code=invented.CODE).payload)
        sent.append(contact_payload(payer, itemised, marker_code=invented.CODE))

    assert [text for text in _strings(sent) if fold.paragraph(text) != text] == []
