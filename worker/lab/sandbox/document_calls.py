"""`/v1/invoices` and `/v1/credit-notes`: create and read, and the files of a document (lexware-api 5, 6)."""

from decimal import Decimal

from worker.lab.sandbox.answers import RefusedError, Reply, ok, regular_error, validation_error
from worker.lab.sandbox.bookkeeping import finalised, new_draft
from worker.lab.sandbox.call import Call
from worker.lab.sandbox.records import Document, Kind
from worker.lab.sandbox.rules.berlin import day_of
from worker.lab.sandbox.rules.content import content_of
from worker.lab.sandbox.rules.documents import document_violations
from worker.lab.sandbox.rules.pursue import pursue_refusal
from worker.lab.sandbox.rules.schema import DOCUMENTS
from worker.lab.sandbox.rules.views import document_json
from worker.lab.sandbox.rules.violations import NAMED, Violation
from worker.lab.sandbox.switches import Switches
from worker.lab.sandbox.wire import Json

_PDF = b"%PDF-1.4\n%%EOF\n"


def create_document(call: Call, kind: Kind) -> Reply:
    """`POST /v1/invoices` or `/v1/credit-notes`: a draft, unless `finalize=true`."""
    organisation, body = call.organisation, call.body(DOCUMENTS[kind])
    content = _valid_content(call, kind, body)
    preceding = _preceding(call, kind, content["totalPrice"]["totalGrossAmount"])
    finalize = call.query.get("finalize") == "true"
    if finalize and not organisation.company_data_complete:
        raise _refused(call, "The company data are incomplete.")
    records = new_draft(organisation, kind, body, content, call.at, preceding=preceding)
    call.world.keep(organisation, *records)
    if finalize:
        records = finalised(organisation, records[0], call.at)
        call.world.keep(organisation, *records)
    return call.created(records[0], organisation.switches.create_document_status)


def read_document(call: Call, kind: Kind) -> Reply:
    """`GET` by id; the right id at the wrong endpoint is a 404 too (3.5)."""
    return ok(document_json(_existing(call, kind), call.organisation))


def download_file(call: Call, kind: Kind) -> Reply:
    """`GET …/file` (5.13); the PDF is a bare stub."""
    document = _existing(call, kind)
    if not {"*/*", "application/pdf", "application/xml", "application/*"} & call.accepted_types:
        raise RefusedError(regular_error(406, call.path, "Accept is not satisfiable"))
    if document.status == "draft":
        message = f"Voucher {document.id} is in status 'draft' and therefore cannot be downloaded"
        raise RefusedError(regular_error(409, call.path, message))
    if call.accepted_types == {"application/xml"}:
        raise RefusedError(regular_error(404, call.path, "There is no XML for this voucher"))
    name = {"Content-Disposition": f'attachment; filename="{document.number}.pdf"'}
    return Reply(status=200, payload=_PDF, content_type="application/pdf", headers=name)


def render_document(call: Call, kind: Kind) -> Reply:
    """`GET …/document`, deprecated (5.13)."""
    document = _existing(call, kind)
    if document.status == "draft":
        raise _refused(call, "Requesting PDF document is not possible in state draft")
    return ok({"documentFileId": document.id})


def _existing(call: Call, kind: Kind) -> Document:
    document = call.organisation.document(call.record_id, kind)
    if document is None:
        raise RefusedError(regular_error(404, call.path, "The requested resource does not exist"))
    return document


def _valid_content(call: Call, kind: Kind, body: Json) -> Json:
    """What becomes of the body. Raises RefusedError with all that is wrong with it."""
    organisation = call.organisation
    contact = organisation.usable_contact((body.get("address") or {}).get("contactId"), call.at)
    if found := list(document_violations(kind, body, organisation, contact, day_of(call.at))):
        raise _objection(call, _status(found, organisation.switches), found)
    content = content_of(kind, body, organisation, contact)
    if content["totalPrice"]["totalGrossAmount"] < 0 and not organisation.switches.accepts_negative_total:
        below_zero = Violation("MIN", "totalPrice.totalGrossAmount", "must not be negative")
        raise _objection(call, 406, [below_zero])
    return content


def _objection(call: Call, status: int, found: list[Violation]) -> RefusedError:
    """All problems of a body in `details`, as far as they are named there (15); else the first in words alone."""
    named = NAMED[call.organisation.switches.refusals_named]
    if details := [violation for violation in found if named is None or violation.kind in named]:
        return RefusedError(validation_error(status, call.path, details))
    return RefusedError(regular_error(status, call.path, found[0].message))


def _status(found: list[Violation], switches: Switches) -> int:
    """406, or whatever the organisation's switches make of a bad date or a contact that is not there."""
    kinds = {violation.kind for violation in found}
    if "PATTERN" in kinds:
        return switches.bad_date_status
    return switches.unknown_contact_status if kinds == {"NOTFOUND"} else 406


def _preceding(call: Call, kind: Kind, amount: Decimal) -> Document | None:
    """The document that is followed. Raises RefusedError when it is unknown or may not be (6.2)."""
    preceding_id = call.query.get("precedingSalesVoucherId")
    if preceding_id is None:
        return None
    preceding = call.organisation.document(preceding_id)
    if preceding is None:
        status = call.organisation.switches.unknown_preceding_status
        raise RefusedError(regular_error(status, call.path, "The preceding sales voucher does not exist"))
    if refusal := pursue_refusal(kind, preceding, amount, call.organisation.switches):
        raise _refused(call, refusal)
    return preceding


def _refused(call: Call, message: str) -> RefusedError:
    return RefusedError(regular_error(406, call.path, message))
