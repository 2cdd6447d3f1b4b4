"""Recognisable words for every personal column and text of the practice, and where they may be found again.

Every word says in which paths of a payload it may stand, per privacy mode; everywhere else it is a leak.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import psycopg
import redis
from practice import Practice
from psycopg import sql


@dataclass(frozen=True)
class Word:
    """A planted word, in lower case, and the paths where it may stand in neutral and in itemised mode."""

    text: str
    neutral: frozenset[str] = frozenset()
    itemised: frozenset[str] = frozenset()

    def may_stand(self, path: str, mode: str) -> bool:
        """Whether a payload of this mode may hold it there."""
        return path in (self.neutral if mode == "neutral" else self.neutral | self.itemised)


def _both(text: str, *paths: str) -> Word:
    return Word(text, neutral=frozenset(paths))


def _itemised(text: str, *paths: str) -> Word:
    return Word(text, itemised=frozenset(paths))


def _place(text: str, part: str) -> Word:
    return _both(text, f"address.{part}", f"addresses.billing[].{part}")


_LINE = ("lineItems[].name", "lineItems[].description")
WORDS = (
    Word("qzxpraxis"), Word("qzxdiagnose"), Word("q987654321"),
    *(Word(day) for day in ("1961-07-23", "23.07.1961", "23.7.1961", "23.07.61", "19610723", "23071961")),
    _both("qzxanrede", "person.salutation"),
    _both("qzxvorname", "person.firstName", "address.name"),
    _both("qzxnachname", "person.lastName", "address.name", "?name"),
    _both("qzxfirma", "company.name", "address.name", "?name"),
    _place("qzxstrasse", "street"), _place("qzxhinterhaus", "supplement"), _place("59991", "zip"),
    _place("qzxstadt", "city"),
    _both("qzxgrund", "taxConditions.taxTypeNote", "remark"),
    _itemised("qzxziffer", *_LINE), _itemised("qzxbehandlung", *_LINE), _itemised("qzxeinheit", "lineItems[].unitName"),
    _itemised("qzxeinleitung", "introduction"),
    _itemised("qzxpost@", "emailAddresses.private[]", "emailAddresses.business[]", "?email"),
    _itemised("5559876", "phoneNumbers.private[]", "phoneNumbers.business[]"),
)  # fmt: skip
PERSON: dict[str, Any] = {
    "salutation": "Qzxanrede", "first_name": "Qzxvorname", "street": "Qzxstrasse 3", "address_supplement": "Qzxhinterhaus",
    "zip": "59991", "city": "Qzxstadt", "email": "qzxpost@beispiel.example", "phone": "0221 5559876",
    "birth_date": date(1961, 7, 23), "insurance_number": "Q987654321",
}  # fmt: skip
ITEM: dict[str, Any] = {"code": "Qzxziffer", "description": "Qzxbehandlung", "unit": "Qzxeinheit"}
TEXTS: dict[str, Any] = {
    "introduction": "Qzxeinleitung", "diagnosis": "Qzxdiagnose F32.1", "exemption_note": "Qzxgrund § 4 Nr. 14 UStG",
}  # fmt: skip
#: What an answer of Lexware, an exception or a library may say.
BABBLE = (
    "Der Kontakt Qzxvorname Qzxnachname, Qzxstrasse 3, 59991 Qzxstadt (geb. 23.07.1961, Q987654321, "
    "qzxpost@beispiel.example, 0221 5559876) mit Qzxdiagnose, Qzxziffer Qzxbehandlung Qzxeinleitung ist ungültig."
)


def found(text: str, *secrets: str) -> set[str]:
    """Which words, or further secrets, a text holds, whatever the case and the blanks; digits not within a longer number."""
    low = text.lower()
    packed = re.sub(r"\s", "", low)
    sought = (*(word.text for word in WORDS), *map(str.lower, secrets))
    return {word for word in sought if _holds(low, word) or (not word.isdigit() and word in packed)}


def _holds(text: str, word: str) -> bool:
    return bool(re.search(rf"(?<!\d){word}(?!\d)", text)) if word.isdigit() else word in text


def customer(practice: Practice, **columns: Any) -> int:
    """A payer with a planted word in every column; each has a last name of his own."""
    payer = practice.customer(**{name: value for name, value in PERSON.items() if name != "address_supplement"})
    more = {"address_supplement": PERSON["address_supplement"], "last_name": f"Qzxnachname{_letters(payer)}"} | columns
    settings = sql.SQL(", ").join(sql.SQL("{} = {}").format(sql.Identifier(k), sql.Literal(v)) for k, v in more.items())
    practice.db.execute(sql.SQL("update practice.customers set {} where id = {}").format(settings, payer))
    return payer


def invoice(
    practice: Practice, payer: int | None = None, items: list[dict[str, Any]] | None = None, **more: Any
) -> int:
    """An invoice with a planted word in every text, for a new payer unless told."""
    practice.confirm_note(TEXTS["exemption_note"])
    lines = [ITEM | item for item in ([{}] if items is None else items)]
    return practice.invoice(customer(practice) if payer is None else payer, lines, **TEXTS | more)


def customer_in_waiting(practice: Practice) -> int:
    """A payer whose only document is older than the switch-on, so that nobody has linked him yet."""
    payer = customer(practice, last_name="Qzxnachname")
    with practice.db.transaction():
        practice.db.execute("set local session_replication_role = replica")
        practice.invoice(payer, completed_at=None)
    return payer


def misplaced(call: Mapping[str, Any], mode: str) -> set[tuple[str, str]]:
    """Words of a request that stand where they must not, with their places."""
    return {
        (word.text, path)
        for path, value in _flat(call)
        for word in WORDS
        if word.text in found(value) and not word.may_stand(path, mode)
    }


def body_paths(body: Any) -> set[str]:
    """The paths of all values in a payload, as `payloads.ALLOWED` names them."""
    return {path for path, _ in _values(body, "")}


def _flat(call: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "path", call["path"]
    yield from ((f"?{name}", value) for name, value in call["query"].items())
    yield from _values(call["body"], "")


def _values(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and value:
        for name, part in value.items():
            yield from _values(part, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for part in value:
            yield from _values(part, f"{path}[]")
    elif value is not None:
        yield path, str(value)


def ledger(db: psycopg.Connection[Any]) -> str:
    """Every row of our own tables, as text."""
    tables = db.execute(
        "select schemaname, tablename from pg_tables where schemaname in ('outbox', 'lexware', 'console')"
    ).fetchall()
    said = [
        row[0]
        for table in tables
        for row in db.execute(sql.SQL("select t::text from {} t").format(sql.Identifier(*table))).fetchall()
    ]
    return "\n".join(said)


def queue(redis_url: str) -> str:
    """Every key of Redis with its content, as text."""
    with redis.Redis.from_url(redis_url, decode_responses=True) as client:
        return "\n".join(f"{key} {_content(client, key)}" for key in client.scan_iter())


def _content(client: Any, key: str) -> object:
    readers = {
        "string": client.get, "hash": client.hgetall, "set": client.smembers, "list": lambda name: client.lrange(name, 0, -1),
        "zset": lambda name: client.zrange(name, 0, -1, withscores=True),
    }  # fmt: skip
    return readers[client.type(key)](key)


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))
