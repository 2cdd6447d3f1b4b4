"""What `probe` shows: how answers have changed, and what a trial has found."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from worker.lexware.trial.findings import HUMAN
from worker.messages import Sentence
from worker.messages import probe as words
from worker.messages import trial as trial_words
from worker.messages.glossary import YES_NO
from worker.operations.probe import Probe, told
from worker.operations.trial import Report

_SET = "/_sandbox/set_switches"


def probed(found: Probe) -> Iterator[Sentence]:
    """How answers have changed since the last time."""
    if found.is_first:
        yield words.FIRST(practice=found.practice_id)
    for one in found.answers:
        yield from told(one)


def tried(report: Report) -> Iterator[Sentence]:
    """What a trial has found."""
    found = report.trial.findings
    yield trial_words.HEAD(
        tax_type=report.trial.tax_type, calls=report.trial.calls, refused=report.trial.refused_for_rate
    )
    yield from map(_settled, found.settled)
    for one in found.unsettled:
        yield trial_words.UNSETTLED(
            question=one["question"], what=trial_words.WHAT[one["switch"]](), why=trial_words.WHY[one["why"]]()
        )
    yield trial_words.FOR_HUMANS()
    for question, switch in HUMAN:
        yield trial_words.FOR_HUMAN(question=question, what=trial_words.WHAT[switch or question]())
    yield trial_words.HOW_TO_SET(path=_SET, body=json.dumps({"values": found.switches}))
    yield trial_words.LEFT(**report.trial.left_behind)
    yield trial_words.SEND()


def _settled(one: Mapping[str, Any]) -> Sentence:
    about: dict[str, Any] = {"question": one["question"], "what": trial_words.WHAT[one["switch"] or one["value"]]()}
    if one["switch"] is None:
        statuses = ", ".join(map(str, one["statuses"]))
        if one["codes"]:
            return trial_words.SEEN_WITH(statuses=statuses, codes=", ".join(one["codes"]), **about)
        return trial_words.SEEN(statuses=statuses, **about)
    if one["at_least"]:
        return trial_words.AT_LEAST(least=one["at_least"], **about)
    return trial_words.SETTLED(value=_spoken(one["value"]), **about)


def _spoken(value: object) -> object:
    match value:
        case bool():
            return YES_NO[value]()
        case float():
            return Decimal(str(value))
        case str():  # one of the switch's own words, which are in no language
            return f"`{value}`"
        case _:
            return value
