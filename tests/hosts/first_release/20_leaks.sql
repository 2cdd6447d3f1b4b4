-- contract.leaks(document_id): the names of the fields whose text contains the payer's birth date (in the usual
-- spellings) or insurance number. It may read what the worker's role may not; the values never leave it.
-- Idempotent.

create or replace function contract.leaks(document_id bigint) returns text[]
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
with payer as (
    select c.*, regexp_replace(c.insurance_number, '\s', '', 'g') as insured
    from practice.invoices i
    join practice.customers c on c.id = i.customer_id
    where i.id = leaks.document_id
),
birth as (
    select extract(day from p.birth_date) as d, extract(month from p.birth_date) as m, to_char(p.birth_date, 'DD') as dd,
           to_char(p.birth_date, 'MM') as mm, to_char(p.birth_date, 'YYYY') as yyyy,
           format('(%s)?%s', left(to_char(p.birth_date, 'YYYY'), 2), to_char(p.birth_date, 'YY')) as year,
           format('\s*[./%s-]\s*', letter.dash) as mark,
           (array[format('Jan(uar)?|J%snner', letter.a), 'Feb(ruar)?', format('M(%s|%s|ae)rz|Mrz', letter.a, letter.capital_a),
                  'Apr(il)?', 'Mai', 'Juni?', 'Juli?', 'Aug(ust)?', 'Sept?(ember)?', 'Okt(ober)?', 'Nov(ember)?',
                  'Dez(ember)?'])[extract(month from p.birth_date)::int] as name
    from payer p
    cross join (
        -- by their numbers: this file means the same in a database of any encoding
        select chr(228) as a, chr(196) as capital_a,
               chr(case getdatabaseencoding() when 'UTF8' then 8211 when 'WIN1252' then 150 else 46 end) as dash
    ) letter
    where isfinite(p.birth_date)
),
spelling as (
    -- a birth date within more digits is another day: 1.11.26 is not 21.11.26
    select format('(?<!\d)(%s)(?!\d)', concat_ws('|',
               format('0?%s%s0?%s%s%s', b.d, b.mark, b.m, b.mark, b.year),
               format('%s%s0?%s%s0?%s', b.yyyy, b.mark, b.m, b.mark, b.d),
               format('%s\s*%s\s*%s', b.dd, b.mm, b.yyyy),
               format('%s\s*%s\s*%s', b.yyyy, b.mm, b.dd),
               format('0?%s\s*\.?\s*(%s)\.?\s*%s', b.d, b.name, b.year))) as pattern
    from birth b
    union all
    -- a short number within more digits is a telephone number; a long one is known again in any company
    select case when length(p.insured) < 8 then format('(?<!\d)%s(?!\d)', s.spelled) else s.spelled end
    from payer p
    cross join lateral (
        select string_agg(regexp_replace(c.char, '(\W)', '\\\1'), '\s*' order by c.place) as spelled
        from regexp_split_to_table(p.insured, '') with ordinality as c (char, place)
    ) s
    where length(p.insured) >= 5
),
line as (
    select l.*, row_number() over (order by l.position nulls last, l.id) - 1 as place
    from practice.invoice_items l
    where l.invoice_id = leaks.document_id
),
field as (
    select f.name, f.text
    from practice.invoices i
    cross join payer c
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
join spelling on field.text ~* spelling.pattern
$$;

comment on function contract.leaks(bigint) is
    'Names of the fields whose text holds the payer''s birth date or insurance number; never the values.';
