"""A number that holds a person stands in no output, whatever became of its document, and if nothing has looked through it yet."""

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import planted
import pytest
from browser import pages
from commands import Commands
from ledger_rows import settle
from stage import Stage

from worker.operations.report.formats.render import Form

NUMBERS = ("RE-Qzxnachname-{}", "A123456780-{}", "X-12.03.1985/{}", "{}-Qzxvorname", "{} Z987001-QZX 12")
SECRETS = ("qzx", "a123456780", "12.03.1985")
#: What became of a document before anything has looked through it.
STATES = {
    "pending": None,
    "given up": ("dead", "retries_exhausted"),
    "closed by a human": ("discarded", "operator"),
    "refused for something else": ("dead", "missing_field"),
}


@pytest.fixture(name="documents")
def _documents(stage: Stage) -> list[int]:
    """Each number in each state, and of one from before the switch-on; some given twice."""
    practice = stage.practice
    payer = practice.customer(
        first_name="Qzxvorname", last_name="Qzxnachname", birth_date="1985-03-12", insurance_number="Z987001-QZX"
    )
    count, events = 0, []
    for outcome in (*STATES.values(), "before"):
        for number in NUMBERS:
            count += 1
            with practice.db.transaction():
                if outcome == "before":
                    practice.db.execute("set local session_replication_role = replica")
                document = practice.invoice(payer, number=number.format(count))
            if outcome != "before":
                events.append(document)
            if isinstance(outcome, tuple):
                settle(stage.db, document, *outcome)
    stage.db.execute("alter table practice.invoices drop constraint invoices_practice_id_number_key")
    stage.db.execute("update practice.invoices set number = 'RE-Qzxnachname-1' where number = 'RE-Qzxnachname-6'")
    return events


def _outputs(stage: Stage, documents: list[int], tmp_path: Path) -> Iterator[tuple[str, str]]:
    lexrelay = Commands(stage._url, stage.sandbox)
    practice = ("--practice", stage.practice.practice_id)
    events = [stage.event(document)["event_id"] for document in documents]
    lines = [
        ("status",), ("history",), ("dead", "list"), ("dead", "groups"), ("drafts", *practice), ("check",), ("check", "--alarms"),
        ("replay", "--all", "--dry-run"), ("host", "check"), *(("dead", "show", event) for event in events),
        ("backfill", *practice, "--from", "2026-11-01", "--to", "2026-11-30", "--dry-run"), ("practice", "show", *practice),
    ]  # fmt: skip
    for words in lines:
        for form in ((), ("--json",)):
            yield " ".join(map(str, (*words, *form))), lexrelay.says(*words, *form)
    for form in get_args(Form):
        out = tmp_path / form
        lexrelay("report", *practice, "--month", "2026-11", "--format", form, "--out", out, exits=1)
        yield f"report {form}", out.read_bytes().decode("utf-8", "replace")
    yield "report sign", lexrelay.says("report", "sign", *practice, "--month", "2026-11", "--by", "ada")
    yield "tables", planted.ledger(stage.db)
    for view in ("document_status", "practice_status"):
        yield view, "\n".join(row[0] for row in stage.db.execute(f"select v::text from lexrelay.{view} v"))
    with pages(stage._url, stage.sandbox.url) as console:
        own = f"/practices/{stage.practice.practice_id}"
        browser = console.browser("operator")
        for path in (
            "/", "/letters", "/documents", "/practices", "/history", "/system", own, f"{own}/documents", f"{own}/reports",
            *(f"/documents/{event}" for event in events),
        ):  # fmt: skip
            yield path, browser.get(path).text


def test_it_stands_in_no_output(stage: Stage, documents: list[int], tmp_path: Path) -> None:
    """Pending, refused for something else, given up, closed, and from before the switch-on."""
    told = {
        place: [secret for secret in SECRETS if secret in text.lower()]
        for place, text in _outputs(stage, documents, tmp_path)
    }

    assert {place: found for place, found in told.items() if found} == {}
    assert "None" not in Commands(stage._url, stage.sandbox)("show", stage.event(documents[0])["event_id"]).output


def test_who_types_it_or_its_key_is_answered(stage: Stage, documents: list[int]) -> None:
    """The event is found though it keeps no number."""
    told = Commands(stage._url, stage.sandbox).json("show", "A123456780-2", "--practice", stage.practice.practice_id)

    assert (told["event_id"], told["number"]) == (stage.event(documents[1])["event_id"], None)


def test_what_an_earlier_release_kept_is_taken_out(stage: Stage, documents: list[int]) -> None:
    """By `migrate`; what went over was looked through."""
    stage.db.execute("update outbox.event e set number = i.number from practice.invoices i where i.id = e.document_id")

    Commands(stage._url, stage.sandbox)("migrate")

    assert {stage.event(document)["number"] for document in documents} == {None}


def test_other_numbers_stay(stage: Stage) -> None:
    """Whatever the payer is called."""
    payer = stage.practice.customer(first_name="Ma", last_name="Or", birth_date="2026-11-01", insurance_number="keine")
    numbers = ["RE-2026-0042", "RE-Mai-7", "RE 2026-11-02", "Rechnung 1", "OR-1", "X123456789"]
    documents = [stage.practice.invoice(payer, number=number) for number in numbers]

    assert [stage.event(document)["number"] for document in documents] == numbers


def test_what_has_become_somebodys_name_is_forgotten(stage: Stage) -> None:
    """The payer bears it since; the event kept it until the document was to go over."""
    payer = stage.practice.customer()
    document = stage.practice.invoice(payer, number="RE-Qzxnachname-9")
    assert stage.event(document)["number"] == "RE-Qzxnachname-9"

    stage.db.execute("update practice.customers set last_name = 'Qzxnachname' where id = %s", (payer,))
    stage.run()

    assert stage.outcome(document) == ("dead", "health_data")
    assert stage.event(document)["number"] is None
