"""Five hundred dead letters of five causes in five practices, and the chain that works on while somebody repairs them."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

from causes.scene import HOME, Scene
from practice import Practice

PRACTICES, EACH = 5, 20
OF_A_CAUSE = PRACTICES * EACH
REASONS = ("missing_field", "exemption_note_missing", "totals_differ", "contact_gone", "refused_by_lexware")


@contextmanager
def at_work(one: Scene) -> Iterator[None]:
    """Poller and worker go on in the background, as they do while an operator types."""
    done = threading.Event()

    def work() -> None:
        while not done.is_set():
            if not one.stage.turn():
                done.wait(0.02)

    chain = threading.Thread(target=work)
    chain.start()
    try:
        yield
    finally:
        done.set()
        chain.join()


def die(one: Scene) -> None:
    """Each practice completes twenty documents for every cause."""
    for place in range(PRACTICES):
        practice, tenant = one.practice, one.stage.tenant
        if place:
            practice, tenant = Practice(one.stage.db), one.lexware.add_organisation()
            practice.switch_on(tenant.id, tenant.key)
        good, gone, foreign = (_linked(one, practice, tenant.id, last) for last in ("Gut", "Weg", "Fern"))
        one.lexware.act(tenant.id, "delete_contact", contact=gone[1])
        one.host("update practice.customers set country_code = 'XX' where id = %s", foreign[0])
        nowhere = practice.customer(country_code=None)
        for _ in range(EACH):
            practice.invoice(nowhere)
            practice.invoice(good[0], exemption_note=None)
            practice.invoice(good[0], total=Decimal("85.01"))
            practice.invoice(gone[0])
            practice.invoice(foreign[0])
    one.stage.run()


def _linked(one: Scene, practice: Practice, organisation: str, last_name: str) -> tuple[int, str]:
    """A customer and the contact that is linked with it."""
    payer = practice.customer(last_name=last_name)
    person = {"roles": {"customer": {}}, "person": {"firstName": "Ada", "lastName": last_name}}
    contact = one.lexware.act(organisation, "create_contact", body=person | {"addresses": {"billing": [HOME]}})["id"]
    practice.link(payer, contact, organisation)
    return payer, contact


def new_contacts(one: Scene) -> Iterator[tuple[int, int, str]]:
    """Contacts that somebody enters in Lexware for those that are gone: practice, customer, contact."""
    gone = one.stage.db.execute(
        "select c.practice_id, c.id, o.organisation_id::text from practice.customers c join lexware.connection o using (practice_id) "
        "where c.last_name = 'Weg' order by 1"
    ).fetchall()
    for practice, customer, organisation in gone:
        person = {"roles": {"customer": {}}, "person": {"firstName": "Ada", "lastName": "Weg"}}
        made = one.lexware.act(organisation, "create_contact", body=person | {"addresses": {"billing": [HOME]}})["id"]
        yield practice, customer, made


def mend_data(one: Scene) -> None:
    """The practices mend theirs."""
    one.host("update practice.customers set country_code = 'DE' where country_code is null or country_code = 'XX'")
    one.host("update practice.invoices set exemption_note = 'Umsatzsteuerfrei', total = 85")


def copies(one: Scene) -> Counter[str]:
    """How often each marker stands in Lexware, in all companies together."""
    return Counter(document["body"]["remark"].splitlines()[-1] for document in one.lexware.documents())
