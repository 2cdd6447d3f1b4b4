"""Deaths on the way: Lexware did not answer, we failed, a process died or stood still, or it was too much to read."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from frost import frozen, let_lease_expire
from practice import Practice
from stage import PACE

from causes.cause import Cause, Words
from causes.deeds import Happens, link, nothing
from causes.scene import Scene
from outbox.poller import HandOut
from worker.delivery.doubt import _FROZEN_LEASES
from worker.lexware import upload
from worker.lexware.api import calls, client, wire
from worker.lexware.api.transport import Transport

_OVER: Words = (
    "Ist die Ursache vorbei: replay, am besten mit --canary",
    "When the cause is over: replay, best with --canary",
)
_VERSION: Words = ("Nach einer neuen Version: replay", "After a new version: replay, best with --canary")
_HASTY = {"pace": replace(PACE, retry_delays=(0.05,))}


def _neighbour(scene: Scene) -> None:
    """Another practice is served at the same time, so that one lane's silence is no outage."""
    tenant, other = scene.lexware.add_organisation(), Practice(scene.stage.db)
    other.switch_on(tenant.id, tenant.key)
    other.invoice(other.customer())
    scene.stage.run()


def _silent(path: str, method: str = "GET", status: int = 503, **more: Any) -> Happens:
    """One practice gets no answer there, whenever it asks."""

    def happens(scene: Scene) -> int:
        _neighbour(scene)
        payer = scene.known_payer() if method == "POST" else scene.practice.customer()
        scene.fault(path, method, status=status, count=None, organisation=scene.stage.tenant.id, **more)
        return scene.send(payer)

    return happens


def _unreachable(scene: Scene) -> int:
    """Nobody listens at Lexware's address."""
    _neighbour(scene)
    scene.at_the_end.enter_context(
        patch.object(scene.stage.runtime.work, "transport", Transport("http://127.0.0.1:9", 1))
    )
    return scene.send()


def _is_over(scene: Scene, _document: int) -> None:
    scene.at_the_end.close()
    scene.lexware.clear_faults()


def _broken(*patches: Callable[[], Any], then: Happens) -> Happens:
    """A version of lexrelay, or a limit of it, fails."""

    def happens(scene: Scene) -> int:
        for each in patches:
            scene.at_the_end.enter_context(each())
        return then(scene)

    return happens


def _many_of_that_name(scene: Scene) -> int:
    for _ in range(5):
        scene.person("Beispielaner")
    return scene.send()


def _asked_wrongly(scene: Scene) -> int:
    """In doubt, and the question for it is none that Lexware takes."""
    scene.fault(status=504, when="after")
    return scene.send(scene.known_payer())


def _sooner(scene: Scene) -> Sequence[HandOut]:
    """From the second death in a row on each comes back at a moment of its own."""
    scene.host("update outbox.event set due_at = now()")
    return scene.stage.hand_out()


def _deadly(scene: Scene) -> int:
    """Whoever begins it dies."""
    document = scene.practice.invoice(scene.practice.customer())
    for _ in range(5):
        victim = scene.stage.open_runtime()
        (handed,) = scene.stage.hand_out() or _sooner(scene)
        victim.ledger.begin(handed.event_id, handed.epoch)
        victim.close()
    scene.stage.hand_out()
    return document


def _frozen(scene: Scene) -> int:
    """Its sender stands still right before the send, for ten leases and more."""
    document = scene.practice.invoice(scene.known_payer())
    runtime = scene.stage.open_runtime()
    (handed,) = scene.stage.hand_out()
    scene.at_the_end.enter_context(frozen(scene.stage, handed, wire.Call, "release", runtime=runtime))
    scene.at_the_end.callback(runtime.close)
    let_lease_expire(scene.stage)
    seconds = (_FROZEN_LEASES + 1) * PACE.lease_seconds
    scene.host("update outbox.intent set opened_at = opened_at - make_interval(secs => %s), "
               "send_by = send_by - make_interval(secs => %s)", seconds, seconds)  # fmt: skip
    scene.until(lambda: scene.stage.event(document)["state"] == "dead")
    return document


OF_THE_WAY = (
    Cause(
        name="not-reached", happens=_unreachable, reason="retries_exhausted", who="operator",
        says=("Zuletzt: Lexware war nicht zu erreichen; es wurde nichts gesendet", "Last: Lexware could not be reached"),
        step=_OVER, remedy=_is_over,
    ),
    Cause(
        name="no-answer-to-a-search", happens=_silent("/v1/contacts"), reason="retries_exhausted", who="operator",
        says=("gesendet wurde kein Beleg; Status: 503", "Last: Lexware gave no readable answer to a question"),
        step=_OVER, remedy=_is_over,
    ),
    Cause(
        name="never-arrives", happens=_silent("/v1/invoices", "POST", 500), reason="retries_exhausted", who="operator",
        says=("Zuletzt: Zweimal in Lexware nicht gefunden: es kam nicht an", "Last: Twice not found in Lexware"),
        step=_OVER, remedy=_is_over, settings=_HASTY,
    ),
    Cause(
        name="broken-contact", happens=_silent("/v1/contacts", status=500, body="technical_error"),
        reason="retries_exhausted", who="lexware",
        says=("Der Kontakt ist in Lexware beschädigt; das kann nur Lexware beheben", "Codes: technical_error"),
        step=("einen anderen Kontakt hinterlegen (contact link)", "enter another contact (contact link); then replay"),
        remedy=link,
    ),
    Cause(
        name="unexpected", reason="retries_exhausted", who="developer",
        happens=_broken(lambda: patch.object(upload, "write", side_effect=ValueError("Ada Beispiela")),
                        then=lambda scene: scene.send(scene.known_payer())),
        says=("jedes Mal mit einem unerwarteten Fehler", "each time with an unexpected error"), step=_VERSION, remedy=_is_over,
    ),
    Cause(
        name="more-than-can-be-read", reason="retries_exhausted", who="practice", happens=_broken(
            lambda: patch.object(calls, "PAGE_ROWS", 2), lambda: patch.object(calls, "WINDOW_ROWS", 4), then=_many_of_that_name
        ),
        says=("mehr Kontakte, als sich lesen lassen", "more contacts of the addressee's name than can be read"),
        step=("Den Kontakt in Lexware suchen oder anlegen und hinterlegen", "Find or create the contact in Lexware"), remedy=link,
    ),
    Cause(
        name="asked-wrongly", reason="refused_by_lexware", who="developer",
        happens=_broken(lambda: patch.object(client, "VOUCHER_TYPES", {"invoice": ""}), then=_asked_wrongly),
        says=("Codes: NOTNULL voucherType", "Codes: NOTNULL voucherType"), step=_VERSION, remedy=_is_over,
    ),
    Cause(
        name="crashes-whoever-begins-it", happens=_deadly, reason="crashes_worker", who="developer",
        says=("Fünfmal nacheinander ist der Prozess gestorben", "Five times in a row the process that worked on this document died"),
        step=("Lag es am Rechner: replay", "If it was the machine: replay"), remedy=nothing,
    ),
    Cause(
        name="frozen-sender", happens=_frozen, reason="sender_frozen", who="operator", refused=True,
        says=("lebt aber noch: er könnte noch senden", "but is alive: it might still send"),
        step=("Den genannten Prozess auf seinem Rechner beenden", "End the process named on its machine"), remedy=_is_over,
    ),
)  # fmt: skip
