"""Tryton with GNU Health's own tables: persons are persons, and what must not leave is known of payer and patient."""

import time
from collections.abc import Callable
from datetime import date

import psycopg
import pytest
from hosts.tryton.databases import owned_database, owner
from hosts.tryton.installation import GNU_HEALTH, MASS, Installation
from hosts.tryton.tryton import Tryton

from worker.host import folder as folders
from worker.host.apply import migrate

pytestmark = pytest.mark.proof

#: What GNU Health adds to Tryton, as far as the description reads it; `{party}` is called so, or name, by its release.
_HEALTH = """
alter table party_party add column dob date, add column lastname varchar, add column is_person boolean;
create table gnuhealth_patient (id serial primary key, {party} integer references party_party);
create table gnuhealth_insurance (id serial primary key, {party} integer references party_party, number varchar);
alter table account_invoice add column patient integer references gnuhealth_patient;
update party_party set is_person = true, name = 'Ada', lastname = 'Beispiel', dob = '1980-02-01' where code = 'P' || id;
insert into party_party (id, code, name, lastname, is_person, dob, active)
values (9000, '9000', 'Bert Muster', null, true, '2015-06-07', true);
insert into gnuhealth_patient ({party}) values (9000);
insert into gnuhealth_insurance ({party}, number) values (9000, 'X1234567890');
update account_invoice set patient = (select id from gnuhealth_patient) where id = 5;
"""


@pytest.mark.parametrize("party", ["party", "name"])
def test_birth_dates_and_insurance_numbers_are_known(_postgres: str, party: str) -> None:
    """Of the payer and of the patient, also for the cancellation without a document; a family name is used, or found."""
    with owner(_postgres) as login, owned_database(_postgres, login) as url:
        Installation().prepare(url)
        with psycopg.connect(url, cursor_factory=psycopg.ClientCursor) as db:
            db.execute(MASS.read_bytes(), {"many": 10, "apart": 0})
            db.execute(_HEALTH.format(party=party).encode())
        migrate(url, host=folders.read(folders.built_in("tryton")))
        with psycopg.connect(url) as db:
            private = db.execute("select * from contract.private where document_id in (5, -5)").fetchall()
            payers = db.execute(
                "select first_name, last_name, company_name from contract.payer where last_name is not null order by payer_id"
            ).fetchall()
            db.execute("set role lexrelay_worker")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                db.execute("select lexrelay_persons(5)")

    for document in (5, -5):
        assert {row[1:] for row in private if row[0] == document} == {
            (date(1980, 2, 1), None, "Ada", "Beispiel"), (date(2015, 6, 7), "X1234567890", "Bert Muster", None)
        }  # fmt: skip
    assert payers == [("Ada", "Beispiel", None), ("Bert", "Muster", None)]


def test_patients_of_gnu_health_itself_are_known(
    _postgres: str, record_property: Callable[[str, object], None]
) -> None:
    """GNU Health knows the patient of an invoice by its services alone; also that of a credit note, and that of nobody else."""
    began = time.monotonic()
    installation = Installation(GNU_HEALTH)
    with owner(_postgres) as login, owned_database(_postgres, login) as url:
        installation.prepare(url)
        record_property("seconds to set GNU Health up", f"{time.monotonic() - began:.0f}")
        with Tryton(installation, url) as health:
            payer = health.do("person", name="Ada", family="Beispiel")["id"]
            child = health.do("person", name="Bert", family="Muster", born="2015-06-07", insured="X1234567890")["id"]
            health.do("person", name="Cleo", family="Fremd", born="1990-01-02", insured="Y1234567890")
            words = ["Krankengymnastik", "für das Kind, geb. 7.6.2015", "Mitglied X123 456 7890"]
            invoice = health.do("service", patient=child, payer=payer, descriptions=words)
            note = health.do("credit", invoice=invoice["id"], refund=True)
        migrate(url, host=folders.read(folders.built_in("tryton")))
        with psycopg.connect(url) as db:
            people, found = _known(db, invoice["id"]), _known(db, note["id"])
            leaks = [
                set(row[0])
                for row in db.execute(
                    "select contract.leaked(d) from unnest(%s::bigint[]) d", ([invoice["id"], note["id"]],)
                )
            ]
            payers = db.execute(
                "select first_name, last_name, company_name from contract.payer where payer_id = %s", (payer,)
            ).fetchall()

    assert people == found == {(None, None, "Ada", "Beispiel"), (date(2015, 6, 7), "X1234567890", "Bert", "Muster")}
    assert leaks == [{"lines[1].description:birth_date", "lines[2].description:insurance_number"}] * 2
    assert payers == [("Ada", "Beispiel", None)]


def _known(db: psycopg.Connection, document: int) -> set[tuple[object, ...]]:
    """What is known that must not leave with a document."""
    asked = "select birth_date, insurance_number, first_name, last_name from contract.private where document_id = %s"
    return set(db.execute(asked, (document,)).fetchall())
