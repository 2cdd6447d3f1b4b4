"""The demo from its first command to its verdict: who does what, and when."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from outbox.db import Connection, connect
from worker.lab.demo import books, show
from worker.lab.demo.sample import KINDS, Cancellation, Invoice
from worker.lab.demo.software import PracticeSoftware
from worker.lab.demo.stage import CALLS_PER_SECOND, Run, console, exports, services
from worker.lab.demo.terminal import Terminal
from worker.lab.demo.verdict import problems
from worker.lab.sandbox.control import Control, Tenant
from worker.messages import demo as words

_LOOK_SECONDS = 0.1
#: So many documents were written before the one that dies.
_MISHAP = 1
#: For everything to arrive: far more than it takes, also on a slow machine.
_PATIENCE_SECONDS, _PATIENCE_PER_DOCUMENT_SECONDS = 60.0, 1.0


def play(documents: int, practices: int, *, serve: bool, say: Terminal) -> bool:
    """Show it all; whether everything arrived once, to the cent. With `serve` it goes on until Ctrl-C.

    Raises Declined when a command fails or `lexrelay run` ends, EmbeddedError when a server cannot run here.
    """
    began = time.monotonic()
    say.aside(words.STARTING())
    with services(say.lang) as (database_url, sandbox):
        for typed in ("migrate --reference-practice", "run"):
            say.aside(words.COMMAND(program=say.program, words=typed))
        say.command(["migrate", "--reference-practice"])
        with Run() as run, connect(database_url, as_worker=False) as db, _announced(say):
            director = Director(db, sandbox.control, say)
            director.open(min(practices, documents))
            director.write(documents)
            director.watch(run, documents)
            director.repair(run, documents)
            well = director.judge(documents, time.monotonic() - began)
            if not well:
                say.aside(words.LOG(said=run.said()))
            if serve:
                with console() as pages:
                    say(words.SERVING(exports=exports(), program=say.program, **_links(say)))
                    run.wait(pages)
    return well


def _links(say: Terminal) -> dict[str, str]:
    """The ways into the console, for the operator and for the first practice; each lets one browser in."""
    here = ["console", "link", "--minutes", "1440", "--role"]
    said = {
        "operator": say.command([*here, "operator"]),
        "practice": say.command([*here, "practice", "--practice", "1"]),
    }
    return {role: words.splitlines()[0] for role, words in said.items()}


@dataclass
class _Company:
    """A practice, its organisation in Lexware, and which invoices it cancels when a user has finalised them there."""

    software: PracticeSoftware
    tenant: Tenant
    waiting: list[int] = field(default_factory=list)


@contextmanager
def _announced(say: Terminal) -> Iterator[None]:
    """Say at once that Ctrl-C was heard: clearing up takes its seconds."""
    try:
        yield
    except KeyboardInterrupt:
        say.aside(words.STOPPING())
        raise


class Director:
    """Lets everybody play their parts."""

    def __init__(self, db: Connection, lexware: Control, say: Terminal) -> None:
        self._db, self._lexware, self._say = db, lexware, say
        self._companies: list[_Company] = []
        self._unsaid: int | None = None

    def open(self, practices: int) -> None:
        """Found the practices and switch their transfer on, by the commands of every day; show those of the first."""
        self._lexware.set_switches(rate_per_second=CALLS_PER_SECOND)
        for place in range(practices):
            company = self._found(place)
            self._companies.append(company)
            for step in self._switching_on(company):
                if place == 0:
                    self._say.aside(words.COMMAND(program=self._say.program, words=" ".join(step)))
                self._say.command(step, stdin=company.tenant.key)
        if practices > 1:
            self._say.aside(words.LIKEWISE(practices=practices))

    def _found(self, place: int) -> _Company:
        kind = KINDS[place % len(KINDS)]
        software = PracticeSoftware(self._db, kind, place + 1)
        return _Company(software, self._lexware.add_organisation(software.name, tax_type=kind.tax_type))

    def _switching_on(self, company: _Company) -> list[list[str]]:
        here = ["--practice", str(company.software.practice_id)]
        a_month_ago = f"{datetime.now(UTC) - timedelta(days=30):%Y-%m-%d}"
        person = {"version": 0, "roles": {"customer": {}}, "person": company.software.regular_name}
        contact = self._lexware.act(company.tenant.id, "create_contact", body=person)["id"]
        return [
            ["practice", "book", *here],
            ["practice", "connect", *here],
            ["practice", "enable", *here, "--avv-date", a_month_ago, "--lines", company.software.kind.lines],
            ["contact", "link", *here, "--customer", str(company.software.regular), contact],
        ]

    def write(self, documents: int) -> None:
        """Let the practices complete their documents in turn; the cancellation of a finalised invoice has to wait."""
        self._say.aside(words.WRITING(documents=documents, practices=len(self._companies)))
        for place, company in enumerate(self._companies):
            share = len(range(place, documents, len(self._companies)))
            for document in company.software.kind.documents(share):
                if not isinstance(document, Cancellation):
                    self._write(company.software, document)
                elif document.finalised:
                    company.waiting.append(company.software.original_of(document))
                else:
                    company.software.cancel(company.software.original_of(document))

    def _write(self, software: PracticeSoftware, invoice: Invoice) -> None:
        """The second invoice of all lacks its exemption note at first."""
        if self._unsaid is None and software.written == _MISHAP and invoice.exemption_note:
            self._unsaid = software.write(replace(invoice, exemption_note=None))
        else:
            software.write(invoice)

    def repair(self, run: Run, documents: int) -> None:
        """Find, explain and mend what has died, before one's eyes; nothing when all arrived."""
        event_id = None if self._unsaid is None else books.dead_event(self._db, self._unsaid)
        if self._unsaid is None or event_id is None:
            return
        self._say.aside(words.MISHAP())
        self._show(["dead", "list"])
        self._companies[0].software.fill_in(self._unsaid)
        self._say.aside(words.MENDED())
        self._show(["replay", str(event_id), "--why", "demo"])
        self.watch(run, documents)

    def _show(self, step: list[str]) -> None:
        self._say.aside(words.COMMAND(program=self._say.program, words=" ".join(step)))
        self._say.aside(words.SAID(said=self._say.command(step)))

    def watch(self, run: Run, documents: int) -> None:
        """Until everything is settled, or for as long as is reasonable."""
        deadline = time.monotonic() + _PATIENCE_SECONDS + documents * _PATIENCE_PER_DOCUMENT_SECONDS
        with show.progress(self._say, documents) as tell:
            while time.monotonic() < deadline:
                run.must_live()
                states = books.states(self._db)
                tell(sum(state == "delivered" for state, _ in states.values()))
                if not self._finalise_and_cancel(states) and all(s not in books.OPEN for s, _ in states.values()):
                    return
                time.sleep(_LOOK_SECONDS)

    def _finalise_and_cancel(self, states: dict[int, tuple[str, str | None]]) -> bool:
        """Act as the user for each invoice that has arrived, and cancel it; whether there was any to wait for."""
        any_waiting = any(company.waiting for company in self._companies)
        for company in self._companies:
            for invoice_id in [each for each in company.waiting if states[each][0] not in books.OPEN]:
                company.waiting.remove(invoice_id)
                if lexware_id := states[invoice_id][1]:
                    self._lexware.act(company.tenant.id, "finalise", document=lexware_id)
                    company.software.cancel(invoice_id)
        return any_waiting

    def judge(self, documents: int, seconds: float) -> bool:
        """Show the table and the verdict; whether all is well."""
        arrivals = books.arrivals(self._db, self._lexware)
        show.table(self._say, arrivals)
        found = problems(arrivals, books.totals(self._db, self._lexware), wanted=documents)
        show.verdict(self._say, found, arrivals, seconds)
        return not found
