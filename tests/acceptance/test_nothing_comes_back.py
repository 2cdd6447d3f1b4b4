"""G6 on the way back: whatever Lexware says of a person in any text, no state, report, probe, trial or view holds it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import mishaps
import planted
import psycopg
import pytest
import services
import structlog
from babbling import babbling
from commands import Commands
from prometheus_client import CollectorRegistry, generate_latest
from stage import PACE, Stage, stage
from watching import Watcher

from worker.lab.sandbox.faults import Fault
from worker.operations.report.formats.render import Form
from worker.service.metrics import Metrics

_MONTH = ("--month", "2026-11")
#: Free texts of Lexware's answers that are asked for here, and of its refusals.
_BABBLED = {
    "companyName", "userName", "userEmail", "contactName", "firstName", "lastName", "name", "street", "supplement", "zip", "city",
    "title", "introduction", "remark", "unitName", "taxTypeNote", "note", "message",
}  # fmt: skip


@dataclass
class Back:
    """What was read back of a practice, with everybody babbling."""

    stage: Stage
    lexrelay: Commands
    logged: list[Any]
    fields: set[str]
    notified: list[str]

    def says(self, *words: object) -> list[str]:
        """A command about the practice, in both languages and as JSON."""
        asked = (*words, "--practice", self.stage.practice.practice_id)
        people = [self.lexrelay.says(*asked, LEXRELAY_LANG=lang) for lang in ("de", "en")]
        return [*people, self.lexrelay.says(*asked, "--json")]

    def leaking(self, *texts: str) -> list[str]:
        """The beginnings of those texts that hold what they must not."""
        keys = [key for tenant in self.stage.control.organisations() for key in tenant.keys]
        assert all(texts)
        return [text[:300] for text in texts if planted.found(text, *keys)]


@pytest.fixture(scope="module", params=["neutral", "itemised"])
def back(_postgres: str, _template: str, request) -> Iterator[Back]:
    """Documents in every state that the watch knows, and some that died."""
    with (
        services.database(_postgres, template=_template) as url,
        psycopg.connect(url, autocommit=True) as db,
        psycopg.connect(url, autocommit=True) as host,
        stage(db, url, PACE, lines=request.param) as one,
        structlog.testing.capture_logs() as logged,
    ):
        host.execute("listen lexrelay_status")
        documents = [planted.invoice(one.practice, number=f"RE-2026-1{place:03}") for place in range(9)]
        mishaps.bad_rows(one)
        one.run()
        with babbling() as fields:
            _read_back(one, [one.lexware_id(document) for document in documents])
            notified = [each.payload for each in host.notifies(timeout=0.1)]
            yield Back(one, Commands(url, one.sandbox), logged, set(fields), notified)


def _read_back(one: Stage, remote: list[str]) -> None:
    """Users work, and the watch looks before and after; one list is refused."""

    def act(action: Any, place: int, **arguments: Any) -> None:
        one.control.act(one.tenant.id, action, document=remote[place], **arguments)

    watcher = Watcher(one)
    watcher.run("deep")
    for place in range(1, 6):
        act("finalise", place)
    watcher.run("delta")
    act("edit_draft", 0, changes={"title": "Qzxnachname", "voucherDate": "2026-11-05T00:00:00.000+01:00"})
    act("pay", 1)
    act("pay", 2, amount=1)
    act("void", 3)
    act("reopen", 4)
    act("become_overdue", 5)
    act("delete_draft", 6)
    copied = next(each["source"]["remark"] for each in one.documents() if each["id"] == remote[7])
    act("copy_document", 7, changes={"remark": f"{planted.BABBLE}\n{copied}"})
    act("copy_document", 8, changes={"remark": planted.BABBLE, "introduction": planted.BABBLE})
    one.control.act(one.tenant.id, "archive_contact", contact=one.contacts()[0]["id"])
    one.control.act(one.tenant.id, "delete_contact", contact=one.contacts()[1]["id"])
    for kind in ("delta", "sweep", "deep", "contacts", "probe"):
        watcher.run(kind)
    one.control.add_fault(Fault(path="/v1/voucherlist", status=406, body=planted.BABBLE))
    watcher.run("delta")
    watcher.close()


def test_everybody_has_babbled(back: Back) -> None:
    """Every free text that Lexware can answer with, and every state that can be seen."""
    states = {row[0] for row in back.stage.db.execute("select state from lexware.document_states").fetchall()}

    assert back.fields >= _BABBLED
    assert states >= {"draft", "paid", "partly_paid", "overdue", "voided", "back_to_draft", "changed"}


def test_what_is_kept_and_told_to_the_host(back: Back) -> None:
    """Our tables, the host's views, what it is notified of, the log and the metrics: ids, numbers, words, days and money."""
    db, registry = back.stage.db, CollectorRegistry()
    registry.register(Metrics(back.lexrelay.environment["DATABASE_URL"]))
    views = [
        "\n".join(row[0] for row in db.execute(f"select v::text from lexrelay.{view} v").fetchall())
        for view in ("document_status", "practice_status")
    ]

    assert back.leaking(planted.ledger(db), *views, generate_latest(registry).decode(), repr(back.logged)) == []
    assert back.notified
    assert all(payload.isdigit() for payload in back.notified)
    assert "RE-2026-1001" in views[0]
    assert "paid" in views[0]


def test_what_people_and_programs_are_shown(back: Back) -> None:
    """Drafts, stories, the state of things, history and probe, in both languages and as JSON."""
    said = [*back.says("drafts"), *back.says("drafts", "--older-than", 0), *back.says("probe"), *back.says("history")]
    for place in range(9):
        said += back.says("show", f"RE-2026-1{place:03}")
    for lang in ("de", "en"):
        said += [back.lexrelay.says(*words, LEXRELAY_LANG=lang) for words in (["status"], ["check", "--alarms"])]

    assert back.leaking(*said) == []
    assert any("RE-2026-1006" in one for one in said)


@pytest.mark.parametrize("form", get_args(Form))
def test_the_report_in_every_form(back: Back, tmp_path: Path, form: str) -> None:
    """Also when Lexware refuses with a text; what a report shows is found in its bytes, those of the PDF too."""
    of, texts = ("--practice", back.stage.practice.practice_id, *_MONTH), []
    for lang in ("de", "en"):
        out = tmp_path / lang
        texts.append(back.lexrelay.says("report", *of, "--format", form, "--out", out, LEXRELAY_LANG=lang))
        texts.append(out.read_bytes().decode("utf-8", "replace"))
    back.stage.control.add_fault(Fault(path="/v1/voucherlist", status=406, body=planted.BABBLE))
    texts.append(back.lexrelay.says("report", *of, "--format", form, "--out", tmp_path / "refused"))
    texts.append((tmp_path / "refused").read_bytes().decode("utf-8", "replace"))

    assert back.leaking(*texts) == []
    assert "RE-2026-1004" in texts[1]


def test_a_report_that_is_signed_and_verified(back: Back) -> None:
    """What the two commands say."""
    said = [back.lexrelay.says("report", *("--practice", back.stage.practice.practice_id), *_MONTH)]
    said += [back.lexrelay.says("report", "sign", "--practice", 1, *_MONTH, "--by", "Ada")]

    assert back.leaking(*said, *back.says("report", "verify")) == []


def test_a_trial(back: Back, tmp_path: Path) -> None:
    """The report that is sent to the developers: on the screen, as JSON, and in its file."""
    out, consent = tmp_path / "report.json", ("--trial", "--consent", back.stage.tenant.id)

    said = [back.lexrelay.says("probe", "--practice", 1, *consent, "--out", out), out.read_text()]

    assert back.leaking(*said) == []
    assert len(json.loads(out.read_text())["settled"]) > 20
