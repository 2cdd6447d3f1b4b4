-- Minutes and a price per hour become hours; the rate is a fraction. The cancellation has the same lines at negative prices.
select l.id as line_id, l.bill as document_id, l.treatment as description, round(l.minutes / 60.0, 4) as quantity,
       'Stunde' as unit, l.price_per_hour as unit_price, l.vat * 100 as vat_rate
from surgery.bill_line l
union all
select -l.id, -l.bill, l.treatment, round(l.minutes / 60.0, 4), 'Stunde', -l.price_per_hour, l.vat * 100
from surgery.bill_line l
join surgery.bill b on b.id = l.bill
where b.cancelled
