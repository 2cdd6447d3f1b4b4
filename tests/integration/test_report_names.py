"""As what documents and practices stand in a report: what people know them by, and never a number that holds a name."""

import json
from collections.abc import Iterator
from typing import get_args

import hosting
import mishaps
import psycopg
import pytest
from commands import Commands
from stage import Stage, stage

from worker.operations.report.formats.render import Form

_MONTH = ("--month", "2026-11")
_KEYED = {
    "document_sql": "select i.id as document_id, i.practice_id, i.customer_id as payer_id, i.kind, i.cancels_id as original_id, "
    "i.number, i.status, i.invoice_date, i.due_date, i.tax_mode, i.exemption_note, i.introduction, i.total, i.completed_at, "
    "'D-' || i.id as host_key from practice.invoices i",
    "practice_sql": "select p.id as practice_id, p.name, p.plan, 'lindenweg' as host_key from practice.practices p",
}


@pytest.fixture(name="one")
def _one(db: psycopg.Connection, database_url: str) -> Iterator[Stage]:
    with stage(db, database_url) as one:
        yield one


def _report(one: Stage, form: Form, url: str, lang: str = "en") -> str:
    of = ("--practice", one.practice.practice_id)
    return Commands(url, one.sandbox).says("report", *of, *_MONTH, "--format", form, LEXRELAY_LANG=lang)


def test_a_host_with_keys_of_its_own(one: Stage, database_url: str) -> None:
    """The practice by its key, documents by their numbers, and by their keys where a number says too little."""
    hosting.put(database_url, hosting.reference(**_KEYED))
    payer = one.practice.customer()
    one.db.execute("alter table practice.invoices drop constraint invoices_practice_id_number_key")
    first, second = (one.practice.invoice(payer, number="RE-2026-0001") for _ in range(2))
    bare = one.practice.invoice(payer, number=None)
    one.run()

    text, table = _report(one, "text", database_url), _report(one, "csv", database_url, "de")
    double = json.loads(_report(one, "json", database_url))["numbers"]["doubles"][0]

    assert text.startswith("Proof of November 2026, practice lindenweg\n")
    assert table.startswith("\ufeffNachweis für November 2026, Praxis lindenweg")
    assert f"practice  RE-2026-0001  D-{first}, D-{second}" in text
    assert f"#D-{bare}" in text
    assert (double["document_ids"], double["host_keys"]) == ([first, second], [f"D-{first}", f"D-{second}"])


def test_a_number_that_holds_a_name_stands_nowhere(one: Stage, database_url: str) -> None:
    """Neither of the document, nor of its cancellation, nor of a decision about it: its id does, in every form."""
    practice, lexrelay = one.practice, Commands(database_url, one.sandbox)
    named = practice.invoice(practice.customer(last_name="Qzxnachname"), number="RE Qzxnachname")
    with mishaps.switched_off(one):
        older = practice.invoice(practice.customer(last_name="Qzxzuname"), number="RE Qzxzuname")
    one.run()
    lexrelay("discard", one.event(named)["event_id"], "--why", "entered by hand")
    practice.cancel(named)
    practice.cancel(older)
    one.run()

    for form in get_args(Form):
        said = _report(one, form, database_url)

        assert f"#{named}" in said, form
        assert "qzx" not in said.lower(), form
