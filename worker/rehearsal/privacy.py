"""Is what must never leave known to the leak check, and to nobody else."""

from collections.abc import Iterator

from worker.host.columns import PRIVATE, PROMISED
from worker.host.folder import Folder
from worker.rehearsal.findings import Finding, of_description, of_documents, of_practice_software
from worker.rehearsal.stage import Stage

_MOST_SHOWN = 5


def privacy(stage: Stage, folder: Folder) -> Iterator[Finding]:
    """What the worker sees beyond the contract, and for which documents there is nothing to look for."""
    seen = [row["name"] for row in stage.rows("host_check.seen_by_worker", promised=[view.name for view in PROMISED])]
    if seen:
        shown = [*seen[:_MOST_SHOWN], *(["…"] if len(seen) > _MOST_SHOWN else [])]
        yield of_description("worker_sees_private", None, len(seen), tables=shown)
    documents = stage.one("host_check.gathered")["documents"]
    if folder.select(PRIVATE.file) is None:
        yield of_practice_software("private_missing", PRIVATE.name, documents, concerned=documents)
    elif stage.one("host_check.may_see_private")["is_allowed"]:
        ids = [row["id"] for row in stage.rows("host_check.document_ids")]
        row = stage.one("host_check.private", ids=ids)
        if row["count"]:
            yield of_documents("private_missing", PRIVATE.name, row)
