"""The practice's settings: "Partneranbindungen, Finanzen, Abrechnungsart Lex Office", with what is done and what is missing."""

from typing import get_args

from outbox import figures
from outbox.ids import PracticeId
from worker.console.asked import Answer, Asked, Moved, Page
from worker.console.forms import BadField
from worker.keys import KeyVault
from worker.lexware.command_client import CommandClient
from worker.lexware.translate.documents import Matching, PrivacyMode
from worker.messages import Declined, Sentence, console_practice
from worker.messages import console as words
from worker.messages import notes as note_words
from worker.operations import preview_reveal
from worker.operations.preview import Preview
from worker.operations.preview_told import leaving, told
from worker.practice import connect, notes, orders, practices, switches
from worker.practice.booking import MONTHS
from worker.practice.notes import Wording

_TRANSFER_FIELDS = ("transfer", "avv_date", "lines", "match_contacts")
_ORDER_FIELDS = ("billing", "trial_until", "decline_by")


def show(asked: Asked) -> Page:
    """How the practice stands, and a form for each step."""
    return _page(asked)


def change(asked: Asked) -> Answer:
    """Do what the form says: order, key, switch, wording, pause; or show the last invoice as it would leave."""
    form, said = asked.form, list[Sentence]()
    if "preview" in form:
        return _page(asked, preview=_preview(asked))
    if any(name in form for name in _ORDER_FIELDS):
        said += _book(asked)
    if "unbook" in form:
        said += orders.unbook(asked.connection, asked.practice_id, by=asked.visitor.name, why=form.given("why"))
    if "api_key" in form:
        said += _connect(asked)
    if any(name in form for name in _TRANSFER_FIELDS):
        said += _transfer(asked)
    if "confirm_note" in form:
        said += _confirm_note(asked)
    if "pause" in form or "resume" in form:
        said += _pause(asked)
    if not said:
        raise BadField(words.NOTHING_CHOSEN())
    return Moved(asked.path, said)


def _page(asked: Asked, *, preview: Preview | None = None) -> Page:
    practice = practices.find(asked.connection, asked.practice_id)
    values = {
        "practice": practice, "offers": orders.offers(asked.connection, practice),
        "figures": next(iter(figures.of_practices(asked.connection, [practice.practice_id])), None),
        "latest": preview_reveal.latest(asked.connection, PracticeId(practice.practice_id)),
        "preview": preview, "preview_json": preview and preview_reveal.to_json(preview, asked.lang), "leaves": _leaves(asked, preview),
        "lines": get_args(PrivacyMode),
        "matchings": get_args(Matching), "app_url": asked.config.app_url, "wordings": _wordings(asked),
    }  # fmt: skip
    return Page("settings.html", values)


def _wordings(asked: Asked) -> list[Wording]:
    """What waits to be confirmed, for those who may: it is the practice's own text."""
    return notes.waiting(asked.connection, asked.practice_id) if asked.visitor.role != "viewer" else []


def _book(asked: Asked) -> list[Sentence]:
    form = asked.form
    billing = form.choice("billing", tuple(MONTHS)) or "monthly"
    days = form.day("trial_until"), form.day("decline_by")
    return orders.book(
        asked.connection, asked.practice_id, billing, *days, by=asked.visitor.name, why=form.given("why")
    )


def _connect(asked: Asked) -> list[Sentence]:
    api_key = connect.read_key(asked.form.text("api_key").encode())
    client = CommandClient(asked.connection, asked.config, asked.practice_id)
    profile = connect.try_out(client, api_key)
    return connect.connect(
        asked.connection, asked.practice_id, api_key, profile, KeyVault(asked.config.secret_keys),
        new_organisation="new_organisation" in asked.form, renewed="renewed" in asked.form,
        by=asked.visitor.name, why=asked.form.given("why"),
    )  # fmt: skip


def _transfer(asked: Asked) -> list[Sentence]:
    """On with its settings, or off when the box was cleared."""
    form, by, why = asked.form, asked.visitor.name, asked.form.given("why")
    if form.text("transfer") not in ("on", "1", "true"):
        return switches.disable(asked.connection, asked.practice_id, by=by, why=why)
    lines: PrivacyMode | None = form.choice("lines", get_args(PrivacyMode))
    matching: Matching | None = form.choice("match_contacts", get_args(Matching))
    first = form.day("from")
    return switches.enable(
        asked.connection, asked.practice_id, form.day("avv_date"), lines, matching, first=first, by=by, why=why
    )


def _confirm_note(asked: Asked) -> list[Sentence]:
    """The wording that was shown, for all documents that wait for it."""
    events, seen = asked.form.numbers("confirm_note"), asked.form.text("wording")
    by, why = asked.visitor.name, asked.form.given("why")
    done = notes.confirm(asked.connection, asked.practice_id, events, seen=seen, by=by, why=why)
    return [note_words.CONFIRMED(), *map(notes.said_of, done.wordings), note_words.ON_THE_WAY(events=done.event_ids)]


def _pause(asked: Asked) -> list[Sentence]:
    """For those who run lexrelay: a practice switches off instead."""
    if not asked.visitor.is_operator:
        raise Declined(console_practice.ONLY_OPERATORS())
    by, why = asked.visitor.name, asked.form.given("why")
    switch = switches.pause if "pause" in asked.form else switches.resume
    return switch(asked.connection, asked.practice_id, by=by, why=why)


def _leaves(asked: Asked, preview: Preview | None) -> dict[str, list[tuple[str, str]]]:
    """What would go over, of the document and of a contact that is made for it; neither when nothing would."""
    if preview is None:
        return {}
    parts = {
        "document": preview.translation and preview.translation.payload,
        "contact": preview.contact.payload,
    }
    return {part: told(leaving(payload), asked.lang) for part, payload in parts.items() if payload}


def _preview(asked: Asked) -> Preview:
    number = asked.form.given("number") or preview_reveal.latest(asked.connection, PracticeId(asked.practice_id))
    if number is None:
        raise Declined(console_practice.NO_DOCUMENT_YET())
    return preview_reveal.reveal(
        asked.connection, asked.config, PracticeId(asked.practice_id), number,
        by=asked.visitor.name, why=asked.form.given("why"), waiting=lambda _seconds: None,
    )  # fmt: skip
