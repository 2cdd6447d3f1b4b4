select contract.id(l.key::text) as line_id, contract.id(l.invoice::text) as document_id, l.place as position,
       l.treatment as description, 1 as quantity, l.price as unit_price, 0 as vat_rate
from clinic.item l
