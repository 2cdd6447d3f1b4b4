"""The proof of a month: sums to the cent, every disagreement in its part, the same bytes twice, a chain that shows changes."""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pytest
from chosen import a_few_of
from commands import Commands
from stage import Stage, stage
from watching import Watcher

from worker.lab.sandbox.faults import Fault
from worker.messages import reasons
from worker.operations.report import formats

MONTH = "2026-11"
KEYS = {
    "practice_id", "month", "organisation_id", "complete", "why_not", "totals", "funnel", "numbers", "pairs", "drafts",
    "changed", "missing", "orphans", "decisions", "query", "previous_sha256", "sha256",
}  # fmt: skip
NOTE = "Umsatzsteuerfrei nach § 4 Nr. 14 UStG"


class Prover:
    """Reports of the stage's practice."""

    def __init__(self, lexrelay: Commands, one: Stage) -> None:
        self.lexrelay, self._practice = lexrelay, one.practice.practice_id

    def __call__(self, *more: object, exits: int = 0, month: str = MONTH) -> str:
        """What the command prints."""
        return self.lexrelay("report", "--practice", self._practice, "--month", month, *more, exits=exits).stdout

    def json(self, *, exits: int = 0, month: str = MONTH) -> dict[str, Any]:
        """The report as data."""
        report: dict[str, Any] = json.loads(self("--format", "json", exits=exits, month=month))
        return report

    def sign(self, *more: object, exits: int = 0, month: str = MONTH) -> str:
        """Close the month."""
        return self.lexrelay(
            "report", "sign", "--practice", self._practice, "--month", month, "--by", "Ada Beispiel", *more, exits=exits
        ).output

    def verify(self, *, exits: int = 0) -> list[str | None]:
        """The faults of the chain."""
        said = self.lexrelay("report", "verify", "--practice", self._practice, "--json", exits=exits).stdout
        return [link["fault"] for link in json.loads(said)["reports"]]


@pytest.fixture(name="one")
def _one(db: psycopg.Connection, database_url: str) -> Iterator[Stage]:
    """A practice in an organisation with VAT."""
    with stage(db, database_url, tax_type="net") as one:
        yield one


@pytest.fixture(name="prove")
def _prove(one: Stage, database_url: str) -> Prover:
    return Prover(Commands(database_url, one.sandbox), one)


def mixed(one: Stage) -> list[int]:
    """Documents of every group and mode, one cancelled."""
    practice, customer = one.practice, one.practice.customer()
    prices = {"unit_price": Decimal("19.99"), "quantity": Decimal(3)}
    invoices = [
        practice.invoice(customer),
        practice.invoice(customer, [prices | {"vat_rate": Decimal(19)}], tax_mode="net", total=Decimal("71.36")),
        practice.invoice(customer, [prices | {"vat_rate": Decimal(7)}], tax_mode="gross"),
        practice.invoice(customer, [{"vat_rate": Decimal(0)}, prices | {"vat_rate": Decimal(19)}], tax_mode="gross"),
    ]
    one.run()
    practice.cancel(invoices[0])
    one.run()
    return invoices


def host_sums(one: Stage) -> dict[str, Decimal]:
    """Gross of each kind by the host's own table."""
    rows = one.db.execute("select kind, sum(total) from practice.invoices where status <> 'draft' group by kind")
    return dict(rows.fetchall())


def lexware_sums(one: Stage) -> dict[tuple[str, str], list[Decimal]]:
    """Net and tax of each kind and rate by the sandbox's own documents."""
    sums: dict[tuple[str, str], list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for document in one.documents():
        kind, sign = ("invoice", 1) if document["kind"] == "invoice" else ("cancellation", -1)
        for tax in document["body"]["taxAmounts"]:
            cell = sums[kind, str(int(tax["taxRatePercentage"]))]
            cell[0] += sign * tax["netAmount"]
            cell[1] += sign * tax["taxAmount"]
    return sums


def test_every_sum_is_right_to_the_cent(one: Stage, prove: Prover) -> None:
    """Against the host's table and the sandbox's documents, in exactly the keys of the contract; the funnel adds up."""
    mixed(one)

    report = prove.json()

    assert set(report) == KEYS
    assert (report["complete"], report["why_not"], report["query"]["complete"]) == (True, [], True)
    for column in ("practice", "sent", "lexware"):
        for kind, total in host_sums(one).items():
            cells = [row[column] for row in report["totals"] if row["kind"] == kind]
            assert sum(Decimal(cell["gross"]) for cell in cells) == total
            assert sum(Decimal(cell["net"]) + Decimal(cell["tax"]) for cell in cells) == total
    there = lexware_sums(one)
    for row in report["totals"]:
        rate = "0" if row["group"] == "exempt" else row["group"]
        expected = there.get((row["kind"], rate), [Decimal(0)] * 2) if row["group"] != "0" else [Decimal(0)] * 2
        for column in ("practice", "sent", "lexware"):
            assert [Decimal(row[column]["net"]), Decimal(row[column]["tax"])] == expected, row
    funnel = report["funnel"]
    places = ("transferred", "excluded", "held", "failed", "in_doubt")
    assert funnel["documents"] == sum(funnel[place] for place in places) == 5
    assert {row["number"] for row in report["numbers"]["mapping"]} >= {"RE-2026-0001", "ST-2026-0001"}
    assert report["organisation_id"] == one.tenant.id


def test_twice_the_same_bytes(one: Stage, prove: Prover, tmp_path: Path) -> None:
    """Lexware is asked again, nothing has changed: not a byte differs, in no format, and no second report is kept."""
    one.practice.invoice(one.practice.customer())
    one.run()

    for form in ("text", "json", "csv", "csv-machine", "pdf"):
        files = [tmp_path / f"{form}.{time}" for time in ("once", "again")]
        for file in files:
            prove("--format", form, "--out", file)
        assert files[0].read_bytes() == files[1].read_bytes()
        assert b"Beispiel" not in files[0].read_bytes()
    assert one.db.execute("select count(*) from lexware.reports").fetchone() == (1,)


def test_the_table_opens_in_a_german_spreadsheet(one: Stage, prove: Prover) -> None:
    """Byte order mark, semicolons, decimal commas, whatever language is spoken; the one for programs has none of it."""
    mixed(one)

    people, programs = prove("--format", "csv").splitlines(), prove("--format", "csv-machine").splitlines()

    assert people[0].startswith("\ufeff")
    assert "exempt;Cancellation;Lexware now;1;-85,00;-85,00;0,00" in people
    assert programs[0] == "part,row,field,value"
    assert "totals,1,lexware.gross,170.00" in programs


def test_every_disagreement_stands_in_its_part(one: Stage, prove: Prover) -> None:
    """Each of them is named, and the report is not green; what is in order is not named."""
    practice, control, db = one.practice, one.control, one.db
    names = (
        "fine", "double", "amount", "orphan", "day", "voided", "deleted", "reopened", "host", "uncancelled", "twice", "doubt",
        "numbered",
    )  # fmt: skip
    ids = {name: practice.invoice(practice.customer()) for name in names}
    one.run()
    remote = {name: one.lexware_id(document) for name, document in ids.items()}
    numbers = dict(db.execute("select id, number from practice.invoices").fetchall())
    number = {name: numbers[document] for name, document in ids.items()}

    def act(action: Any, name: str, **arguments: Any) -> None:
        control.act(one.tenant.id, action, document=remote[name], **arguments)

    act("finalise", "reopened")
    prove("--format", "json")  # it was seen finalised
    act("reopen", "reopened")
    act("copy_document", "double")
    act("copy_document", "orphan", changes={"remark": _remark(one, remote["orphan"])})
    act("set_total", "amount", total=Decimal("58.00"))
    act("edit_draft", "day", changes={"voucherDate": "2026-11-05T00:00:00.000+01:00"})
    act("finalise", "voided")
    act("void", "voided")
    act("delete_draft", "deleted")
    _plant_in_the_host(db, ids)
    practice._number("RE")  # a number is left out
    failed = practice.invoice(practice.customer(), [])
    one.run()
    held = practice.invoice(practice.customer())
    db.execute("update outbox.lane set pause_reason = 'operator', paused_at = now()")

    report = prove.json(exits=1)

    assert not report["complete"]
    assert set(report["why_not"]) == {
        "lost", "held", "failed", "in_doubt", "gaps", "doubles", "pairs", "changed", "missing", "orphans",
    }  # fmt: skip
    changed = {(row["document_id"], row["what"]) for row in report["changed"]}
    assert changed == {
        (ids["amount"], "money"), (ids["day"], "day"), (ids["reopened"], "back_to_draft"), (ids["host"], "practice")
    }  # fmt: skip
    assert [(row["document_id"], row["state"]) for row in report["missing"]] == [(ids["deleted"], "unconfirmed")]
    assert {(row["number"], row["why"]) for row in report["orphans"]} == {
        (number["orphan"], "marker"), (number["double"], "look_alike")
    }  # fmt: skip
    findings = {(row["invoice_number"], row["finding"]) for row in report["pairs"]}
    assert findings == {(number["voided"], "voided_in_lexware"), (number["uncancelled"], "no_cancellation")}
    assert report["numbers"]["gaps"] == [number["numbered"], "RE-2026-0014"]
    assert [(row["in"], row["document_ids"]) for row in report["numbers"]["doubles"]] == [
        ("practice", [ids["fine"], ids["numbered"]]), ("lexware", [ids["twice"]]),
    ]  # fmt: skip
    standing = {(row["document_id"], row["standing"]) for row in report["funnel"]["not_transferred"]}
    lost = db.execute("select id from practice.invoices where number = 'RE-2026-0017'").fetchone()
    assert standing == {
        (ids["doubt"], "in_doubt"), (ids["twice"], "failed"), (failed, "failed"), (held, "held"), (lost[0], "lost")
    }  # fmt: skip
    text = prove(exits=1)
    assert text == prove(exits=1)
    assert max(map(len, text.splitlines())) <= 80
    assert "NOT COMPLETE" in text
    assert "\n'" not in prove("--format", "csv", exits=1), "a text of ours begins a formula"


def _remark(one: Stage, remote_id: str) -> str:
    return next(str(document["body"]["remark"]) for document in one.documents() if document["id"] == remote_id)


def _plant_in_the_host(db: psycopg.Connection, ids: dict[str, int]) -> None:
    """What a host does that it should not, and what the ledger may have come to."""
    db.execute("update practice.invoice_items set unit_price = 90 where invoice_id = %s", (ids["host"],))
    db.execute("update practice.invoices set total = 90 where id = %s", (ids["host"],))
    db.execute("update practice.invoices set status = 'cancelled' where id = %s", (ids["uncancelled"],))
    db.execute("alter table practice.invoices drop constraint invoices_practice_id_number_key")
    db.execute(
        "update practice.invoices set number = (select number from practice.invoices where id = %s) where id = %s",
        (ids["fine"], ids["numbered"]),
    )
    for name, reason in (("doubt", "in_doubt"), ("twice", "duplicate_found")):
        db.execute(
            "update outbox.event set state = 'dead', reason = %s, due_at = null, closed_at = now() where document_id = %s",
            (reason, ids[name]),
        )
    with db.transaction():
        db.execute("set local session_replication_role = replica")
        db.execute(
            "insert into practice.invoices (practice_id, customer_id, number, status, invoice_date, total, completed_at) "
            "select practice_id, customer_id, 'RE-2026-0017', 'completed', invoice_date, 0, now() "
            "from practice.invoices where id = %s",
            (ids["fine"],),
        )


def test_a_signed_report_is_closed(one: Stage, prove: Prover) -> None:
    """Whatever happens later, its bytes stay; the next month's report tells of it."""
    document = one.practice.invoice(one.practice.customer())
    one.run()
    first = prove("--format", "json")
    prove.sign("--why", "mit der Steuerberaterin geprüft")
    one.control.act(one.tenant.id, "set_total", document=one.lexware_id(document), total=Decimal("58.00"))
    prove.sign(exits=1)

    again, later = prove("--format", "json"), prove.json(month="2026-12", exits=1)

    assert again == first
    assert later["previous_sha256"] == json.loads(first)["sha256"]
    assert prove.verify() == [None, None]
    assert "Ada Beispiel" in prove()
    [change] = later["changed"]
    assert (change["document_id"], change["month"], change["what"]) == (document, MONTH, "money")


def test_a_closed_month_is_not_read_any_more(one: Stage, prove: Prover) -> None:
    """The deep reading asks for the documents of months whose report is not signed, and for no other."""
    closed, still_open = (
        one.practice.invoice(one.practice.customer(), invoice_date=date(2026, month, 3)) for month in (11, 12)
    )
    one.run()
    prove()
    prove.sign()
    before = len(one.control.requests(one.tenant.id))
    watcher = Watcher(one)

    assert watcher.run("deep") == (True, None)

    watcher.close()
    asked = [call["path"] for call in one.control.requests(one.tenant.id, since=before)]
    assert f"/v1/invoices/{one.lexware_id(still_open)}" in asked
    assert f"/v1/invoices/{one.lexware_id(closed)}" not in asked


_CENT = "replace(body, '85.00', '85.01')"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (f"body = {_CENT}", "body_changed"),
        ("previous_sha256 = null, sequence = 1", "chain_broken"),
        (f"body = {_CENT}, sha256 = encode(sha256(convert_to({_CENT}, 'UTF8')), 'hex')", "not_as_signed"),
    ],
    ids=["a byte", "the link", "a byte and its hash"],
)
def test_a_change_is_found(one: Stage, prove: Prover, change: str, fault: str) -> None:
    """By whoever changes the table past its own trigger."""
    one.practice.invoice(one.practice.customer())
    one.run()
    prove("--format", "json", month="2026-10")
    prove()
    prove.sign()
    assert prove.verify() == [None, None]
    one.db.execute("set session_replication_role = replica")
    if "sequence" in change:
        one.db.execute("delete from lexware.reports where sequence = 1")

    one.db.execute(f"update lexware.reports set {change} where month = '2026-11-01'")

    assert fault in prove.verify(exits=1)


def test_a_report_is_never_changed(one: Stage, prove: Prover) -> None:
    """Not by the worker's role, nor by the owner of the table, and not a signature either."""
    prove()
    prove.sign()

    for change in ("body = '{}'", "signed_by = 'Bert Beispiel'"):
        with pytest.raises(psycopg.errors.RestrictViolation):
            one.db.execute(f"update lexware.reports set {change}")


def test_without_lexware_nothing_is_proven(one: Stage, prove: Prover) -> None:
    """Silence, a wrong key and none: the report is there, says why, and the exit code is 1."""
    one.practice.invoice(one.practice.customer())
    one.run()
    one.control.start_outage(Fault(status=503, path="/v1/*"))
    silent = prove.json(exits=1)
    one.control.end_outage()
    one.control.act(one.tenant.id, "revoke_key", key=one.tenant.key)
    refused = prove.json(exits=1)
    one.db.execute("update lexware.connection set key_encrypted = null, key_stored_at = null")
    keyless = prove.json(exits=1)

    assert [report["why_not"] for report in (silent, refused, keyless)] == [
        ["no_answer"], ["key_refused"], ["not_connected"],
    ]  # fmt: skip
    assert not any(report["complete"] or report["query"]["complete"] for report in (silent, refused, keyless))


def test_documents_before_the_switch_on_are_excluded(one: Stage, prove: Prover) -> None:
    """They were never meant to go over: the funnel adds up, and the month is proven."""
    one.db.execute("update outbox.lane set enabled = false")
    one.db.execute("update outbox.lane_period set disabled_at = clock_timestamp()")
    one.practice.invoice(one.practice.customer(), invoice_date=date(2026, 11, 3))

    report = prove.json()

    assert (report["funnel"]["documents"], report["funnel"]["excluded"]) == (1, 1)
    assert report["funnel"]["not_transferred"][0]["reason"] == "not_switched_on"


def test_pdf_without_its_package_says_what_to_install(
    one: Stage, prove: Prover, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one sentence; the other formats need nothing."""
    monkeypatch.delitem(sys.modules, "worker.operations.report.formats.pdf", raising=False)
    monkeypatch.delattr(formats, "pdf", raising=False)
    monkeypatch.setitem(sys.modules, "fpdf", None)

    refused = prove.lexrelay(
        "report", "--practice", one.practice.practice_id, "--month", MONTH, "--format", "pdf", exits=1
    )

    assert "`pip install 'lexrelay[pdf]'`" in refused.stderr
    assert prove()


def test_what_is_wrong_with_the_command_is_said(one: Stage, prove: Prover, tmp_path: Path) -> None:
    """A month of another spelling, an option that lacks, a practice that is not there, a file that cannot be written."""
    prove(exits=2, month="2026-13")
    prove.lexrelay("report", "--month", MONTH, exits=2)
    prove.lexrelay("report", "--practice", 999, "--month", MONTH, exits=1)
    prove("--out", tmp_path / "no" / "file", exits=1)
    assert prove.verify() == [None]
    assert "no report" in prove.sign(month="2026-01", exits=1)


#: 0, and a division by zero for the document whose introduction is "broken".
_FAILS = "1 / (length(h.introduction) - 6)"


def _fails_for(db: psycopg.Connection, name: str, expression: str) -> None:
    """Let the host's view of documents fail for the one whose introduction says so."""
    columns = [
        row[0]
        for row in db.execute(
            "select column_name from information_schema.columns where table_schema = 'contract' and table_name = 'document' "
            "order by ordinal_position"
        )
    ]
    named = ", ".join(f"{expression} as {name}" if column == name else f"h.{column}" for column in columns)
    db.execute("alter view contract.document rename to document_as_it_was")
    db.execute(f"create view contract.document as select {named} from contract.document_as_it_was h")
    db.execute("grant select on contract.document to lexrelay_worker, lexrelay_daemon, lexrelay_operator")


@pytest.mark.parametrize(
    ("name", "expression"),
    a_few_of(
        [
            ("total", f"h.total + {_FAILS}"),
            ("number", f"h.number || left('', {_FAILS})"),
            ("invoice_date", f"h.invoice_date + {_FAILS}"),
        ]
    ),
)
def test_a_row_that_the_host_cannot_give_is_named(one: Stage, prove: Prover, name: str, expression: str) -> None:
    """Whichever of its columns fails: all other documents are counted, it stands among the failed, nothing is green."""
    ids = [one.practice.invoice(one.practice.customer(), introduction="broken" if n == 2 else "fine") for n in range(5)]
    one.run()
    _fails_for(one.db, name, expression)

    report = prove.json(exits=1)

    assert (report["funnel"]["documents"], report["funnel"]["transferred"], report["funnel"]["failed"]) == (5, 4, 1)
    [broken] = report["funnel"]["not_transferred"]
    assert (broken["document_id"], broken["reason"], broken["number"]) == (ids[2], "host_data", "RE-2026-0003")
    assert {"failed", "unreadable"} <= set(report["why_not"])
    assert sum(row["practice"]["count"] for row in report["totals"]) == 4
    assert "host_data" not in prove(exits=1).replace("(reason host_data)", "")


def test_people_read_words_and_programs_codes(one: Stage, prove: Prover) -> None:
    """The reason of what was given up, in both languages; JSON and the table for programs keep the code."""
    one.practice.invoice(one.practice.customer(), [])
    one.run()

    english, german = prove(exits=1), prove("--lang", "de", exits=1)
    programs, report = prove("--format", "csv-machine", exits=1), prove.json(exits=1)

    assert "no_items" not in english + german
    assert reasons.DEAD["no_items"].message.en[:30] in " ".join(english.split())
    assert reasons.DEAD["no_items"].message.de[:30] in " ".join(german.split())
    assert "no_items" in programs
    assert report["funnel"]["not_transferred"][0]["reason"] == "no_items"
