"""The recurring probe: an answer a step, compared with what is known. What differs is noticed until somebody has looked."""

from psycopg.types.json import Jsonb

from worker.lexware.api.client import Lexware
from worker.lexware.probe import asked
from worker.lexware.probe import shape as shape_of
from worker.lexware.shapes import compared, kept, refused
from worker.lexware.watch.record import Keep, Record, Step


def add(record: Record) -> None:
    """The steps of a run."""
    for examples in record.rows("probe.examples"):
        for answer, example in asked(examples):
            record.add("shape", asked={"answer": answer}, remote_id=example)


def shape(step: Step, lexware: Lexware) -> Keep:
    """Ask for one answer. The first time its shape is kept; later only what is different is."""
    answer: str = step.row["asked"]["answer"]
    found = shape_of(lexware, answer, step.row["remote_id"])

    def keep(record: Record) -> str | None:
        known = next((row["shape"] for row in record.rows("probe.shape", answer=answer)), None)
        if isinstance(found, int):
            change = refused(answer, found)
        else:
            change = compared(answer, found, known)
            if known is None:
                record.rows("probe.keep", answer=answer, shape=Jsonb(kept(found, None)))
        if known is not None or not change.is_quiet:
            record.rows("probe.notice", answer=answer, noticed=None if change.is_quiet else Jsonb(change.to_json()))
        return None

    return keep
