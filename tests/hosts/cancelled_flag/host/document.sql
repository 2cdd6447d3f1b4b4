-- A cancelled bill is two rows: itself, and its cancellation with the negative id.
select b.id as document_id, b.doctor as practice_id, b.client as payer_id, 'invoice' as kind, null::int as original_id, b.number,
       case when b.issued_at is null then 'draft' when b.cancelled then 'cancelled' else 'completed' end as status,
       b.issued_on as invoice_date, 'net' as tax_mode, b.gross as total, b.issued_at as completed_at, b.currency,
       b.street, b.postcode as zip, b.town as city, b.country as country_code
from surgery.bill b
union all
select -b.id, b.doctor, b.client, 'cancellation', b.id, b.number || '-S', 'completed',
       (b.cancelled_at at time zone 'Europe/Berlin')::date, 'net', -b.gross, b.cancelled_at, b.currency, b.street,
       b.postcode, b.town, b.country
from surgery.bill b
where b.cancelled and b.issued_at is not null
