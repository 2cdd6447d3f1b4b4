select contract.id(p.id::text) as line_id, contract.id(p.bill::text) as document_id, p.place as position,
       p.what as description, p.amount as quantity, p.net as unit_price, p.vat * 100 as vat_rate
from clinic.position p;
