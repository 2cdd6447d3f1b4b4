"""`/v1/contacts`: create, read, search, replace (lexware-api 4)."""

from collections.abc import Iterable
from dataclasses import replace

from worker.lab.sandbox.answers import RefusedError, Reply, legacy_error, ok, regular_error
from worker.lab.sandbox.bookkeeping import new_contact, stored_contact
from worker.lab.sandbox.call import Call
from worker.lab.sandbox.records import Contact
from worker.lab.sandbox.rules import search
from worker.lab.sandbox.rules.contacts import Issue, crowded_lists, issues, version_issues
from worker.lab.sandbox.rules.paging import asked_page, envelope
from worker.lab.sandbox.rules.schema import CONTACT
from worker.lab.sandbox.rules.views import contact_json


def create_contact(call: Call) -> Reply:
    """`POST /v1/contacts`. The same body twice makes two contacts."""
    organisation, body = call.organisation, call.body(CONTACT)
    version = body.get("version", 0 if organisation.switches.accepts_contact_without_version else None)
    _refuse([*version_issues(version, 0), *issues(body, organisation.switches)])
    _refuse(_account_number_race(call))
    contact = new_contact(organisation, body, call.at)
    call.world.keep(organisation, contact)
    organisation.last_contact_at = call.at
    return call.created(contact, organisation.switches.create_contact_status)


def read_contact(call: Call) -> Reply:
    """`GET /v1/contacts/{id}`."""
    return ok(contact_json(_existing(call), call.organisation))


def search_contacts(call: Call) -> Reply:
    """`GET /v1/contacts` (4.4)."""
    switches = call.organisation.switches
    page = asked_page(call.query)
    if page.size > switches.contact_page_limit:
        _refuse([Issue("bad_request_error", "size", "bad_request_error")], 400)
    try:
        found = search.find(call.organisation.contacts.values(), call.query, switches, call.at)
    except search.BadQueryError as error:
        raise RefusedError(legacy_error(400, [error.issue])) from None
    start = page.number * page.size
    rows = [contact_json(contact, call.organisation) for contact in found[start : start + page.size]]
    return ok(envelope(rows, len(found), page, "name", ascending=True))


def replace_contact(call: Call) -> Reply:
    """`PUT /v1/contacts/{id}`: the whole record, under its current version (4.3)."""
    organisation, contact, body = call.organisation, _existing(call), call.body(CONTACT)
    stale = list(version_issues(body.get("version"), contact.version))
    if stale and body.get("version") is not None and organisation.switches.stale_version_status == 409:
        raise RefusedError(regular_error(409, call.path, "The version is not current."))
    _refuse([*stale, *crowded_lists(contact.body), *issues(body, organisation.switches)])
    stored = stored_contact(body, organisation, before=contact.body)
    changed = replace(contact, body=stored, version=contact.version + 1, updated=call.at)
    call.world.keep(organisation, changed)
    return call.updated(changed)


def _existing(call: Call) -> Contact:
    contact = call.organisation.contact(call.record_id)
    if contact is None:
        raise RefusedError(legacy_error(404, [Issue("not_found", None, "bad_request_error")]))
    return contact


def _refuse(found: Iterable[Issue], status: int = 406) -> None:
    if unique := list(dict.fromkeys(found)):
        raise RefusedError(legacy_error(status, unique))


def _account_number_race(call: Call) -> list[Issue]:
    """Two contacts within moments get the same number now and then (10, no. 9)."""
    last, pause = call.organisation.last_contact_at, call.organisation.switches.account_number_race_seconds
    races = last is not None and (call.at - last).total_seconds() < pause
    return [Issue("account_number_already_exists", None)] if races else []
