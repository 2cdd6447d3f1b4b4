"""Many contact ids at once: `contact link --csv`."""

from pathlib import Path

import pytest
from contact_linking import ContactLinking

from worker.lab.sandbox.faults import Fault
from worker.practice.contact_file import Entry, read

APP = "https://app.lexware.de/permalink/contacts/view/"
UNKNOWN = "11111111-2222-4333-8444-555555555555"


@pytest.mark.parametrize(
    ("encoding", "delimiter", "head"),
    [
        pytest.param("utf-8", ",", ("Customer", "customer_number", "name", "VALUE"), id="as written by hand"),
        pytest.param("utf-8-sig", ";", ("Kunde", "Kundennummer", "Name", "Kontakt"), id="as Excel saves UTF-8"),
        pytest.param("cp1252", ";", ("KUNDE", "Kundennummer ", "Name", "Kontakt"), id="as Excel saves CSV"),
        pytest.param("utf-16", "\t", ("customer", "customer_number", "", "value"), id="as Excel saves Unicode text"),
    ],
)
def test_a_file_links_many(
    linker: ContactLinking, tmp_path: Path, encoding: str, delimiter: str, head: tuple[str, ...]
) -> None:
    """Customers by id or by number; lines that fail stop no other, and the exit code says that some did."""
    ada, bert = linker.customer(), linker.customer("Bert", "Müller", customer_number="KÖ-7")
    contacts = linker.contact(), linker.contact("Bert", "Müller")
    rows = [
        head,
        (ada, "", "Ada", contacts[0]),
        ("", "KÖ-7", "Müller", APP + contacts[1]),
        (linker.customer(), "", "", ""),
        (4711, "", "", contacts[0]),
        ("", "K-unknown", "", contacts[0]),
        ("x", "", "", contacts[0]),
        (ada, "", "again", contacts[0]),
    ]
    text = "\r\n".join(delimiter.join(map(str, row)) for row in rows)
    file = tmp_path / "contacts.csv"
    file.write_bytes(text.encode(encoding))

    done = linker.csv(file, exits=1)

    assert linker.links() == {ada: contacts[0], bert: contacts[1]}
    assert "Linked: 2, linked already: 0, without a value: 1, not linked: 4." in done.stdout
    assert "Not linked: line 5, 6, 7, 8." in done.stderr
    assert f"Customer {ada} stands in line 2 already" in done.stdout


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"', "\ufeffsep=;", "sep=;;"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_says_what_separates_its_columns(first: str, end: str) -> None:
    """As Excel writes it; lines keep their numbers, and what nobody sees is no value."""
    file = end.join([first, "Kunde;Kontakt, Lexware;Kontakt", "7;x;\u200babc ", "8;x;\u00a0"])

    assert read(file.encode()) == [Entry(3, "7", "", "abc"), Entry(4, "8", "", "")]


def test_a_dry_run_of_a_file_stores_nothing_and_a_second_run_changes_nothing(
    linker: ContactLinking, tmp_path: Path
) -> None:
    """A file can be tried first, and be used again."""
    ada, contact = linker.customer(), linker.contact()
    file = tmp_path / "contacts.csv"
    file.write_text(f"customer,value\n{ada},{contact}\n", encoding="utf-8")

    tried = linker.csv(file, "--dry-run").stdout
    assert linker.links() == {}
    linker.csv(file)
    again = linker.csv(file).stdout

    assert "Dry run, nothing was stored. To be linked: 1," in tried
    assert "Linked: 0, linked already: 1," in again
    assert linker.links() == {ada: contact}


def test_one_contact_for_two_customers_of_a_file_is_found_in_the_dry_run(
    linker: ContactLinking, tmp_path: Path
) -> None:
    """The slip of a line copied twice shows before anything is stored."""
    ada, twin, contact = linker.customer(), linker.customer(), linker.contact()
    file = tmp_path / "contacts.csv"
    file.write_text(f"customer,value\n{ada},{contact}\n{twin},{contact}\n", encoding="utf-8")

    assert "stands in line 2 already, for another customer" in linker.csv(file, "--dry-run", exits=1).stdout
    linker.csv(file, "--force")
    assert linker.links() == {ada: contact, twin: contact}


def test_a_refused_key_is_asked_once_for_a_whole_file(linker: ContactLinking, tmp_path: Path) -> None:
    """What fails every line alike is not tried again; what fails one line is."""
    rows = "".join(f"{linker.customer()},{UNKNOWN}\n" for _ in range(5))
    file = tmp_path / "contacts.csv"
    file.write_text(f"customer,value\n{rows}", encoding="utf-8")
    linker.sandbox.control.add_fault(Fault(status=503))
    linker.sandbox.control.add_fault(Fault(status=401, count=None))

    done = linker.csv(file, exits=1)

    assert "not linked: 5." in done.stdout
    assert len(linker.sandbox.control.requests(linker.tenant.id)) == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"", "must name the columns", id="empty"),
        pytest.param(b"klient;nummer\n1;2\n", "must name the columns", id="other columns"),
        pytest.param(b"customer,customer_number\n1,2\n", "must name the columns", id="no value"),
        pytest.param(b"\x81\x8d\x01", "no text file", id="binary"),
        pytest.param(b"customer_number,value\n\x00,1\n", "no text file", id="a NUL"),
        pytest.param(b'customer,value\n1,"open', "no text file", id="broken quotes"),
        pytest.param(b"\xff\xfe\x00", "no text file", id="half a character"),
    ],
)
def test_a_file_that_is_no_table_is_told(linker: ContactLinking, tmp_path: Path, content: bytes, words: str) -> None:
    """Anything else than a table with the columns is a sentence."""
    file = tmp_path / "contacts.csv"
    file.write_bytes(content)

    assert words in linker.csv(file, exits=1).stderr
