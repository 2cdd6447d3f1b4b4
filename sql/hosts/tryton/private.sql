-- What must never leave, of the payer and of the patient: birth dates, insurance numbers, names. Plain Tryton knows names
-- only; the tables and columns of GNU Health are read when they are there (lexrelay_persons, in prepare.sql).
select d.document_id, person.birth_date, person.insurance_number, person.first_name, person.last_name
from (
    select i.id as document_id, i.id from account_invoice i where i.type = 'out'
    union all
    select -i.id, i.id from account_invoice i where i.type = 'out' and i.cancel_move is not null
) d
cross join lateral lexrelay_persons(d.id) person
