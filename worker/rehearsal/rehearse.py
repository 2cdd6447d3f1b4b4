"""The whole rehearsal, from the description to the speed. Changes nothing and sends nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from outbox.db import Connection
from worker.host.columns import PROMISED, VIEWS
from worker.host.folder import Folder
from worker.messages import host_check as words
from worker.rehearsal.description import described
from worker.rehearsal.documents import CODES, wrong_documents
from worker.rehearsal.findings import Finding
from worker.rehearsal.gather import gather
from worker.rehearsal.months import Month, by_month
from worker.rehearsal.privacy import privacy
from worker.rehearsal.scope import Scope
from worker.rehearsal.setting import make_tables, make_views, prepare
from worker.rehearsal.speed import Speed, measure
from worker.rehearsal.stage import REHEARSAL, Progress, Stage, silently
from worker.rehearsal.translation import Translation, translate
from worker.rehearsal.triggers import triggers


@dataclass(slots=True)
class Rehearsal:
    """What was found, and what there was; without documents when the description itself is wrong."""

    host: str
    findings: list[Finding] = field(default_factory=list)
    translation: Translation = field(default_factory=Translation)
    months: list[Month] = field(default_factory=list)
    speed: Speed | None = None
    host_keys: dict[int, str] = field(default_factory=dict)
    """Of the documents that are named as examples, where the host's keys are no numbers."""

    @property
    def failures(self) -> list[Finding]:
        """For which documents must not be sent."""
        return [finding for finding in self.findings if finding.level == "failure"]


def of_folder(
    connection: Connection, folder: Folder, scope: Scope, progress: Progress = silently, *, translating: bool = True
) -> Rehearsal:
    """Try a description that is not applied. Needs an owner's login."""
    selects = {view.name: text for view in VIEWS if (text := folder.select(view.file)) is not None}
    with connection.transaction(force_rollback=True):
        stage, result = Stage(connection, REHEARSAL), Rehearsal(folder.name)
        make_tables(stage)
        for step in (
            partial(prepare, stage, folder),
            partial(described, stage, selects),
            partial(make_views, stage, folder),
        ):
            result.findings += step()
            if result.failures:
                return result
        _look(stage, folder, scope, result, progress)
        _read(stage, result, progress, translating=translating)
        return result


def of_applied(
    connection: Connection, folder: Folder, scope: Scope, progress: Progress = silently, *, translating: bool = True
) -> Rehearsal:
    """Try the description that is applied, by the views as they stand in the database."""
    with connection.transaction(force_rollback=True):
        stage = Stage(connection)
        selects = {view.name: f"table {stage.schema}.{view.name}" for view in PROMISED}
        result = Rehearsal(folder.name, list(described(stage, selects)))
        if not result.failures:
            _look(stage, folder, scope, result, progress)
            _read(stage, result, progress, translating=translating)
        return result


def _look(stage: Stage, folder: Folder, scope: Scope, result: Rehearsal, progress: Progress) -> None:
    """All findings but those of speed."""
    result.findings += gather(stage, scope)
    for code in progress(CODES, words.LOOKING()):
        result.findings += wrong_documents(stage, code)
    result.findings += triggers(stage, folder, scope)
    result.findings += privacy(stage, folder)
    result.months = by_month(stage)


def _read(stage: Stage, result: Rehearsal, progress: Progress, *, translating: bool) -> None:
    """What the worker would do up to the moment of sending."""
    wanted = stage.rows("host_check.to_translate")
    result.speed, slow = measure(stage, wanted)
    result.findings += slow
    if translating:
        result.translation = translate(stage, wanted, progress)
    named = stage.rows("host_check.host_keys", ids=list(_examples(result)))
    result.host_keys = {row["document_id"]: row["host_key"] for row in named}


def _examples(result: Rehearsal) -> Iterator[int]:
    for finding in result.findings:
        yield from finding.examples
    for outcome in result.translation.modes.values():
        for deaths in outcome.reasons.values():
            yield from deaths.examples
