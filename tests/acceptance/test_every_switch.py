"""The causes with Lexware behaving otherwise than usual in every respect at once: each way that nobody knows for certain."""

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import psycopg
import pytest
import services
from causes.cause import Cause, live_through
from causes.of_contacts import OF_CONTACTS
from causes.of_doubt import OF_DOUBT
from causes.of_lexware import OF_LEXWARE
from causes.of_originals import OF_ORIGINALS
from causes.of_our_form import OF_OUR_FORM, STRICT
from causes.of_the_practice import BEFORE_SENDING
from causes.of_the_way import OF_THE_WAY
from causes.scene import Scene, scene
from causes.switched import other_values, rounds, turn
from causes.wording import worded
from chosen import proofs_of

_CAUSES = (*BEFORE_SENDING, *OF_CONTACTS, *OF_LEXWARE, *OF_ORIGINALS, *OF_DOUBT, *OF_THE_WAY)
#: A status of its own says what no code says.
_UNTOLD = {"bad_date_status": 406}
_ROUNDS = {f"round-{place}": switches for place, switches in enumerate(rounds(), 1)}


def test_each_value_of_each_switch_has_its_round() -> None:
    """Whatever switch comes in addition."""
    for name, values in other_values().items():
        assert values
        assert all(any(switches[name] == value for switches in _ROUNDS.values()) for value in values)


_EACH = [pytest.param(cause, switches, id=f"{cause}-{name}") for cause in _CAUSES for name, switches in _ROUNDS.items()]


@pytest.mark.parametrize(("cause", "switches"), proofs_of(_EACH, every=len(_ROUNDS) + 1))
def test_under_every_switch(db: psycopg.Connection, database_url: str, cause: Cause, switches: dict[str, Any]) -> None:
    """The same reason, the same actor, the same number of documents."""
    with scene(db, database_url, **cause.settings) as one:
        turn(one, switches)
        live_through(one, cause if cause in OF_THE_WAY else worded(cause, switches["refusals_named"]))


@pytest.fixture(scope="module", name="town", params=_ROUNDS.values(), ids=_ROUNDS)
def _town(request: pytest.FixtureRequest, _postgres: str, _template: str) -> Iterator[tuple[Scene, str]]:
    """One practice for all whose first customer is linked, and how Lexware names what it objects to."""
    with (
        services.database(_postgres, template=_template) as url,
        psycopg.connect(url, autocommit=True) as db,
        scene(db, url) as one,
    ):
        one.known_payer()
        way = request.param["refusals_named"]
        turn(one, request.param | STRICT | (_UNTOLD if way == "none" else {}))
        yield one, way


@pytest.mark.proof
@pytest.mark.parametrize("cause", OF_OUR_FORM, ids=str)
def test_our_form_under_every_switch(town: tuple[Scene, str], cause: Cause) -> None:
    """As far as Lexware refuses it at all."""
    one, way = town
    try:
        live_through(one, worded(cause, way))
    finally:
        patch.stopall()
