-- Times have no zone and are Berlin's. There is no stored total: it is the sum of the fees.
select r.id as document_id, 1 as practice_id, r.patient as payer_id,
       case when r.takes_back is null then 'invoice' else 'cancellation' end as kind, r.takes_back as original_id, r.number,
       case when r.number is null or r.closed_at is null or r.closed_at at time zone 'Europe/Berlin' > now() then 'draft'
            when exists (select from therapy.receipt s where s.takes_back = r.id and s.closed_at is not null) then 'cancelled'
            else 'completed' end as status,
       r.closed_at::date as invoice_date, 'vatfree' as tax_mode, 'Umsatzsteuerfrei nach § 4 Nr. 14 UStG' as exemption_note,
       (select sum(s.fee) from therapy.session s where s.receipt = r.id) as total,
       r.closed_at at time zone 'Europe/Berlin' as completed_at
from therapy.receipt r
