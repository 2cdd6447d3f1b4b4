-- The lines of a document.
select l.id as line_id, l.invoice_id as document_id, l.position, l.treated_on, l.code, l.description, l.quantity,
       l.unit, l.unit_price, l.vat_rate
from practice.invoice_items l
