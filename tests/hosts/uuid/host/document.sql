select contract.id(b.id::text) as document_id, contract.id(b.site::text) as practice_id,
       contract.id(b.client::text) as payer_id, case when b.storno then 'cancellation' else 'invoice' end as kind,
       contract.id(b.storno_of::text) as original_id, b.no as number,
       case when b.closed_at is null or b.closed_at > now() then 'draft' else 'completed' end as status, b.day as invoice_date,
       'net' as tax_mode, b.closed_at as completed_at, b.id::text as host_key,
       (select round(sum(p.amount::numeric * p.net * (1 + p.vat)), 2) from clinic.position p where p.bill = b.id) as total
from clinic.bill b;  -- the cancellation is a row of its own
