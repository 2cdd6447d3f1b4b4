-- What the practice software does in the demo: schema practice only, as its own login would; and what became of it.

-- name: practice
-- Params: name, plan.
insert into practice.practices (name, plan) values (%(name)s, %(plan)s) returning id;

-- name: customer
-- Birth date and insurance number are there to show that they stay. Params: practice_id and the columns below.
insert into practice.customers (practice_id, customer_number, salutation, first_name, last_name, company_name, street, zip,
                                city, email, birth_date, insurance_number)
values (%(practice_id)s, %(customer_number)s, %(salutation)s, %(first_name)s, %(last_name)s, %(company_name)s, %(street)s,
        %(zip)s, %(city)s, %(email)s, '1975-05-05', 'A123456780')
returning id;

-- name: invoice
-- A draft. Params: practice_id, customer_id, number, due_in_days (may be null), tax_mode, exemption_note, introduction, total.
insert into practice.invoices (practice_id, customer_id, number, invoice_date, due_date, tax_mode, exemption_note, introduction,
                               diagnosis, total)
values (%(practice_id)s, %(customer_id)s, %(number)s, current_date, current_date + %(due_in_days)s::int, %(tax_mode)s,
        %(exemption_note)s, %(introduction)s, 'M54.5 Kreuzschmerz', %(total)s)
returning id;

-- name: item
-- Params: invoice_id, position, days_ago (may be null), code, description, quantity, unit, unit_price, vat_rate.
insert into practice.invoice_items (invoice_id, position, treated_on, code, description, quantity, unit, unit_price, vat_rate)
values (%(invoice_id)s, %(position)s, current_date - %(days_ago)s::int, %(code)s, %(description)s, %(quantity)s, %(unit)s,
        %(unit_price)s, %(vat_rate)s);

-- name: cancellation
-- A draft that takes an invoice back: the same with opposite sign. Params: invoice_id, number.
with cancellation as (
    insert into practice.invoices (practice_id, customer_id, kind, cancels_id, number, invoice_date, tax_mode, exemption_note, total)
    select practice_id, customer_id, 'cancellation', id, %(number)s, current_date, tax_mode, exemption_note, -total
    from practice.invoices where id = %(invoice_id)s
    returning id
),
items as (
    insert into practice.invoice_items (invoice_id, position, treated_on, code, description, quantity, unit, unit_price, vat_rate)
    select cancellation.id, position, treated_on, code, description, quantity, unit, -unit_price, vat_rate
    from practice.invoice_items, cancellation where invoice_id = %(invoice_id)s
)
select id from cancellation;

-- name: cancelled
-- In the transaction that completes the cancellation. Params: invoice_id.
update practice.invoices set status = 'cancelled' where id = %(invoice_id)s;

-- name: completed
-- From here on it is the relay's business. Params: invoice_id.
update practice.invoices set status = 'completed', completed_at = clock_timestamp() where id = %(invoice_id)s;

-- name: results
-- Every completed document of the practice software and what the relay says of it.
-- Reads outbox: how its event ended. Reads lexware: what it is there.
select i.id, i.practice_id, i.number, i.kind, c.customer_number, i.total, coalesce(e.state, 'missing') as state, e.reason,
       l.lexware_id::text, l.organisation_id::text
from practice.invoices i
join practice.customers c on c.id = i.customer_id
left join outbox.event e on e.practice_id = i.practice_id and e.document_id = i.id
left join lexware.document_link l on l.practice_id = i.practice_id and l.document_id = i.id
where i.status <> 'draft'
order by i.practice_id, i.id;

-- name: payers
-- Every customer has a document or was linked with a contact by hand.
select count(*) as payers from practice.customers;

-- name: fill_in
-- The practice mends an invoice. Params: invoice_id, exemption_note.
update practice.invoices set exemption_note = %(exemption_note)s where id = %(invoice_id)s;

-- name: dead_event
-- The event of a document that is a dead letter. Params: document_id.
-- Reads outbox: how its event ended.
select event_id from outbox.event where document_id = %(document_id)s and state = 'dead';
