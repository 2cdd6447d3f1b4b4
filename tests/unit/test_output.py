"""Tables of commands: nothing is cut, however narrow the terminal."""

import io

import pytest
from rich.console import Console

from worker.cli import output

UUID = "5d0f7c1a-9a3e-4c57-8b1d-2f6a1c9e7b40"


def _on(monkeypatch: pytest.MonkeyPatch, width: int, columns: list[str], row: list[object]) -> str:
    """The table as a terminal of this width shows it."""
    paper = Console(width=width, file=io.StringIO(), highlight=False, markup=False)
    monkeypatch.setattr(output, "console", lambda: paper)
    output.show_table(columns, [row])
    return paper.file.getvalue()


def test_words_give_way_before_numbers_and_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is one word stays one; what has blanks goes on in a further line."""
    shown = _on(monkeypatch, 64, ["Number", "Died", "Id"], ["RE-2026-0042", "2026-11-27 13:21", UUID])

    assert "RE-2026-0042" in shown
    assert UUID in shown
    assert "2026-11-27 13:21" not in shown
    assert max(map(len, shown.splitlines())) <= 64


def test_what_does_not_fit_is_folded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every character is still there."""
    shown = _on(monkeypatch, 20, ["Number", "Id"], ["RE-2026-0042", UUID])

    assert "…" not in shown
    assert sorted(shown.replace("\n", "").replace(" ", "")) == sorted(f"NumberIdRE-2026-0042{UUID}")


def test_without_a_terminal_a_row_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """For grep and awk, however long it is."""
    output.show_table(["Id"] * 9, [[UUID] * 9])

    assert len(capsys.readouterr().out.splitlines()) == 2
