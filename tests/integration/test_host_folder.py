"""A host folder is read and checked before anything else: every mistake is one sentence with file and remedy."""

from pathlib import Path

import pytest

from worker.host import folder
from worker.host.errors import HostError

_TOML = folder.read(folder.built_in("reference")).files["host.toml"]


@pytest.fixture(name="copy")
def _copy(tmp_path: Path) -> Path:
    """The reference host, written out."""
    folder.write(folder.read(folder.built_in("reference")).files, tmp_path / "host")
    return tmp_path / "host"


def test_what_is_written_is_what_is_read(copy: Path) -> None:
    """To the letter, so that an applied host can be shown and applied again."""
    assert folder.read(copy) == folder.read(folder.built_in("reference"))


def test_a_folder_that_is_not_empty_is_left_alone(copy: Path) -> None:
    """Somebody's work may lie there."""
    with pytest.raises(HostError, match="not empty"):
        folder.write({"host.toml": "x"}, copy)

    assert (copy / "host.toml").read_text(encoding="utf-8") == _TOML


def test_triggers_and_rhythm_may_be_left_out(copy: Path) -> None:
    """Then the safety net finds every document, once a minute."""
    (copy / "host.toml").write_text('name = "x"\ncontract = 2\n', encoding="utf-8")

    read = folder.read(copy)

    assert (read.triggers, read.poll_seconds) == ((), 60.0)


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        pytest.param("name = ", "no valid TOML", id="no toml"),
        pytest.param("contract = 2", "`name` is missing", id="no name"),
        pytest.param('name = " "\ncontract = 2', "`name` is missing", id="blank name"),
        pytest.param('name = "x"', "`contract = 2` is missing", id="no contract"),
        pytest.param('name = "x"\ncontract = "2"', "`contract = 2` is missing", id="contract as text"),
        pytest.param('name = "x"\ncontract = true', "`contract = 2` is missing", id="contract as truth"),
        pytest.param('name = "x"\ncontract = 3', "not 3", id="later contract"),
        pytest.param('name = "x"\ncontract = 2\nviews = 1', "does not know views", id="unknown key"),
        pytest.param('name = "x"\ncontract = 2\n[trigger]\ntable = "a"', "[[trigger]] needs", id="one bracket"),
        pytest.param('name = "x"\ncontract = 2\n[[trigger]]\ntable = "a"', "[[trigger]] needs", id="no document"),
        pytest.param(
            'name = "x"\ncontract = 2\n[[trigger]]\ntable = "a"\ndocument = "id"\nupdate_of = "state"',
            "[[trigger]] needs", id="columns as text",
        ),
        pytest.param(
            'name = "x"\ncontract = 2\n[[trigger]]\ntable = "a"\ndocument = "id"\nwhen = "x"', "does not know when",
            id="unknown key of a trigger",
        ),
        pytest.param(
            'name = "x"\ncontract = 2\n' + 2 * '[[trigger]]\ntable = "a"\ndocument = "id"\n', "two [[trigger]]", id="twice"
        ),
        pytest.param('name = "x"\ncontract = 2\n[poll]\nseconds = 0.5', "from 1 to 86400", id="too fast"),
        pytest.param('name = "x"\ncontract = 2\n[poll]\nseconds = "60"', "from 1 to 86400", id="seconds as text"),
        pytest.param('name = "x"\ncontract = 2\n[poll]\nseconds = nan', "from 1 to 86400", id="no number"),
        pytest.param('name = "x"\ncontract = 2\npoll = 60', "from 1 to 86400", id="poll is no table"),
        pytest.param('name = "x"\ncontract = 2\n[poll]\nminutes = 1', "does not know minutes", id="unknown rhythm"),
    ],
)  # fmt: skip
def test_a_manifest_that_is_wrong_is_refused(copy: Path, toml: str, said: str) -> None:
    """By its key, with what is right."""
    (copy / "host.toml").write_text(toml, encoding="utf-8")

    with pytest.raises(HostError) as refused:
        folder.read(copy)

    assert said in str(refused.value)
    assert "host.toml" in str(refused.value)


@pytest.mark.parametrize("name", ["host.toml", "practice.sql", "document.sql", "document_line.sql", "payer.sql"])
def test_a_file_that_is_missing_is_named(copy: Path, name: str) -> None:
    """And so is an empty one."""
    (copy / name).write_text("\n", encoding="utf-8")
    with pytest.raises(HostError, match=f"{name} is missing"):
        folder.read(copy)

    (copy / name).unlink()
    with pytest.raises(HostError, match=f"{name} is missing"):
        folder.read(copy)


def test_a_file_that_nobody_would_read_is_named(copy: Path) -> None:
    """A slip in the name of private.sql would switch the leak check off."""
    (copy / "private.sql").rename(copy / "privat.sql")

    with pytest.raises(HostError, match=r"privat\.sql: no file"):
        folder.read(copy)


def test_a_file_that_is_no_text_is_named(copy: Path) -> None:
    """Not a traceback."""
    (copy / "payer.sql").write_bytes(b"select '\xe4'")

    with pytest.raises(HostError, match=r"payer\.sql cannot be read"):
        folder.read(copy)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """With the command that makes one."""
    with pytest.raises(HostError, match="host new"):
        folder.read(tmp_path / "nowhere")
