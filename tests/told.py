"""What the commands of `lexrelay` tell of a furnished practice, as the console's pages should show it, in English.

A moment is a `datetime`; a list stands for parts that are all found in what a page says; a `Link` for where it leads.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from furnished import Furnished

from worker.console.shown import Shown
from worker.messages.times import Month

Row = Mapping[str, Any]
_ENGLISH = Shown("en")
_DOCUMENTS = "select event_id, practice_id, number, created_at from outbox.event order by event_id desc"
_CUSTOMERS = "select id, customer_number from practice.customers where practice_id = %s order by id"


@dataclass(frozen=True)
class Link:
    """Where a figure leads, whatever it says."""

    url: str


def at(text: str | None) -> datetime | None:
    """A moment of the JSON."""
    return datetime.fromisoformat(text) if text else None


def word(kind: str, code: Any) -> str | None:
    """A code of the JSON in words."""
    return None if code is None else _ENGLISH.code(kind, code)


def told(house: Furnished, *words: object, exits: int = 0) -> Any:
    """What a command says with `--json`."""
    return json.loads(house.run(*words, "--json", exits=exits).stdout)


def morning(house: Furnished) -> Row:
    """`status`, `dead groups`, `drafts` and `check --alarms`; drafts that only wait to be finalised are no alarm."""
    status, drafts = told(house, "status"), told(house, "drafts")
    alarms = told(house, "check", "--alarms", "--dead-minutes", "0", exits=1)
    causes = {f"cause.{one['group']}": [one["count"]] for one in told(house, "dead", "groups")}
    waiting = {f"drafts.{name}": len(found) for name, found in drafts.items() if found and name != "drafts"}
    events = {f"events.{state}": count for state, count in status["events"].items()}
    rung = [one["message"].replace("`", "") for one in alarms if one["check"] != "dead letters"]
    return causes | waiting | events | {"alarms": rung}


def held(house: Furnished) -> list[Row]:
    """Of `status`: what is paused."""
    return [
        _spoken(one, "connection", "pause_reason") for one in told(house, "status")["practices"] if one["pause_reason"]
    ]


def pairs(house: Furnished) -> list[Row]:
    """Of `status`."""
    return list(told(house, "status")["draft_pairs"])


def causes(house: Furnished) -> list[Row]:
    """`dead groups`, with the words of `dead list`."""
    letters = {one["group"]: one["message"] for one in told(house, "dead", "list")}
    groups = told(house, "dead", "groups")
    return [{**one, "last_at": at(one["last_at"]), "message": letters[one["group"]]} for one in groups]


def count(house: Furnished) -> Row:
    """Of `dead groups`."""
    groups = told(house, "dead", "groups")
    return {"count": f"Documents: {sum(one['count'] for one in groups)}; causes: {len(groups)}"}


def largest(house: Furnished) -> str:
    """The group with most letters."""
    return str(told(house, "dead", "groups")[0]["group"])


def letters(house: Furnished) -> list[Row]:
    """`dead list` of the largest group, with what `replay --dry-run` plans."""
    of = "--group", largest(house)
    plans = {one["event_id"]: one["plan"] for one in told(house, "replay", *of, "--dry-run")}
    found = [_spoken(one, "kind") for one in told(house, "dead", "list", *of)]
    return [
        {
            **one,
            "attempts": len(one["attempts"]),
            "died_at": at(one["died_at"]),
            "plan": [word("plan", plans[one["event_id"]])],
        }
        for one in sorted(found, key=lambda one: one["died_at"])
    ]


def documents(house: Furnished, practice: int | None = None) -> Iterator[Row]:
    """`show` of each, the newest first; when it was completed stands in the ledger."""
    for event_id, practice_id, number, created_at in house.stage.db.execute(_DOCUMENTS).fetchall():
        if practice in (None, practice_id):
            one = told(house, "show", number, "--practice", practice_id)
            assert one["event_id"] == event_id
            there = (
                [word("watched", one["lexware_status"]), one["lexware_number"] or ""] if one["lexware_status"] else None
            )
            held = {"reason": word("held", one["reason"])} if one["state"] == "held" else {}
            more = {"practice_id": practice_id, "created_at": created_at, "url": one["url"] and Link(one["url"])}
            yield {**_spoken(one, "kind", "state"), **held, **more, "there": there}


def document(house: Furnished) -> Row:
    """`show` of the newest document of the practice."""
    one = next(documents(house, house.own))
    moments = [at(attempt[name]) for attempt in one["attempts"] for name in ("begun_at", "ended_at") if attempt[name]]
    return {
        "state": one["state"],
        "about": [str(one["event_id"]), str(house.own)],
        "timeline": [one["created_at"], *moments],
    }


def practices(house: Furnished) -> list[Row]:
    """`practice list`, with the figures of `status` for those that were ever ordered."""
    figures = {one["practice_id"]: one for one in told(house, "status")["practices"]}
    rows = [
        {"pending": None, "dead": None, "delivered": None, "last_delivered_at": None} | one
        for one in told(house, "practice", "list")
    ]
    rows = [one | figures.get(one["practice_id"], {}) for one in rows]
    return [
        {**_spoken(one, "connection", "pause_reason"), "last_delivered_at": at(one["last_delivered_at"])}
        for one in rows
    ]


def settings(house: Furnished) -> Row:
    """`practice show`, and the practice's line of `status`."""
    one = told(house, "practice", "show", "--practice", house.own)
    figures = next(row for row in told(house, "status")["practices"] if row["practice_id"] == house.own)
    days = [one["booking"][name] for name in ("ordered_on", "trial_until", "decline_by")]
    said = f"Delivered: {figures['delivered']}. On the way: {figures['pending']}. Dead: {figures['dead']}."
    return {"practice": [said], "booking": days, "key": [one["company_name"], one["key_expires_on"]]}


def customers(house: Furnished) -> list[Row]:
    """Those of the host, with what `contact list` says of them."""
    linked = {one["customer_id"]: one for one in told(house, "contact", "list", "--practice", house.own)}
    nothing = dict.fromkeys(("contact_id", "origin", "linked_at"))
    found = house.stage.db.execute(_CUSTOMERS, (house.own,)).fetchall()
    rows = [{"customer_id": id_, "customer_number": number} | linked.get(id_, nothing) for id_, number in found]
    return [{**_spoken(one, "origin"), "linked_at": at(one["linked_at"])} for one in rows]


def history(house: Furnished) -> list[Row]:
    """`history`; of its details the values."""
    return [
        {**_spoken(one, "action"), "at": at(one["at"]), "detail": [str(value) for value in one["detail"].values()]}
        for one in told(house, "history")
    ]


def system(house: Furnished) -> Row:
    """`status`, and the pace of the environment."""
    status, config = told(house, "status"), house.pages.config
    names = "rate_per_second", "http_timeout_seconds", "settle_seconds", "lease_seconds"
    pace = {name: [f"{getattr(config.pace, name):g}"] for name in names}
    return pace | {
        "workers": status["workers"], "pollers": 0, "last_round_at": at(status["poller"]["last_round_at"]),
        "oldest_pending_seconds": status["oldest_pending_seconds"], "api_url": config.api_url,
    }  # fmt: skip


def report(house: Furnished) -> Row:
    """The hash of `report`, and the months of `report verify`."""
    of = "--practice", house.own
    kept = told(house, "report", *of, "--month", house.month, exits=1)
    return {
        "sha256": kept["sha256"],
        "reports": [_month(one["month"]) for one in told(house, "report", "verify", *of)["reports"]],
    }


def _month(month: str) -> str:
    """As a page names it."""
    return Month(date.fromisoformat(f"{month}-01")).said_in("en")


def _spoken(one: Row, *names: str) -> dict[str, Any]:
    return {**one, **{name: word(name, one[name]) for name in names}}
