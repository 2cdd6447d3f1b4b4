"""How many calls one document costs, counted at the simulated Lexware: each is one of the two that a second allows."""

import time
from collections.abc import Callable

import click
from polling import until

from tests.bench.figures import Figure, Measured, Table, at_most
from tests.bench.progress import steps
from tests.bench.setting import FREE, setting, start_relay, told
from tests.proof.scene import Lane, Scene, sandbox


@click.command()
@click.option("--practices", default=10, show_default=True)
@click.option("--documents", default=10, show_default=True, help="Of each kind, in each practice.")
@click.option(
    "--idle-seconds", default=10.0, show_default=True, help="How long nothing must be called when all is done."
)
def calls(*, practices: int, documents: int, idle_seconds: float) -> Measured:
    """Calls per document, and in steady state."""
    count = practices * documents
    with setting(sandbox, **FREE) as on, steps("calls", 6) as say:
        start_relay(on, 1, 8)
        lanes = [on.add_lane() for _ in range(practices)]
        every = _Every(on, lanes, documents)
        say("invoices, contact linked")
        linked = every.cost(lambda lane: [lane.invoice() for _ in range(documents)])
        say("invoices, new contact")
        new = every.cost(lambda lane: [lane.practice.invoice(lane.practice.customer()) for _ in range(documents)])
        say("cancellations of drafts")
        drafts = every.cost(lambda lane: every.cancel(lane, 0))
        say("cancellations of finalised invoices")
        every.finalise()
        finalised = every.cost(lambda lane: every.cancel(lane, documents))
        say("nothing to do")
        time.sleep(idle_seconds)  # calls that come here are too many
        idle = every.fresh()
        say("the next day")
        on.db.execute("update lexware.connection set profile_read_at = profile_read_at - interval '25 hours'")
        next_day = every.cost(lambda lane: [lane.invoice() for _ in range(documents)])
        about = {"practices": practices, "documents": documents} | told(on)
    figures = [
        at_most("calls per invoice, contact linked", sum(linked.values()) / count, 1.0, "", digits=2),
        at_most("calls per invoice, new contact", sum(new.values()) / count, 3.0, "", digits=2),
        at_most("calls per cancellation, original a draft", sum(drafts.values()) / count, 2.0, "", digits=2),
        at_most("calls per cancellation, original finalised", sum(finalised.values()) / count, 2.0, "", digits=2),
        Figure(f"calls in {idle_seconds:g} s with nothing to do", "none", str(sum(idle.values())), not idle),
        Figure(
            "profile reads of a practice on a new day", "1", f"{next_day.get('GET /v1/profile', 0) / practices:g}",
            next_day == {"GET /v1/profile": practices, "POST /v1/invoices": count},
        ),
    ]  # fmt: skip
    samples = {
        "linked": linked,
        "new": new,
        "drafts": drafts,
        "finalised": finalised,
        "idle": idle,
        "next_day": next_day,
    }
    rows = [[phase, call, f"{times}"] for phase, counted in samples.items() for call, times in counted.items()]
    return Measured(figures, about, samples, [Table("Calls", ("", "", "times"), rows)])


class _Every:
    """All practices of the bench, and what they have been charged for so far."""

    def __init__(self, on: Scene, lanes: list[Lane], documents: int) -> None:
        self._on, self._lanes, self._documents = on, lanes, documents
        self._seen = on.control.counts()["requests"]

    def cost(self, act: Callable[[Lane], object]) -> dict[str, int]:
        """Let every practice do so, wait until all has arrived, and tell the calls by method and path."""
        for lane in self._lanes:
            act(lane)
        until(lambda: self._on.count("state = 'pending'") == 0, seconds=120, every=0.1)
        assert self._on.count("state <> 'delivered'") == 0
        return self.fresh()

    def fresh(self) -> dict[str, int]:
        """The calls since the last time."""
        calls = self._on.control.requests(since=self._seen)
        self._seen += len(calls)
        counted: dict[str, int] = {}
        for call in calls:
            what = f"{call['method']} {'/'.join(call['path'].split('/')[:3])}"
            counted[what] = counted.get(what, 0) + 1
        return counted

    def cancel(self, lane: Lane, skip: int) -> None:
        """Cancel as many of its invoices, the oldest first but for those to skip."""
        ids = self._on.db.execute(
            "select id from practice.invoices where practice_id = %s and kind = 'invoice' order by id offset %s limit %s",
            (lane.practice_id, skip, self._documents),
        ).fetchall()
        for (invoice_id,) in ids:
            lane.practice.cancel(invoice_id)

    def finalise(self) -> None:
        """Finalise every draft invoice, as the users do in Lexware."""
        for organisation in (lane.tenant.id for lane in self._lanes):
            for document in self._on.control.documents(organisation):
                if document["kind"] == "invoice" and document["status"] == "draft":
                    self._on.control.act(organisation, "finalise", document=document["id"])
