"""Held, not lost; or right again by itself: no letter, no replay, and whoever asks reads what it was."""

import psycopg
import pytest
from causes.by_itself import BY_ITSELF, ByItself, come_right
from causes.scene import scene
from causes.standstill import STANDSTILLS, Standstill, stand_still
from chosen import a_few_of
from cryptography.fernet import Fernet


@pytest.mark.parametrize("cause", a_few_of(STANDSTILLS))
def test_after_the_step_exactly_one_arrives(db: psycopg.Connection, database_url: str, cause: Standstill) -> None:
    """No event dies, none burns a try, none needs a replay."""
    with scene(db, database_url) as one:
        stand_still(one, cause)


def test_a_key_that_no_secret_opens_is_told_and_given_anew(db: psycopg.Connection, database_url: str) -> None:
    """LEXRELAY_SECRET_KEYS lacks the key that encrypted it: nothing dies; its story and `check` say what to do."""
    with scene(db, database_url) as one:
        document = one.practice.invoice(one.practice.customer())
        one.host(
            "update lexware.connection set key_encrypted = %s",
            Fernet(Fernet.generate_key()).encrypt(b"key").decode(),
        )
        one.until(lambda: one.stage.event(document)["reason"] == "key_unreadable")

        told = [one.of_practice("show", one.number(document), "--lang", lang) for lang in ("de", "en")]
        one.of_practice("practice", "connect", stdin=one.stage.tenant.key)
        one.stage.run()

        assert ["LEXRELAY_SECRET_KEYS prüfen" in told[0], "check LEXRELAY_SECRET_KEYS" in told[1]] == [True, True]
        assert (one.stage.outcome(document), len(one.copies(document))) == (("delivered", None), 1)


@pytest.mark.parametrize("mishap", a_few_of(BY_ITSELF))
def test_nobody_has_to_act(db: psycopg.Connection, database_url: str, mishap: ByItself) -> None:
    """No dead letter, no second document, and nothing is replayed that is settled."""
    with scene(db, database_url, **mishap.settings) as one:
        come_right(one, mishap)
