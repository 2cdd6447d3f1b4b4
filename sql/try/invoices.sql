-- Zwei Rechnungen, wie Ihre Praxissoftware sie abschließt, je in einer Transaktion. Two invoices, as practice software
-- completes them, each in one transaction. Run it again for two more.

begin;
with patient as (
    insert into practice.customers (practice_id, customer_number, first_name, last_name, street, zip, city)
    values (1, 'K-1', 'Ada', 'Beispiel', 'Lindenweg 1', '50667', 'Köln')
    returning id
),
invoice as (
    insert into practice.invoices (practice_id, customer_id, number, status, invoice_date, due_date, exemption_note, total, completed_at)
    select 1, id, 'RE-' || (1 + (select count(*) from practice.invoices)), 'completed', current_date, current_date + 14,
           'Umsatzsteuerfrei nach § 4 Nr. 14 UStG', 85.00, now()
    from patient
    returning id
)
insert into practice.invoice_items (invoice_id, position, treated_on, description, unit_price)
select id, 1, current_date - 3, 'Osteopathie', 85.00 from invoice;
commit;

-- Der zweiten fehlt der Vermerk, warum sie umsatzsteuerfrei ist. The second one does not say why it is free of VAT.
begin;
with patient as (
    insert into practice.customers (practice_id, customer_number, first_name, last_name, street, zip, city)
    values (1, 'K-2', 'Bela', 'Muster', 'Lindenweg 2', '50667', 'Köln')
    returning id
),
invoice as (
    insert into practice.invoices (practice_id, customer_id, number, status, invoice_date, due_date, total, completed_at)
    select 1, id, 'RE-' || (1 + (select count(*) from practice.invoices)), 'completed', current_date, current_date + 14,
           49.00, now()
    from patient
    returning id
)
insert into practice.invoice_items (invoice_id, position, treated_on, description, quantity, unit_price)
select id, 1, current_date - 2, 'Krankengymnastik', 2, 24.50 from invoice;
commit;
