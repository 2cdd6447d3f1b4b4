"""Tables of commands: nothing is cut, however narrow the terminal."""

import pytest

from worker.cli import output
from worker.cli.paper import laid

UUID = "5d0f7c1a-9a3e-4c57-8b1d-2f6a1c9e7b40"


def _at(capsys: pytest.CaptureFixture[str], columns: list[str], row: list[object]) -> str:
    output.show_table(columns, [row])
    return capsys.readouterr().out


def test_words_give_way_before_numbers_and_ids(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is one word stays one; what has blanks goes on in a further line."""
    monkeypatch.setenv("COLUMNS", "64")

    shown = _at(capsys, ["Number", "Died", "Id"], ["RE-2026-0042", "2026-11-27 13:21", UUID])

    assert "RE-2026-0042" in shown
    assert UUID in shown
    assert "2026-11-27 13:21" not in shown
    assert max(map(len, shown.splitlines())) <= 64


def test_a_row_that_does_not_fit_is_a_paragraph(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is cut and no word is broken: every field has its line."""
    monkeypatch.setenv("COLUMNS", "44")

    shown = _at(capsys, ["Number", "Id"], ["RE-2026-0042", UUID])

    assert shown == f"Number: RE-2026-0042\nId: {UUID}\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("To do: look at the contact and replay", "To do: look at the\n       contact and\n       replay"),
        ("- a list of some words", "- a list of some\n  words"),
        ("2026-11-28 13:21  it was tried", "2026-11-28 13:21  it\n          was tried"),
        (f"In Lexware: {UUID}", f"In Lexware:\n{UUID}"),
        ("no label and many words", "no label and many\nwords"),
    ],
)
def test_a_paragraph_hangs_under_its_beginning(text: str, shown: str) -> None:
    """Under a label, a mark or a moment; an id that is wider than the rest of the line stands alone, whole."""
    assert laid(text, 20) == shown


def test_without_a_terminal_a_row_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """For grep and awk, however long it is."""
    output.show_table(["Id"] * 9, [[UUID] * 9])

    assert len(capsys.readouterr().out.splitlines()) == 2
