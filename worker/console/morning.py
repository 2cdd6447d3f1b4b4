"""The operator's first page: the morning in one sentence, and what needs a human."""

from worker.console.asked import Asked, Page
from worker.console.causes import cause
from worker.operations import morning


def show(asked: Asked) -> Page:
    """The figures of `lexrelay status`, the causes of `dead groups`, the alarms of `check --alarms`."""
    found = asked.shared.get(
        "morning", lambda: morning.read(asked.connection, asked.config.app_url), is_live=asked.is_live
    )
    now = found.answer
    causes = [cause(group, asked.lang) for group in now.groups]
    return Page("morning.html", {"morning": now, "at": found.at, "causes": causes, "figures": now.overview.figures})
