"""What a user does by hand in Lexware's web app, beside the API (lexware-api 5.11, 14.9): one function per action.

Every action refuses what the web app would refuse, with NotPossibleError, so that no test rests on a wrong idea.
"""

from collections.abc import Callable

from worker.lab.sandbox.web_app import contacts, documents, settings
from worker.lab.sandbox.wire import Json

ACTIONS: dict[str, Callable[..., Json]] = {
    action.__name__: action
    for action in (
        documents.finalise,
        documents.reopen,
        documents.void,
        documents.pay,
        documents.pay_with_discount,
        documents.write_off,
        documents.unpay,
        documents.set_due,
        documents.become_overdue,
        documents.set_status_word,
        documents.delete_draft,
        documents.edit_draft,
        documents.set_total,
        documents.create_document,
        documents.copy_document,
        documents.archive_document,
        contacts.create_contact,
        contacts.edit_contact,
        contacts.archive_contact,
        contacts.delete_contact,
        contacts.merge_contacts,
        contacts.add_email,
        contacts.add_address,
        contacts.set_default_discount,
        settings.new_key,
        settings.revoke_key,
        settings.set_tax,
        settings.set_contract,
        settings.set_company_data,
    )
}
"""By the name that `Control.act` gives; the first argument is the desk, the others go by name."""
