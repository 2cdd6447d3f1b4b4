-- What is learnt about the other side. Links are never removed and never overwritten.

-- name: document
-- Document D is Lexware's X. If it is known as another one already, it is there twice: the
-- ledger is told, with both ids.
-- Params: practice_id, document_id, organisation_id, kind, lexware_id, contact_id, linked_invoice_id, notice, origin.
-- Reads outbox: the function by which the ledger is told.
with link as (
    insert into lexware.document_link
        (practice_id, document_id, organisation_id, kind, lexware_id, contact_id, linked_invoice_id, notice, origin)
    values (%(practice_id)s, %(document_id)s, %(organisation_id)s, %(kind)s, %(lexware_id)s, %(contact_id)s,
            %(linked_invoice_id)s, %(notice)s, %(origin)s)
    on conflict do nothing
)
select outbox.found_twice(%(practice_id)s, %(document_id)s, array[known.lexware_id, %(lexware_id)s::uuid])
from lexware.document_link known
where known.practice_id = %(practice_id)s and known.document_id = %(document_id)s
  and known.organisation_id = %(organisation_id)s and known.lexware_id <> %(lexware_id)s;

-- name: contact
-- Customer C is contact X; an existing link stays. Params: practice_id, customer_id, organisation_id, contact_id, origin, by.
insert into lexware.contact_link (practice_id, customer_id, organisation_id, contact_id, origin, linked_by)
values (%(practice_id)s, %(customer_id)s, %(organisation_id)s, %(contact_id)s, %(origin)s, %(by)s)
on conflict do nothing;

-- name: profile
-- What the profile said, unless the practice has moved to another organisation meanwhile.
-- Params: practice_id, organisation_id, company_name, tax_type, small_business, token (with which it was asked).
update lexware.connection
set company_name = %(company_name)s, tax_type = %(tax_type)s, small_business = %(small_business)s,
    profile_read_at = clock_timestamp(), profile_token = md5(%(token)s)
where practice_id = %(practice_id)s and organisation_id = %(organisation_id)s;
