"""Tryton with GNU Health's own tables: persons are persons, and what must not leave is known of payer and patient."""

from datetime import date

import psycopg
import pytest
from hosts.tryton.databases import owned_database, owner
from hosts.tryton.installation import MASS, Installation

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
