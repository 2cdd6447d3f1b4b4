-- The lines that have an amount; headings, comments and subtotals have none. A credit note has negative quantities in
-- Tryton: here the sign stands at the price. Quantities are floating point there. A tax may be a group of taxes, and its
-- rate is a fraction. A tax of a fixed amount has no rate: such a document's total differs, and it is not sent.
-- The negative ids are the lines of a cancellation without a document (document.sql).
select l.line_id, l.document_id, l.position, product.code, coalesce(nullif(l.description, ''), template.name) as description,
       abs(l.quantity) as quantity, case unit.symbol when 'u' then 'Stück' else coalesce(unit.symbol, 'Leistung') end as unit,
       case when l.quantity < 0 then -l.unit_price else l.unit_price end as unit_price,
       coalesce((select round(100 * sum(t.rate), 2)
                 from account_invoice_line_account_tax lt
                 join account_tax t on t.id = lt.tax or t.parent = lt.tax
                 where lt.line = l.id), 0) as vat_rate
from (
    select l.id as line_id, i.id as document_id, l.id, l.sequence as position, l.product, l.description,
           l.unit, round(l.quantity::numeric, 4) as quantity, l.unit_price
    from account_invoice i
    join account_invoice_line l on l.invoice = i.id
    where i.type = 'out' and l.type = 'line'
    union all
    select -l.id, -i.id, l.id, l.sequence, l.product, l.description, l.unit,
           round(l.quantity::numeric, 4), -l.unit_price
    from account_invoice i
    join account_invoice_line l on l.invoice = i.id
    where i.type = 'out' and i.state = 'cancelled' and i.cancel_move is not null and l.type = 'line'
) l
left join product_product product on product.id = l.product
left join product_template template on template.id = product.template
left join product_uom unit on unit.id = l.unit
