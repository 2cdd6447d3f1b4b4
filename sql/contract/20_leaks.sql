-- contract.leaks(document_id): the names of the fields whose text contains a birth date (in the usual spellings) or an
-- insurance number of contract.private, and of a number that contains a name; contract.leaked(document_id) names with each
-- the column of contract.private, as `document.introduction:birth_date`. They may read what the worker's role may not; the
-- values never leave them. In plpgsql, so that they are planned once in a session.
-- What stands for "none" in place of an insurance number is no secret: nothing with fewer than five characters, without a
-- digit, of one character alone, or equal to the postal code, which leaves anyway.
-- Idempotent.

-- A text as people read it: of one width, without what cannot be seen, with one kind of dash. Escapes within patterns, so that
-- this file means the same in a database of any encoding.
create or replace function contract.as_read(written text) returns text
language plpgsql immutable strict parallel safe set search_path = pg_catalog, pg_temp
as $$
begin
    if octet_length(written) = length(written) or getdatabaseencoding() <> 'UTF8' then
        return written;
    end if;
    return regexp_replace(regexp_replace(normalize(written, NFKC),
        '[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F'
        '\u2800\u3164\uFE00-\uFE0F\uFEFF\uFFA0]', '', 'g'),
        '[\u02D7\u058A\u05BE\u2010-\u2015\u2043\u207B\u208B\u2212\u2E3A\u2E3B]', '-', 'g');
end
$$;

-- Whether it is worth the while to ask contract.leaked(), which takes ten times as long: all texts at once, without blanks and
-- with one mark for all, hold what every spelling of a birth date begins with, an insurance number, or a number's texts a name.
create or replace function contract.may_leak(document_id bigint) returns boolean
language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    marks constant text := '/-' || chr(case getdatabaseencoding() when 'UTF8' then 8211 when 'WIN1252' then 150 else 46 end);
    texts text;
    numbers text;
    person record;
begin
    select string_agg(concat_ws(e'\n', d.number, d.introduction, d.exemption_note, d.street, d.address_supplement, d.zip, d.city,
                                p.customer_number, p.salutation, p.first_name, p.last_name, p.company_name, p.street,
                                p.address_supplement, p.zip, p.city, p.email, p.phone, l.texts), e'\n'),
           string_agg(d.number, e'\n')
    into texts, numbers
    from contract.document d
    left join lateral (select * from contract.payer p where p.payer_id = d.payer_id limit 1) p on true
    cross join lateral (select string_agg(concat_ws(e'\n', l.code, l.description, l.unit), e'\n') as texts
                        from contract.document_line l where l.document_id = d.document_id) l
    where d.document_id = may_leak.document_id;
    texts := lower(translate(regexp_replace(contract.as_read(texts), '\s', '', 'g'), marks, '...'));
    numbers := lower(contract.as_read(numbers));
    for person in
        select to_char(p.birth_date, 'FMDD') as d, to_char(p.birth_date, 'FMMM') as m, to_char(p.birth_date, 'DDMMYYYY') as days_first,
               to_char(p.birth_date, 'YYYYMMDD') as years_first, to_char(p.birth_date, 'YYYY') as yyyy,
               substr('jfmamjjasond', extract(month from p.birth_date)::int, 1) as month,
               lower(translate(regexp_replace(p.insurance_number, '\s', '', 'g'), marks, '...')) as insured,
               lower(btrim(p.first_name)) as first, lower(btrim(p.last_name)) as last
        from contract.private p
        where p.document_id = may_leak.document_id
    loop
        if strpos(texts, person.d || '.' || person.m || '.') > 0 or strpos(texts, person.d || '.0' || person.m || '.') > 0
           or strpos(texts, person.yyyy || '.' || person.m || '.') > 0 or strpos(texts, person.yyyy || '.0' || person.m || '.') > 0
           or strpos(texts, person.d || person.month) > 0 or strpos(texts, person.d || '.' || person.month) > 0
           or strpos(texts, person.days_first) > 0 or strpos(texts, person.years_first) > 0
           or length(person.insured) >= 5 and strpos(texts, person.insured) > 0
           or length(person.first) >= 3 and strpos(numbers, person.first) > 0
           or length(person.last) >= 3 and strpos(numbers, person.last) > 0 then
            return true;
        end if;
    end loop;
    return false;
end
$$;

create or replace function contract.leaked(document_id bigint) returns text[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off
as $$
#variable_conflict use_column
begin
if not contract.may_leak(leaked.document_id) then
    return '{}';
end if;
return (
with document as (
    select d.number, d.introduction, d.exemption_note, d.payer_id, d.street, d.address_supplement, d.zip, d.city
    from contract.document d
    where d.document_id = leaked.document_id
),
person as (
    select p.birth_date, p.first_name, p.last_name, regexp_replace(p.insurance_number, '\s', '', 'g') as insured
    from contract.private p
    where p.document_id = leaked.document_id
),
birth as (
    select extract(day from p.birth_date) as d, extract(month from p.birth_date) as m, to_char(p.birth_date, 'DD') as dd,
           to_char(p.birth_date, 'MM') as mm, to_char(p.birth_date, 'YYYY') as yyyy,
           format('(%s)?%s', left(to_char(p.birth_date, 'YYYY'), 2), to_char(p.birth_date, 'YY')) as year,
           format('\s*[./%s-]\s*', letter.dash) as mark,
           (array[format('Jan(uar)?|J(%s|%s|ae)nner', letter.a, letter.capital_a), 'Feb(ruar)?', format('M(%s|%s|ae)rz|Mrz', letter.a, letter.capital_a),
                  'Apr(il)?', 'Mai', 'Juni?', 'Juli?', 'Aug(ust)?', 'Sept?(ember)?', 'Okt(ober)?', 'Nov(ember)?',
                  'Dez(ember)?'])[extract(month from p.birth_date)::int] as name
    from person p
    cross join (
        -- by their numbers: this file means the same in a database of any encoding
        select chr(228) as a, chr(196) as capital_a,
               chr(case getdatabaseencoding() when 'UTF8' then 8211 when 'WIN1252' then 150 else 46 end) as dash
    ) letter
    where isfinite(p.birth_date)
),
-- `holds` is what every match contains when blanks are left out: most texts are passed over without making the pattern
spelling as (
    -- a birth date within more digits is another day: 1.11.26 is not 21.11.26
    select format('(?<!\d)(%s)(?!\d)', concat_ws('|',
               format('0?%s%s0?%s%s%s', b.d, b.mark, b.m, b.mark, b.year),
               format('%s%s0?%s%s0?%s', b.yyyy, b.mark, b.m, b.mark, b.d),
               format('%s\s*%s\s*%s', b.dd, b.mm, b.yyyy),
               format('%s\s*%s\s*%s', b.yyyy, b.mm, b.dd),
               format('0?%s\s*\.?\s*(%s)\.?\s*%s', b.d, b.name, b.year))) as pattern,
           array[right(b.yyyy, 2), b.d::text] as holds, 'birth_date' as secret
    from birth b
    union all
    -- a short number within more digits is a telephone number; a long one is known again in any company
    select case when length(p.insured) < 8 then format('(?<!\d)%s(?!\d)', s.spelled) else s.spelled end,
           array[lower(p.insured)], 'insurance_number'
    from person p
    cross join lateral (
        select string_agg(regexp_replace(c.char, '(\W)', '\\\1'), '\s*' order by c.place) as spelled
        from regexp_split_to_table(p.insured, '') with ordinality as c (char, place)
    ) s
    where length(p.insured) >= 5 and p.insured ~ '\d' and p.insured !~ '^(.)\1*$'
      and not exists (select from document d
                      left join lateral (select * from contract.payer p where p.payer_id = d.payer_id limit 1) payer on true
                      where p.insured in (btrim(payer.zip), btrim(d.zip)))
),
name as (
    select format('(?<![[:alpha:]])%s(?![[:alpha:]])', regexp_replace(n.name, '(\W)', '\\\1', 'g')) as pattern,
           lower(n.name) as holds
    from person p
    cross join lateral (values (btrim(p.first_name)), (btrim(p.last_name))) as n (name)
    where length(n.name) >= 3
),
line as (
    select l.code, l.description, l.unit, row_number() over (order by l.position nulls last, l.line_id) - 1 as place
    from contract.document_line l
    where l.document_id = leaked.document_id
),
field as (
    select f.name, f.text
    from document d
    cross join lateral (values
        ('document.number', d.number), ('document.introduction', d.introduction),
        ('document.exemption_note', d.exemption_note), ('document.street', d.street),
        ('document.address_supplement', d.address_supplement), ('document.zip', d.zip), ('document.city', d.city)
    ) as f (name, text)
    union all
    select f.name, f.text
    from document d
    cross join lateral (select * from contract.payer p where p.payer_id = d.payer_id limit 1) p
    cross join lateral (values
        ('payer.customer_number', p.customer_number), ('payer.salutation', p.salutation),
        ('payer.first_name', p.first_name), ('payer.last_name', p.last_name), ('payer.company_name', p.company_name),
        ('payer.street', p.street), ('payer.address_supplement', p.address_supplement), ('payer.zip', p.zip),
        ('payer.city', p.city), ('payer.email', p.email), ('payer.phone', p.phone)
    ) as f (name, text)
    union all
    select 'lines[' || line.place || '].' || f.name, f.text
    from line
    cross join lateral (values ('code', line.code), ('description', line.description), ('unit', line.unit)) as f (name, text)
),
plain as (
    select f.name, contract.as_read(f.text) as text from field f
)
select coalesce(array_agg(distinct field.name || ':' || found.secret), '{}')
from plain field
cross join lateral (select lower(regexp_replace(field.text, '\s', '', 'g')) as text) bare
cross join lateral (
    select spelling.secret
    from spelling
    where case when strpos(bare.text, spelling.holds[1]) > 0
                    and strpos(bare.text, coalesce(spelling.holds[2], '')) > 0
               then field.text ~* spelling.pattern end
    union all
    select 'name'
    from name
    where field.name = 'document.number'
      and case when strpos(lower(field.text), name.holds) > 0 then field.text ~* name.pattern end
) found
);
end
$$;

comment on function contract.leaked(bigint) is
    'As contract.leaks, each with the column of contract.private that it holds.';

create or replace function contract.leaks(document_id bigint) returns text[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
    held constant text[] := contract.leaked($1);
begin
    if held = '{}' then
        return held;
    end if;
    return (select array_agg(distinct split_part(h, ':', 1)) from unnest(held) h);
end
$$;

comment on function contract.leaks(bigint) is
    'Names of the fields whose text holds what contract.private knows of a person; never the values.';
