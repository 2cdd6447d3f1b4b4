"""What the transfer runs on: processes, pace, and on demand every check of `lexrelay check`."""

from outbox import figures
from worker.console.asked import Asked, Page
from worker.operations import checks


def show(asked: Asked) -> Page:
    """The figures at once; the checks when they are asked for, since they call Lexware for each practice."""
    now = asked.shared.get("figures", lambda: figures.read(asked.connection), is_live=asked.is_live)
    wanted = "check" in asked.query and not asked.is_sent_elsewhere
    findings = [one.to_json(asked.lang) for one in checks.everything(asked.config)] if wanted else None
    config = asked.config
    return Page(
        "system.html",
        {"figures": now.answer, "at": now.at, "pace": config.pace, "config": config, "findings": findings},
    )
