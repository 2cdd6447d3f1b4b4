"""The rehearsal of a host's description as a command gives it, and as switching on demands it."""

from collections.abc import Mapping
from typing import Any

from worker.messages import Lang
from worker.rehearsal.findings import Finding
from worker.rehearsal.rehearse import Rehearsal
from worker.rehearsal.translation import Outcome


def to_json(rehearsal: Rehearsal, lang: Lang) -> Mapping[str, Any]:
    """As `host check --json` gives it (design section 9); `months`, `fields` and `host_keys` are more than it demands."""
    translated = rehearsal.translation
    return {
        "host": rehearsal.host,
        "ok": not rehearsal.failures,
        "findings": [_finding(finding, lang) for finding in rehearsal.findings],
        "rehearsal": {
            "documents": translated.documents,
            "from": translated.first,
            "to": translated.last,
            **{mode: _outcome(outcome) for mode, outcome in translated.modes.items()},
        },
        "fields": {
            mode: {reason: dict(deaths.fields) for reason, deaths in outcome.reasons.items() if deaths.fields}
            for mode, outcome in translated.modes.items()
        },
        **({"host_keys": rehearsal.host_keys} if rehearsal.host_keys else {}),
        "months": [
            {name: getattr(month, name) for name in ("month", "documents", "cancellations", "net", "vat", "gross")}
            for month in rehearsal.months
        ],
        "speed": {
            name: rehearsal.speed and getattr(rehearsal.speed, name)
            for name in ("document_ms", "sweep_ms", "trigger_ms")
        },
    }


def _finding(finding: Finding, lang: Lang) -> dict[str, Any]:
    said = {"message": finding.message.said_in(lang), "remedy": finding.remedy.said_in(lang)}
    plain = {name: getattr(finding, name) for name in ("code", "level", "view")}
    return {**plain, **said, "count": finding.count, "examples": list(finding.examples)}


def _outcome(outcome: Outcome) -> dict[str, Any]:
    reasons = sorted(outcome.reasons.items(), key=lambda item: -item[1].count)
    return {
        "would_go": outcome.would_go,
        "reasons": {reason: {"count": deaths.count, "examples": deaths.examples} for reason, deaths in reasons},
    }
