"""What a failure of the rehearsal forbids: to apply a description, and to switch a practice on."""

from outbox.db import Connection
from worker.host import stored
from worker.host.folder import Folder
from worker.messages import Declined
from worker.messages import host_check as words
from worker.rehearsal.rehearse import Rehearsal, of_applied, of_folder
from worker.rehearsal.scope import Scope
from worker.rehearsal.stage import Progress, silently


def before_apply(connection: Connection, folder: Folder, progress: Progress = silently) -> None:
    """Raise Declined when the description is wrong. Call it outside a transaction: the rehearsal rolls back its own."""
    _refuse(of_folder(connection, folder, Scope(), progress, translating=False))


def before_enable(connection: Connection, practice_id: int) -> None:
    """Raise Declined when the applied description is wrong as far as the documents of this practice show."""
    folder = stored.folder(connection)
    _refuse(of_applied(connection, folder, Scope(practice_id=practice_id), translating=False))


def _refuse(rehearsal: Rehearsal) -> None:
    if failures := [words.FAILURE(code=finding.code, message=finding.message) for finding in rehearsal.failures]:
        raise Declined(words.REFUSED(failures=failures))
