"""Why a practice stands still: nothing dies, nothing burns a try, and after the step everything goes on by itself."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from practice import token

from causes.cause import LANGUAGES, Words
from causes.scene import Scene


@dataclass(frozen=True, kw_only=True)
class Standstill:
    """One reason. `happens` brings it about; `remedy` is what the words describe."""

    name: str
    happens: Callable[[Scene], object]
    connection: str
    reason: str | None
    says: Words
    step: Words
    remedy: Callable[[Scene], object]

    def __str__(self) -> str:
        return self.name


def stand_still(scene: Scene, cause: Standstill) -> None:
    """Held and told in both languages, no letter, no try; then exactly one arrives, without a replay."""
    document = scene.practice.invoice(scene.practice.customer())
    cause.happens(scene)
    scene.until(lambda: _standing(scene) == (cause.connection, cause.reason))
    assert json.loads(scene.say("dead", "list", "--json")) == []
    assert (scene.stage.event(document)["tries"], scene.copies(document)) == (0, [])
    for place, lang in enumerate(LANGUAGES):
        pages = [scene.of_practice("show", scene.number(document), "--lang", lang), scene.say("status", "--lang", lang)]
        for page in (*pages, scene.of_practice("practice", "show", "--lang", lang)):
            assert cause.says[place] in page
            assert cause.step[place] in page
    cause.remedy(scene)
    scene.stage.run()
    assert (scene.stage.outcome(document), len(scene.copies(document))) == (("delivered", None), 1)


def _standing(scene: Scene) -> tuple[str, str | None]:
    [row] = json.loads(scene.say("status", "--json"))["practices"]
    return row["connection"], row["pause_reason"]


def _connect(scene: Scene, key: str, *options: str) -> None:
    scene.of_practice("practice", "connect", *options, stdin=key)


def _new_key(scene: Scene) -> None:
    _connect(scene, scene.user("new_key")["key"])


def _half_a_key(scene: Scene) -> None:
    _connect(scene, scene.user("new_key", scopes=["profile.read"])["key"])


def _bigger_plan(scene: Scene) -> None:
    scene.user("set_contract", ok=True)
    _connect(scene, scene.stage.tenant.key)


def _strange_key(scene: Scene) -> None:
    """Behind the stored key is another company."""
    strange = token(scene.practice.practice_id, scene.stage.tenant.id, scene.lexware.add_organisation().key)
    scene.host("update lexware.connection set key_encrypted = %s, profile_read_at = null", strange)


def _right_key(scene: Scene) -> None:
    _connect(scene, scene.stage.tenant.key)


def _move(scene: Scene) -> None:
    _connect(scene, scene.lexware.organisations()[-1].key, "--new-organisation")


def _run(*words: str) -> Callable[[Scene], object]:
    return lambda scene: scene.of_practice("practice", *words)


def _rows(statement: str) -> Callable[[Scene], object]:
    return lambda scene: scene.host(statement)


_OTHER: Words = ("ein anderes Unternehmen als das verbundene", "another company than the one connected")
STANDSTILLS = (
    Standstill(
        name="key-revoked", happens=lambda scene: scene.user("revoke_key", key=scene.stage.tenant.key),
        connection="paused", reason="key_invalid",
        says=("nimmt den API-Schlüssel der Praxis nicht mehr an", "no longer accepts the practice's API key"),
        step=("einen neuen Schlüssel anlegen und mit practice connect", "Create a new key in Lexware and enter it with practice connect"),
        remedy=_new_key,
    ),
    Standstill(
        name="plan-too-small", happens=lambda scene: scene.user("set_contract", ok=False),
        connection="paused", reason="plan_too_small",
        says=("enthält die Schnittstelle nicht", "does not include the interface"),
        step=("den Tarif klären, dann practice connect", "Settle the plan in Lexware, then practice connect"),
        remedy=_bigger_plan,
    ),
    Standstill(
        name="permission-missing", happens=_half_a_key, connection="paused", reason="permission_missing",
        says=("fehlt eine Berechtigung", "lacks a permission"),
        step=("mit diesen Berechtigungen anlegen, dann practice connect", "Create a key with these permissions in Lexware"),
        remedy=_new_key,
    ),
    Standstill(
        name="strange-key", happens=_strange_key, connection="paused", reason="other_organisation", says=_OTHER,
        step=("den Schlüssel des richtigen Unternehmens hinterlegen", "Enter the right company's key with practice connect"),
        remedy=_right_key,
    ),
    Standstill(
        name="practice-moves", happens=_strange_key, connection="paused", reason="other_organisation", says=_OTHER,
        step=("ist der Wechsel gewollt, mit --new-organisation", "if the change is intended, with --new-organisation"),
        remedy=_move,
    ),
    Standstill(
        name="operator", happens=_run("pause"), connection="paused", reason="operator",
        says=("Der Betrieb hat diese Praxis angehalten", "An operator has paused this practice"),
        step=("practice resume hebt es auf", "practice resume lifts it"), remedy=_run("resume"),
    ),
    Standstill(
        name="switched-off", happens=_run("disable"), connection="disabled", reason=None, says=("ausgeschaltet", "lexrelay practice enable"),
        step=("`lexrelay practice enable`", "`lexrelay practice enable`"), remedy=_run("enable"),
    ),
    Standstill(
        name="not-booked", happens=_rows("update outbox.lane set booked_until = clock_timestamp()"),
        connection="not_booked", reason=None, says=("nicht bestellt", "not booked"),
        step=("`lexrelay practice book`", "`lexrelay practice book`"), remedy=_run("book"),
    ),
    Standstill(
        name="no-key", happens=_rows("update outbox.lane set connected = false"),
        connection="not_connected", reason=None, says=("API-Schlüssel", "API key"),
        step=("`lexrelay practice connect`", "`lexrelay practice connect`"), remedy=_right_key,
    ),
)  # fmt: skip
