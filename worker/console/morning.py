"""The operator's first page: the morning in one sentence, and what needs a human."""

from worker.console.asked import Asked, Page
from worker.console.causes import cause
from worker.operations import morning


def show(asked: Asked) -> Page:
    """The figures of `lexrelay status`, the causes of `dead groups`, the alarms of `check --alarms`."""
    found = morning.read(asked.connection)
    causes = [cause(group, asked.lang) for group in found.groups]
    return Page("morning.html", {"morning": found, "causes": causes, "figures": found.overview.figures})
