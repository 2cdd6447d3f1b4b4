select s.id as line_id, s.receipt as document_id, s.held_on as treated_on, 'Sitzung' as description, 1 as quantity,
       s.fee as unit_price, 0 as vat_rate
from therapy.session s
