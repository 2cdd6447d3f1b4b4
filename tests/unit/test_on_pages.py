"""What the console tells people to do they can do there: no step on a page names a command of the shell."""

import re

import pytest

from worker.messages.on_pages import on_pages
from worker.messages.reasons import DEAD, DISCARDED, PAUSED, REFUSALS, SPECIFIC
from worker.messages.reasons.entry import UNKNOWN, Entry

_COMMANDS = re.compile(
    r"--[a-z]|\b(discard|preview|backfill|confirm-note|contact link|practice (connect|enable|resume))\b(?! in the settings| \(settings)"
)
_ENTRIES: list[Entry] = [*DEAD.values(), *DISCARDED.values(), *PAUSED.values(), *REFUSALS, *SPECIFIC, UNKNOWN]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_step_names_what_is_on_the_page(lang: str) -> None:
    """Of whatever died, was closed or stands still; what stands between backticks is for whoever runs the server."""
    told = {on_pages(entry.action().said_in(lang), lang) for entry in _ENTRIES}
    shell = re.compile(r"`[^`]+`")
    named = [step for step in told if _COMMANDS.search(shell.sub("", step).replace("the preview", ""))]
    german = [step for step in told if lang == "de" and re.search(r"\breplay\b", step)]

    assert (named, german) == ([], [])
    assert len(told) > 20
