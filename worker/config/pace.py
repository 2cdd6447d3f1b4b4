"""The pace of a process: rates and durations, and how they must fit together."""

import re
from functools import partial

from outbox.pace import Pace
from worker.config.reader import Reader

_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_DURATION = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)(ms|s|m|h|d)?")
_WEEK_SECONDS, _YEAR_SECONDS = 7 * 86400.0, 366 * 86400.0
_LONGEST_DELAY_SECONDS, _MOST_DELAYS = _YEAR_SECONDS, 100


def read_pace(reader: Reader) -> Pace:
    """The pace that the variables ask for; what does not fit together is noted with the reader's problems."""
    seconds = partial(reader.number, least=0.001, most=_WEEK_SECONDS)
    period = partial(reader.number, least=0, most=_YEAR_SECONDS)  # 0 is off
    default = Pace()
    pace = Pace(
        rate_per_second=reader.number("LEXRELAY_RATE_PER_SECOND", default.rate_per_second, least=0.001, most=1000),
        http_timeout_seconds=seconds("LEXRELAY_HTTP_TIMEOUT_SECONDS", default.http_timeout_seconds),
        settle_seconds=seconds("LEXRELAY_SETTLE_SECONDS", default.settle_seconds),
        recheck_seconds=seconds("LEXRELAY_RECHECK_SECONDS", default.recheck_seconds),
        lease_seconds=seconds("LEXRELAY_LEASE_SECONDS", default.lease_seconds),
        poll_seconds=seconds("LEXRELAY_POLL_SECONDS", default.poll_seconds),
        retry_delays=_delays(reader, default.retry_delays),
        watch_seconds=period("LEXRELAY_WATCH_SECONDS", default.watch_seconds),
        sweep_seconds=period("LEXRELAY_SWEEP_SECONDS", default.sweep_seconds),
        deep_seconds=period("LEXRELAY_DEEP_SECONDS", default.deep_seconds),
        probe_period_seconds=period("LEXRELAY_PROBE_SECONDS", default.probe_period_seconds),
    )
    if pace.lease_seconds < pace.http_timeout_seconds + pace.window_seconds + 1:
        reader.problems.append(
            "LEXRELAY_LEASE_SECONDS must be at least LEXRELAY_HTTP_TIMEOUT_SECONDS + the send window "
            f"({pace.window_seconds:g} s, a quarter of LEXRELAY_SETTLE_SECONDS, at most 5) + 1."
        )
    if pace.settle_seconds < pace.http_timeout_seconds:
        reader.problems.append("LEXRELAY_SETTLE_SECONDS must be at least LEXRELAY_HTTP_TIMEOUT_SECONDS.")
    return pace


def _delays(reader: Reader, default: tuple[float, ...]) -> tuple[float, ...]:
    value = reader.text("LEXRELAY_RETRY_DELAYS")
    if not value:
        return default
    found = [_DURATION.fullmatch(part.strip()) for part in value.split(",")]
    delays = tuple(float(match[1]) * _UNITS[match[2] or "s"] for match in found if match)
    if len(delays) != len(found) or len(delays) > _MOST_DELAYS or max(delays) > _LONGEST_DELAY_SECONDS:
        reader.problems.append("LEXRELAY_RETRY_DELAYS must be durations like 30s,2m,10m,1h.")
        return default
    return delays
