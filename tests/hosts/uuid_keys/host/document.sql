select contract.id(i.key::text) as document_id, i.key as host_key, contract.id(i.site::text) as practice_id,
       contract.id(i.person::text) as payer_id, case when i.reverses is null then 'invoice' else 'cancellation' end as kind,
       contract.id(i.reverses::text) as original_id, i.number,
       case i.state when 'open' then 'draft' when 'finished' then 'completed' when 'reversed' then 'cancelled' end as status,
       i.dated as invoice_date, 'vatfree' as tax_mode, 'Umsatzsteuerfrei nach § 4 Nr. 14 UStG' as exemption_note,
       i.gross as total, i.finished_at as completed_at
from clinic.invoice i
