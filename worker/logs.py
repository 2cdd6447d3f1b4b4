"""Logs: structlog to stderr, JSON or console; only keys of a closed list get through, so nothing personal can.

Errors appear as class, file, line and function, without message or locals: both can carry patient data.
"""

import logging
import os
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any, Literal

import structlog

#: Keys that may be logged: ids, codes, counts, times. Everything else is dropped and its name listed under `dropped`.
ALLOWED = frozenset(
    {
        "event", "level", "timestamp", "logger", "practice_id", "event_id", "document_id", "epoch", "fence", "step",
        "attempt", "outcome", "reason", "counted", "calls", "seconds", "http_status", "error", "traceback", "kind",
        "process_id", "pid", "events", "what", "host", "port", "child", "exit_code", "lane", "intent_id", "dropped",
        "schema", "threads", "processes", "problem", "codes", "late", "address",
    }
)  # fmt: skip


def configure(log_format: Literal["json", "console"]) -> None:
    """Send every log line, the libraries' warnings included, through one closed list. Safe to call twice."""
    renderer = (
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty() and not os.environ.get("NO_COLOR"))
        if log_format == "console"
        else structlog.processors.JSONRenderer()
    )
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _closed,
    ]
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, *shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processors=[_foreign, *shared, renderer]))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)


def where(error: BaseException) -> list[str]:
    """The way of an error through our code: class, then file, line, function of each frame; nothing of its words."""
    frames = traceback.extract_tb(error.__traceback__)
    return [type(error).__name__, *(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in frames)]


def _closed(_logger: Any, _method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    kept = {key: value for key, value in entry.items() if key in ALLOWED}
    if dropped := sorted(str(key) for key in entry.keys() - kept.keys()):
        kept["dropped"] = dropped
    return kept


def _foreign(_logger: Any, _method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A library's own words may hold anything: keep which logger spoke, and where an error came from."""
    record: logging.LogRecord = entry["_record"]
    error = record.exc_info[1] if record.exc_info else None
    said: dict[str, Any] = {"event": "library.spoke", "logger": record.name, "level": record.levelname.lower()}
    return said | ({"traceback": where(error)} if error else {})
