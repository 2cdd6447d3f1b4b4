-- What is learnt about the other side. Links are never removed and never overwritten.

-- name: document
-- Document D is Lexware's X. If it is known as another one already, it is there twice: the ledger is told, with both ids.
-- Params: rows (practice_id, document_id, organisation_id, kind, lexware_id, contact_id, linked_invoice_id, notice, origin).
-- Reads outbox: the function by which the ledger is told.
with found as materialized (
    select *
    from json_to_recordset(%(rows)s) as f (practice_id bigint, document_id bigint, organisation_id uuid, kind text,
                                           lexware_id uuid, contact_id uuid, linked_invoice_id uuid, notice text, origin text)
),
link as (
    insert into lexware.document_link
        (practice_id, document_id, organisation_id, kind, lexware_id, contact_id, linked_invoice_id, notice, origin)
    select practice_id, document_id, organisation_id, kind, lexware_id, contact_id, linked_invoice_id, notice, origin
    from found
    order by practice_id, document_id
    on conflict do nothing
)
select outbox.found_twice(found.practice_id, found.document_id, array[known.lexware_id, found.lexware_id])
from found
cross join lateral (
    select k.lexware_id
    from lexware.document_link k
    where k.practice_id = found.practice_id and k.document_id = found.document_id and k.organisation_id = found.organisation_id
      and k.lexware_id <> found.lexware_id
    limit 1
) known;

-- name: contact
-- Customer C is contact X; an existing link stays.
-- Params: rows (practice_id, customer_id, organisation_id, contact_id, origin, by).
insert into lexware.contact_link (practice_id, customer_id, organisation_id, contact_id, origin, linked_by)
select practice_id, customer_id, organisation_id, contact_id, origin, by
from json_to_recordset(%(rows)s) as f (practice_id bigint, customer_id bigint, organisation_id uuid, contact_id uuid, origin text,
                                       by text)
order by practice_id, customer_id
on conflict do nothing;

-- name: profile
-- What the profile said, unless the practice has moved to another organisation meanwhile.
-- Params: rows (practice_id, organisation_id, company_name, tax_type, small_business, token: with which it was asked).
update lexware.connection c
set company_name = said.company_name, tax_type = said.tax_type, small_business = said.small_business,
    profile_read_at = clock_timestamp(), profile_token = md5(said.token)
from json_to_recordset(%(rows)s) as said (practice_id bigint, organisation_id uuid, company_name text, tax_type text,
                                          small_business boolean, token text)
where c.practice_id = said.practice_id and c.organisation_id = said.organisation_id;
