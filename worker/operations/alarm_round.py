"""The alarms that the daemon sends: once per cause, once when it is over, and a digest every morning.

What rings is what `check --alarms` knows. State is in PostgreSQL, so restarts and several processes tell nothing twice; a
mail server that fails is tried again, later each time, and nothing waits for it. Ids, numbers and codes only.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import psycopg
import structlog

from outbox import figures
from outbox.db import Connection, Row, connect
from outbox.errors import OutboxError
from outbox.sql import query
from worker.config import Config
from worker.messages import Lang, Sentence
from worker.messages import alarms as words
from worker.messages.glossary import STATES
from worker.operations.alarms import Limits, ringing
from worker.operations.checks.finding import Finding
from worker.operations.state import state
from worker.service.postbox import NotTold, Postbox

log = structlog.get_logger()
Channel = Literal["mail", "url", "practice"]
#: A dead letter rings for as long as it is one.
_LIMITS = Limits(dead_minutes=60 * 24 * 365 * 100)
_LONGEST_ROUND_SECONDS, _SHORTEST_ROUND_SECONDS, _ROUNDS_A_POLL = 60.0, 0.5, 60.0
_DIGEST_HOUR = 7


def start(config: Config) -> Callable[[], None]:
    """Look and tell in a thread of its own, until the function that is returned is called."""
    stop = threading.Event()
    thread = threading.Thread(target=_run, args=(config, stop), name="alarms", daemon=True)
    thread.start()

    def end() -> None:
        stop.set()
        thread.join(timeout=1)

    return end


def round_seconds(config: Config) -> float:
    """Between two rounds."""
    return min(_LONGEST_ROUND_SECONDS, max(_SHORTEST_ROUND_SECONDS, _ROUNDS_A_POLL * config.pace.poll_seconds))


def _run(config: Config, stop: threading.Event) -> None:
    post = Postbox(config.alarms)
    while not stop.wait(round_seconds(config)):
        try:
            with connect(config.direct_database_url) as connection:
                look_and_tell(connection, config, post)
        except (psycopg.Error, OutboxError) as error:
            log.warning("alarms.not_looked", error=type(error).__name__)
        except Exception as error:  # noqa: BLE001 (nothing of it may reach what delivers)
            log.error("alarms.failed", error=type(error).__name__)  # noqa: TRY400 (class only: it may hold an address)


def look_and_tell(connection: Connection, config: Config, post: Postbox) -> None:
    """One round. Does nothing while another process is at it."""
    row = connection.execute(query("alarm.try_lock")).fetchone()
    if not row or not row["mine"]:
        return
    try:
        _look(connection, config)
        _tell(connection, config, post)
        _digest(connection, config, post)
    finally:
        connection.execute(query("alarm.unlock"))


def _look(connection: Connection, config: Config) -> None:
    seconds = round_seconds(config)
    rings = [finding for finding in ringing(connection, _LIMITS) if finding.level != "ok"]
    with connection.transaction():
        for finding in rings:
            connection.execute(query("alarm.seen"), _row(finding))
        connection.execute(query("alarm.over"), {"quiet_seconds": 1.5 * seconds})
        wanted = {"channels": _channels(config), "settle_seconds": 0.5 * seconds}
        connection.execute(query("alarm.queue"), wanted)


def _row(finding: Finding) -> dict[str, Any]:
    told = {f"told_{lang}": _told(finding, lang) for lang in ("de", "en")}
    return {
        "cause": finding.cause, "name": finding.check, "practice_id": finding.practice_id, "for_practice": finding.for_practice,
    } | told  # fmt: skip


def _told(finding: Finding, lang: Lang) -> str:
    said = [finding.message.said_in(lang), *([finding.remedy.said_in(lang)] if finding.remedy else [])]
    return " ".join(said)


def _channels(config: Config) -> list[Channel]:
    named: dict[Channel, bool] = {"mail": bool(config.alarms.mails), "url": bool(config.alarms.url), "practice": True}
    return [channel for channel, there in named.items() if there]


def _tell(connection: Connection, config: Config, post: Postbox) -> None:
    """What is due, together for each reader; of a web address one by one."""
    bundles: dict[tuple[str, str, str], list[Row]] = {}
    for row in connection.execute(query("alarm.due"), {"channels": _channels(config)}).fetchall():
        each = str(row["alarm_id"]) if row["channel"] == "url" else row["mail"] or ""
        bundles.setdefault((row["channel"], row["stage"], each), []).append(row)
    for (channel, stage, _), rows in bundles.items():
        of = {"alarm_ids": [row["alarm_id"] for row in rows], "stage": stage, "channel": channel}
        ended = _attempt(lambda rows=rows: _send(config, post, rows), channel)  # type: ignore[misc]
        connection.execute(query("alarm.sent" if ended else "alarm.failed"), of)


def _send(config: Config, post: Postbox, rows: Sequence[Row]) -> None:
    first, lang = rows[0], config.lang
    is_over = first["stage"] == "over"
    match first["channel"]:
        case "url":
            post.post(_document(first, lang))
        case "practice":
            subject = words.SUBJECT_PRACTICE_OVER if is_over else words.SUBJECT_PRACTICE
            post.mail([first["mail"]], subject().said_in("de"), _text(rows, "de"))
        case _:
            subject = words.SUBJECT_OVER if is_over else words.SUBJECT
            post.mail(config.alarms.mails, subject(count=len(rows)).said_in(lang), _text(rows, lang))


def _text(rows: Sequence[Row], lang: Lang) -> str:
    return "\n\n".join(_line(row, lang).said_in(lang) for row in rows) + "\n"


def _line(row: Mapping[str, Any], lang: Lang) -> Sentence:
    text = words.OVER if row.get("stage") == "over" else words.ON
    return text(since=row["first_seen_at"], told=row[f"told_{lang}"])


def _document(row: Row, lang: Lang) -> dict[str, Any]:
    """What a web address is given; `text` is what chat programs show."""
    return {
        "text": _line(row, lang).said_in(lang),
        "alarm": row["name"],
        "state": row["stage"],
        "practice_id": row["practice_id"],
        "message": row[f"told_{lang}"],
        "since": row["first_seen_at"].isoformat(),
        "over_at": row["over_at"].isoformat() if row["over_at"] else None,
    }


def _digest(connection: Connection, config: Config, post: Postbox) -> None:
    channels = [channel for channel in _channels(config) if channel != "practice"]
    connection.execute(query("alarm.add_digest"), {"channels": channels, "hour": _DIGEST_HOUR})
    for due in connection.execute(query("alarm.due_digests"), {"channels": channels}).fetchall():
        subject, text = digest(connection, config.lang)
        if due["channel"] == "url":
            ended = _attempt(lambda: post.post({"text": text, "alarm": "digest", "state": "digest"}), "url")  # noqa: B023 (called now)
        else:
            ended = _attempt(lambda: post.mail(config.alarms.mails, subject, text), "mail")  # noqa: B023 (called now)
        connection.execute(query("alarm.digest_sent" if ended else "alarm.digest_failed"), due)


def digest(connection: Connection, lang: Lang) -> tuple[str, str]:
    """Subject and text of the morning: the state of things, the figures, and what still rings."""
    now = figures.read(connection)
    row = connection.execute(query("alarm.today")).fetchone()
    stands = state(now).sentence(lang)
    counts = ", ".join(f"{STATES[name]().said_in(lang)}: {count}" for name, count in now.events.items())
    lines = [stands, "", counts]
    if still := connection.execute(query("alarm.open")).fetchall():
        lines += ["", words.STILL_ON().said_in(lang), *(_line(each, lang).said_in(lang) for each in still)]
    return words.SUBJECT_DIGEST(day=row and row["today"], state=stands).said_in(lang), "\n".join(lines) + "\n"


def _attempt(send: Callable[[], None], channel: str) -> bool:
    try:
        send()
    except NotTold as error:
        log.warning("alarms.not_told", channel=channel, error=str(error))
        return False
    return True
