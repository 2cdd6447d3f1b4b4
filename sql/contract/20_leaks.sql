-- contract.leaks(document_id): the names of the fields whose text contains a birth date (in the usual spellings) or an
-- insurance number of contract.private, and of a number that contains a name; contract.leaked(document_id) names with each
-- the column of contract.private, as `document.introduction:birth_date`. They may read what the worker's role may not; the
-- values never leave them. In plpgsql, so that they are planned once in a session.
-- What stands for "none" in place of an insurance number is no secret: nothing with fewer than five characters, without a
-- digit, of one character alone, or equal to the postal code, which leaves anyway.
-- Idempotent.

-- A text as people read it: of one width, without what cannot be seen, dashes, apostrophes, dots and digits of one shape, and
-- letters that look like Latin ones as these. What `fold.checked` of the worker is for its guards, blanks aside: a test holds
-- both to the same characters. Characters stand here by their numbers, so that this file means the same in a database of any
-- encoding; in another one than UTF-8 only control characters are dropped.
create or replace function outbox.folded(said text) returns text
language plpgsql immutable strict parallel safe set search_path = pg_catalog, pg_temp
as $$
declare
    letters constant int[] := array[
        913, 914, 917, 918, 919, 921, 922, 924, 925, 927, 929, 932, 933, 935, 1029, 1030, 1032, 1040, 1042, 1045, 1047,
        1050, 1052, 1053, 1054, 1056, 1057, 1058, 1059, 1061, 1072, 1077, 1086, 1088, 1089, 1091, 1093, 1109, 1110,
        1112, 42994, 42995, 42996, 67493];  -- the last four NFKC knows since PostgreSQL 15
    zeros constant int[] := array[
        1632, 1776, 1984, 2406, 2534, 2662, 2790, 2918, 3046, 3174, 3302, 3430, 3558, 3664, 3792, 3872, 4160, 4240,
        6112, 6160, 6470, 6608, 6784, 6800, 6992, 7088, 7232, 7248, 42528, 43216, 43264, 43472, 43504, 43600, 44016,
        66720, 68912, 69734, 69872, 69942, 70096, 70384, 70736, 70864, 71248, 71360, 71472, 71904, 72016, 72784, 73040,
        73120, 73552, 92768, 92864, 93008, 123200, 123632, 124144, 125264];
    unseen constant text :=
        '[\u0001-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F\u00AD\u034F\u0600-\u0605\u061C\u06DD\u070F\u0890'
        '\u0891\u08E2\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F'
        '\u2800\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF9-\uFFFB\U000110BD\U000110CD\U00013430-\U0001343F'
        '\U0001BCA0-\U0001BCA3\U0001D173-\U0001D17A\U000E0001\U000E0020-\U000E007F\U000E0100-\U000E01EF]';
    apostrophes constant text :=
        '[\u0060\u00B4\u02B9\u02BB-\u02BD\u02C8\u02CA\u02CB\u055A\u05F3\u2018-\u201B\u2032\u2035\u2039\u203A\uA78B\uA78C\uFF07]';
    quotes constant text :=
        '[\u00AB\u00BB\u02BA\u02EE\u05F4\u201C-\u201F\u2033\u2036\u275D\u275E\u301D-\u301F\uFF02]';
    found text := said;
begin
    if said !~ '[^ -_a-~\t\n\r\f\v]' then
        return said;
    elsif getdatabaseencoding() <> 'UTF8' then
        return regexp_replace(said, '[\u0001-\u0008\u000E-\u001F\u007F]', '', 'g');
    end if;
    found := regexp_replace(found, unseen, '', 'g');
    found := regexp_replace(regexp_replace(found, apostrophes, '''', 'g'), quotes, '"', 'g');
    found := regexp_replace(found,
        '[\u02D7\u058A\u05BE\u2010-\u2015\u2043\u207B\u208B\u2212\u2E3A\u2E3B\uFE58\uFE63\uFF0D]', '-', 'g');
    found := regexp_replace(normalize(found, NFKC), unseen, '', 'g');
    found := regexp_replace(regexp_replace(found, apostrophes, '''', 'g'), quotes, '"', 'g');
    found := regexp_replace(found, '[\u02D7\u058A\u05BE\u2010-\u2015\u2043\u2212\u2E3A\u2E3B]', '-', 'g');
    found := regexp_replace(found, '[\u00B7\u2022\u2024\u2027\u2219\u22C5\u3002\u30FB\uFF61]', '.', 'g');
    if found ~ '[\u0370-\u1FFF\u3000-\U0010FFFF]' then  -- letters and digits of other scripts
        found := translate(found, (select string_agg(chr(one), '' order by place)
                                   from unnest(letters) with ordinality as l (one, place)), 'ABEZHIKMNOPTYXSIJABE3KMHOPCTYXaeopcyxsijCFQq');
        found := translate(found, (select string_agg(chr(zero + digit), '' order by zero, digit)
                                   from unnest(zeros) as z (zero), generate_series(0, 9) as d (digit)),
                           repeat('0123456789', cardinality(zeros)));
    end if;
    return found;
end
$$;

comment on function outbox.folded(text) is 'A text as people read it, for the search for what must not leave.';

-- With digits where letters that look like them were typed beside digits; null when there are none. As `figures` of the worker's
-- `misread.py`, and less careful: here it is only compared with what is known.
create or replace function outbox.misread(said text) returns text
language sql immutable strict parallel safe set search_path = pg_catalog, pg_temp
as $$
select case when said ~ '[0-9][./-]?[OoIl|]|[OoIl|][./-]?[0-9]' then translate(said, 'OoIl|', '00111') end
$$;

comment on function outbox.misread(text) is 'A text with digits for the letters that look like them.';

-- Whether it is worth the while to ask contract.leaked(), which takes ten times as long: all texts at once, without blanks and
-- with one mark for all, hold what every spelling of a birth date begins with, an insurance number, or a number's texts a name.
create or replace function contract.may_leak(document_id bigint) returns boolean
language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    texts text;
    numbers text;
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
    return contract.may_hold(may_leak.document_id, texts, numbers);
end
$$;

-- The same of some texts, and of numbers among them, which may hold a name, too.
create or replace function contract.may_hold(document_id bigint, said text, numbers text) returns boolean
language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    marks constant text := '/-' || chr(case getdatabaseencoding() when 'UTF8' then 8211 when 'WIN1252' then 150 else 46 end);
    texts text := regexp_replace(outbox.folded(said), '\s', '', 'g');
    plain constant text := lower(outbox.folded(numbers));
    person record;
begin
    texts := lower(translate(concat_ws(e'\n', texts, outbox.misread(texts)), marks, '...'));
    for person in
        select to_char(p.birth_date, 'FMDD') as d, to_char(p.birth_date, 'FMMM') as m, to_char(p.birth_date, 'DDMMYYYY') as days_first,
               to_char(p.birth_date, 'YYYYMMDD') as years_first, to_char(p.birth_date, 'YYYY') as yyyy,
               substr('jfmamjjasond', extract(month from p.birth_date)::int, 1) as month,
               lower(translate(regexp_replace(p.insurance_number, '\s', '', 'g'), marks, '...')) as insured,
               lower(btrim(p.first_name)) as first, lower(btrim(p.last_name)) as last
        from contract.private p
        where p.document_id = may_hold.document_id
    loop
        if strpos(texts, person.d || '.' || person.m || '.') > 0 or strpos(texts, person.d || '.0' || person.m || '.') > 0
           or strpos(texts, person.yyyy || '.' || person.m || '.') > 0 or strpos(texts, person.yyyy || '.0' || person.m || '.') > 0
           or strpos(texts, person.d || person.month) > 0 or strpos(texts, person.d || '.' || person.month) > 0
           or strpos(texts, person.days_first) > 0 or strpos(texts, person.years_first) > 0
           or length(person.insured) >= 5 and strpos(texts, person.insured) > 0
           or length(person.first) >= 3 and strpos(plain, person.first) > 0
           or length(person.last) >= 3 and strpos(plain, person.last) > 0 then
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
    select p.birth_date, outbox.folded(p.first_name) as first_name, outbox.folded(p.last_name) as last_name,
           regexp_replace(outbox.folded(p.insurance_number), '\s', '', 'g') as insured
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
folded as (
    select f.name, outbox.folded(f.text) as text
    from field f
),
plain as (
    select f.name, f.text from folded f
    union all
    select f.name, outbox.misread(f.text) from folded f where outbox.misread(f.text) is not null
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
