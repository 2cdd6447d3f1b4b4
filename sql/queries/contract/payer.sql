-- To whom documents are addressed, for commands.

-- name: of_number
-- Customers with the practice's own customer number. Params: practice_id, number.
select payer_id as customer_id from contract.payer
where practice_id = %(practice_id)s and btrim(customer_number) = %(number)s
order by payer_id
limit 10;

-- name: name
-- Whom a document is addressed to: for eyes that were recorded. Params: payer_id.
select coalesce(company_name, nullif(concat_ws(' ', first_name, last_name), '')) as name
from contract.payer
where payer_id = %(payer_id)s;

-- name: of_key
-- The customer that the host knows by this key. Params: key.
select payer_id as customer_id from contract.payer where payer_id = contract.id(%(key)s) and host_key = %(key)s limit 1;
