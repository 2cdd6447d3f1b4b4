-- Which customer is which contact in Lexware, as humans see and say it. Links are never removed: they get an end.

-- name: customer
-- A customer with the link that holds now; no row: the practice has no such customer. Params: practice_id, customer_id.
-- Reads contract: the customer is the host's.
select p.payer_id as customer_id, p.customer_number, p.salutation, p.first_name, p.last_name, p.company_name, p.street,
       p.address_supplement, p.zip, p.city, p.country_code, p.email, p.phone, c.organisation_id, l.contact_id
from contract.payer p
left join lexware.connection c on c.practice_id = p.practice_id
left join lexware.contact_link l on l.practice_id = p.practice_id and l.customer_id = p.payer_id
     and l.organisation_id = c.organisation_id and l.unlinked_at is null
where p.practice_id = %(practice_id)s and p.payer_id = %(customer_id)s;

-- name: customers
-- Some customers of a practice with the links that hold now, by id, after one of them; by the practice's own number, an
-- id, or how a name begins. Params: practice_id, after, sought, by_name, limit.
-- Reads contract: customers are the host's.
select p.payer_id as customer_id, p.host_key, p.customer_number, p.salutation, p.first_name, p.last_name, p.company_name, p.street,
       p.address_supplement, p.zip, p.city, p.country_code, p.email, p.phone, l.contact_id, l.origin, l.linked_at
from contract.payer p
left join lexware.connection c on c.practice_id = p.practice_id
left join lexware.contact_link l on l.practice_id = p.practice_id and l.customer_id = p.payer_id
     and l.organisation_id = c.organisation_id and l.unlinked_at is null
where p.practice_id = %(practice_id)s and p.payer_id > %(after)s
  and (%(sought)s::text is null or p.customer_number = %(sought)s or p.payer_id::text = %(sought)s or p.host_key = %(sought)s
       or (%(by_name)s and (starts_with(lower(p.last_name), lower(%(sought)s)) or starts_with(lower(p.company_name), lower(%(sought)s)))))
order by p.payer_id
limit %(limit)s;

-- name: shared
-- Other customers linked to a contact. Params: practice_id, organisation_id, contact_id, customer_id.
select customer_id from lexware.contact_link
where practice_id = %(practice_id)s and organisation_id = %(organisation_id)s and contact_id = %(contact_id)s
  and customer_id <> %(customer_id)s and unlinked_at is null
order by customer_id;

-- name: unlink
-- The end of the link that holds. No row: there is none. Params: practice_id, organisation_id, customer_id.
update lexware.contact_link set unlinked_at = clock_timestamp()
where practice_id = %(practice_id)s and organisation_id = %(organisation_id)s and customer_id = %(customer_id)s
  and unlinked_at is null
returning contact_id;

-- name: link
-- Customer C is contact X, says a human. No row: the transfer was quicker.
-- Params: practice_id, organisation_id, customer_id, contact_id, by.
insert into lexware.contact_link (practice_id, organisation_id, customer_id, contact_id, origin, linked_by)
values (%(practice_id)s, %(organisation_id)s, %(customer_id)s, %(contact_id)s, 'linked', %(by)s)
on conflict do nothing
returning link_id;

-- name: links
-- Every link that holds; `current` tells whether it is of the organisation that is connected. Params: practice_id.
-- Reads contract: humans know a customer by the practice's own number.
select l.customer_id, p.host_key, p.customer_number, l.contact_id, l.origin, l.linked_by, l.linked_at, l.organisation_id,
       l.organisation_id is not distinct from c.organisation_id as current
from lexware.contact_link l
left join contract.payer p on p.payer_id = l.customer_id and p.practice_id = l.practice_id
left join lexware.connection c on c.practice_id = l.practice_id
where l.practice_id = %(practice_id)s and l.unlinked_at is null
order by l.customer_id, l.link_id;

-- name: unlinked_customers
-- Customers with completed documents and without a contact. Params: practice_id, after, limit (null: all).
-- Reads contract: customers and documents are the host's.
-- Reads outbox: the marker's code is made there.
select p.payer_id as customer_id, p.host_key, p.customer_number, p.salutation, p.first_name, p.last_name, p.company_name, p.street,
       p.address_supplement, p.zip, p.city, p.country_code, p.email, p.phone,
       outbox.marker_code(p.practice_id, 'customer:' || p.payer_id) as own_code
from contract.payer p
join lexware.connection c on c.practice_id = p.practice_id
where p.practice_id = %(practice_id)s and p.payer_id > %(after)s
  and exists (select from contract.document d
              where d.practice_id = p.practice_id and d.payer_id = p.payer_id and d.status <> 'draft')
  and not exists (select from lexware.contact_link l
                  where l.practice_id = p.practice_id and l.customer_id = p.payer_id
                    and l.organisation_id = c.organisation_id and l.unlinked_at is null)
order by p.payer_id
limit %(limit)s;


-- name: ever_linked
-- Every contact that the customer was ever linked with. Params: practice_id, customer_id.
select distinct contact_id from lexware.contact_link
where practice_id = %(practice_id)s and customer_id = %(customer_id)s
order by contact_id;
