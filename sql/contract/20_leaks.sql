-- contract.leaks(document_id): the names of the fields whose text contains the payer's birth date (in the usual
-- spellings) or insurance number. It may read what the worker's role may not; the values never leave it.
-- Idempotent.

create or replace function contract.leaks(document_id bigint) returns text[]
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
with secret as (
    select distinct lower(regexp_replace(s.text, '\s', '', 'g')) as text
    from practice.invoices i
    join practice.customers c on c.id = i.customer_id
    cross join lateral (values
        (to_char(c.birth_date, 'DD.MM.YYYY')), (to_char(c.birth_date, 'FMDD.FMMM.YYYY')),
        (to_char(c.birth_date, 'DD.MM.YY')), (to_char(c.birth_date, 'FMDD.FMMM.YY')),
        (to_char(c.birth_date, 'YYYY-MM-DD')), (to_char(c.birth_date, 'DD-MM-YYYY')),
        (to_char(c.birth_date, 'DD/MM/YYYY')), (to_char(c.birth_date, 'YYYY/MM/DD')),
        (to_char(c.birth_date, 'YYYYMMDD')), (to_char(c.birth_date, 'DDMMYYYY')),
        (extract(day from c.birth_date) || '.' ||
         (array['Januar', 'Februar', 'März', 'April', 'Mai', 'Juni', 'Juli', 'August', 'September', 'Oktober',
                'November', 'Dezember'])[extract(month from c.birth_date)::int] || extract(year from c.birth_date)),
        (nullif(trim(c.insurance_number), ''))
    ) as s (text)
    where i.id = leaks.document_id and length(regexp_replace(s.text, '\s', '', 'g')) >= 5
),
line as (
    select l.*, row_number() over (order by l.position nulls last, l.id) - 1 as place
    from practice.invoice_items l
    where l.invoice_id = leaks.document_id
),
field as (
    select f.name, f.text
    from practice.invoices i
    join practice.customers c on c.id = i.customer_id
    cross join lateral (values
        ('document.number', i.number), ('document.introduction', i.introduction),
        ('document.exemption_note', i.exemption_note),
        ('payer.customer_number', c.customer_number), ('payer.salutation', c.salutation),
        ('payer.first_name', c.first_name), ('payer.last_name', c.last_name),
        ('payer.company_name', c.company_name), ('payer.street', c.street),
        ('payer.address_supplement', c.address_supplement), ('payer.zip', c.zip), ('payer.city', c.city),
        ('payer.email', c.email), ('payer.phone', c.phone)
    ) as f (name, text)
    where i.id = leaks.document_id
    union all
    select 'lines[' || line.place || '].' || f.name, f.text
    from line
    cross join lateral (values ('code', line.code), ('description', line.description), ('unit', line.unit)) as f (name, text)
)
select coalesce(array_agg(distinct field.name), '{}')
from field
join secret on position(secret.text in lower(regexp_replace(field.text, '\s', '', 'g'))) > 0
$$;

comment on function contract.leaks(bigint) is
    'Names of the fields whose text holds the payer''s birth date or insurance number; never the values.';
