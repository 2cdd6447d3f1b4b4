"""Logs: structlog to stderr, JSON or console; only keys of a closed list get through, so nothing personal can.

A line that cannot be written, or not at once, is dropped: what can go wrong with a log must not go wrong with a document.
Errors appear as class, file, line and function, without message or locals: both can carry patient data.
"""

import io
import logging
import os
import select
import stat
import sys
import threading
import time
import traceback
from collections.abc import MutableMapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, TextIO, cast

import structlog

#: Keys that may be logged: ids, codes, counts, times. Everything else is dropped and its name listed under `dropped`.
ALLOWED = frozenset(
    {
        "event", "level", "timestamp", "logger", "practice_id", "event_id", "document_id", "epoch", "fence", "step",
        "attempt", "outcome", "reason", "counted", "calls", "seconds", "http_status", "error", "traceback", "kind",
        "process_id", "pid", "events", "what", "host", "port", "child", "exit_code", "lane", "intent_id", "dropped",
        "schema", "threads", "processes", "problem", "codes", "late", "address", "times",
    }
)  # fmt: skip

_SELDOM_SECONDS = 60.0
#: Bytes of a line that a pipe takes whole or not at all, less those in which its length is said.
_WHOLE = select.PIPE_BUF - 4
#: The last calls of a traceback, so that a line stays below that.
_FRAMES = 30


def configure(log_format: Literal["json", "console"]) -> None:
    """Send every log line, the libraries' warnings included, through one closed list. Safe to call twice."""
    renderer = (
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty() and not os.environ.get("NO_COLOR"))
        if log_format == "console"
        else structlog.processors.JSONRenderer()
    )
    stderr = cast("TextIO", _Lossy(_never_full(sys.stderr)))
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _closed,
    ]
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, *shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stderr)
    handler.addFilter(_Seldom())
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processors=[_foreign, *shared, renderer]))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    sys.excepthook = _unexpected
    threading.excepthook = lambda died: _unexpected(died.exc_type, died.exc_value or died.exc_type(), None)


def _never_full(stream: TextIO) -> TextIO:
    """The stream, or where it is a pipe another way into it: one whose reader stands still refuses a line, and keeps nobody.

    A way of its own: what is said of the one that was handed to us holds for everybody who has it (Linux). What Dramatiq gives
    a worker is that worker's alone; it takes lines in a form that must not be cut, so only such as a pipe takes whole.
    """
    with suppress(OSError, AttributeError, ValueError):
        if stat.S_ISFIFO(os.fstat(stream.fileno()).st_mode):
            if isinstance(stream, io.TextIOWrapper):
                way = os.open(f"/proc/self/fd/{stream.fileno()}", os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC)
                return io.TextIOWrapper(io.FileIO(way, "w"), "utf-8", "backslashreplace", write_through=True)
            os.set_blocking(stream.fileno(), False)
    return stream


class _Lossy:
    """A stream of lines that are dropped when they cannot be written (a full disk, a closed or full pipe): no work hangs on a log."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, line: str) -> None:
        """Write it or drop it, also where there is no stream."""
        with suppress(OSError, AttributeError):
            if isinstance(self._stream, io.TextIOWrapper) or len(line.encode()) <= _WHOLE:
                self._stream.write(line)

    def flush(self) -> None:
        """Let it out, or later."""
        with suppress(OSError, AttributeError):
            self._stream.flush()


class _Seldom(logging.Filter):
    """A library that says the same again and again, as while a server is away, is heard once a minute."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[tuple[str, int, str], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether this one is heard: the first of its place in a minute."""
        place, now = (record.name, record.lineno, record.pathname), time.monotonic()
        if now - self._said.get(place, float("-inf")) < _SELDOM_SECONDS:
            return False
        self._said[place] = now
        return True


def _unexpected(_kind: type[BaseException], error: BaseException, _trace: object) -> None:
    """What nobody caught: its class and its way, never its words."""
    if isinstance(error, KeyboardInterrupt):
        return
    structlog.get_logger().error("process.failed", error=type(error).__name__, traceback=where(error))


def where(error: BaseException) -> list[str]:
    """The way of an error through our code: class, then file, line, function of each frame; nothing of its words."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
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
