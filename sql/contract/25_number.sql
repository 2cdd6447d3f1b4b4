-- contract.number_is_private(document_id): whether the number of a document holds what must not be told. The one rule by which
-- outbox.event and every report leave such a number out, also for what was never looked through for a delivery. Of names
-- and check digits it knows what `persons.py` of the worker knows: a test holds both to the same numbers. Idempotent.

-- A word as people spell it: with umlauts, with two letters for them, and without; in small letters, folded already.
-- Letters stand here by their numbers, so that this file means the same in a database of any encoding.
create or replace function outbox.spelled(word text) returns text[]
language sql immutable strict parallel safe set search_path = pg_catalog, pg_temp
as $$
select case when word !~ '[^\x01-\x7f]' then array[word] else
           array[word, replace(replace(replace(word, chr(228), 'ae'), chr(246), 'oe'), chr(252), 'ue'),
                 translate(word, concat(chr(228), chr(246), chr(252)), 'aou')] end
$$;

-- One of these names within a number: a word of it as a part, or if it is longer anywhere in it.
create or replace function outbox.has_name(number text, names text[]) returns boolean
language plpgsql immutable parallel safe set search_path = pg_catalog, pg_temp
as $$
declare
    apart constant text := '[\x01-\x60\x7b-\x7f]+';
    in_numbers constant text[] := array[
        'januar', 'februar', concat('m', chr(228), 'rz'), 'april', 'mai', 'juni', 'juli', 'august', 'september', 'oktober',
        'november', 'dezember', 'rechnung', 'storno', 'beleg', 'praxis', 'gutschrift', 'neu', 'nord',
        concat('s', chr(252), 'd'), 'ost', 'west'];
    plain text[];
    word text;
begin
    if number is null or number !~ '[A-Za-z]{3}' and number !~ '[^\x01-\x7f]' then  -- most numbers
        return false;
    end if;
    plain := outbox.spelled(outbox.small(number));
    for word in
        select w.word from unnest(names) n (name), regexp_split_to_table(outbox.small(outbox.folded(n.name)), apart) w (word)
        where length(w.word) >= 3 and w.word <> all (in_numbers)
    loop
        if exists (
            select from unnest(outbox.spelled(word)) s (spelling), unnest(plain) p (text)
            where s.spelling = any (regexp_split_to_array(p.text, apart)) or length(word) >= 5 and strpos(p.text, s.spelling) > 0
        ) then
            return true;
        end if;
    end loop;
    return false;
end
$$;

comment on function outbox.has_name(text, text[]) is 'Whether a folded number holds one of these names, however it is spelled.';

-- In small letters, also where the database's locale knows none but ASCII's.
create or replace function outbox.small(said text) returns text
language plpgsql immutable strict parallel safe set search_path = pg_catalog, pg_temp
as $$
declare
    small text := lower(said);
    wide constant boolean := getdatabaseencoding() = 'UTF8';
begin
    if small !~ '[^\x01-\x7f]' then
        return small;
    end if;
    return replace((
        select translate(small, string_agg(chr(l.capital), ''), string_agg(chr(l.capital + r.step), ''))
        from (values (192, 222, 32, 1), (256, 310, 1, 2), (313, 327, 1, 2), (330, 374, 1, 2), (377, 381, 1, 2), (913, 939, 32, 1),
                     (1040, 1071, 32, 1)) as r (first, last, step, every)
        cross join lateral generate_series(r.first, r.last, r.every) as l (capital)
        where (wide or r.last < 256) and l.capital not in (215, 304, 306, 930)), chr(223), 'ss');
end
$$;

-- A folded number that is one of an insurance, or has one as a part: its check digit tells. Letters that look like digits are
-- read as these.
create or replace function outbox.has_insurance_number(number text) returns boolean
language plpgsql immutable strict parallel safe set search_path = pg_catalog, pg_temp
as $$
begin
    if length(number) < 10 or number !~ '(?:^|[^A-Za-z0-9|])[A-Za-z][^A-Za-z0-9|]*[0-9OoIiLl|]' then  -- most numbers
        return false;
    end if;
    return exists (
        select from regexp_split_to_table(concat_ws(' ', upper(number), regexp_replace(upper(number), '[^A-Z0-9|]', '', 'g')),
                                          '[^A-Z0-9|]+') p (part)
        cross join lateral (
            select lpad((ascii(p.part) - 64)::text, 2, '0') || translate(substr(p.part, 2), 'OIL|ZSB', '0111258') as digits
        ) d
        where case when p.part ~ '^[A-Z][0-9OIL|ZSB]{9}$' and substr(d.digits, 3) !~ '^(19|20|000)' then
                  (select sum(w.product / 10 + w.product % 10) % 10 = right(d.digits, 1)::int
                   from generate_series(1, 10) g (place)
                   cross join lateral (select substr(d.digits, g.place, 1)::int * (2 - g.place % 2) as product) w) end);
end
$$;

create or replace function contract.number_is_private(document_id bigint) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off
as $$
#variable_conflict use_column
declare
    numbers text;
    payer bigint;
    plain text;
begin
    select string_agg(d.number, e'\n'), min(d.payer_id) into numbers, payer
    from contract.document d
    where d.document_id = number_is_private.document_id;
    plain := outbox.folded(numbers);
    if plain is null then
        return false;
    elsif outbox.has_insurance_number(plain) then
        return true;
    elsif plain ~ '[A-Za-z]{3}|[^\x01-\x7f]' and outbox.has_name(plain, array(
              select unnest(array[p.first_name, p.last_name]) from contract.payer p where p.payer_id = payer limit 2)) then
        return true;
    end if;
    -- every spelling of a birth date holds the year's last figures; most numbers hold neither these nor the other number's
    return exists (
               select from contract.private p
               where p.document_id = number_is_private.document_id
                 and (plain ~ '[A-Za-z]{3}|[OoIl|][./-]?[0-9]|[^!-~]' or strpos(plain, to_char(p.birth_date, 'YY')) > 0
                      or strpos(lower(plain), lower(right(replace(p.insurance_number, ' ', ''), 2))) > 0 or p.insurance_number ~ '[^ -~]'))
           and contract.may_hold(number_is_private.document_id, numbers, numbers)
           and exists (select from unnest(contract.leaked(number_is_private.document_id)) as held where held like 'document.number:%');
end
$$;

comment on function contract.number_is_private(bigint) is
    'Whether the number of a document holds what must not be told: a name or an insurance number of its payer, or what contract.private knows.';

-- The number as an event may keep it; null also where the host's views fail, since then nobody knows. Locks and a lost server
-- are nobody's fault and are raised.
create or replace function outbox.tellable(document bigint, number text) returns text
language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    return case when not contract.number_is_private(document) then number end;
exception when others or assert_failure then
    if left(sqlstate, 2) in ('08', '25', '40', '53', '55', '57', '58') then
        raise;
    end if;
    return null;
end
$$;

comment on function outbox.tellable(bigint, text) is 'The number of a document as an event may keep it.';

-- Whether this number is to be left out of what is told of a document: what its event does not keep, or, where it knows another
-- one or there is no event, what the rule finds. One that the event keeps was looked through.
create or replace function outbox.hides(e outbox.event, document bigint, number text) returns boolean
language sql stable set search_path = pg_catalog, pg_temp
as $$
select case when number is null or number = e.number then false
            when e.event_id is not null and e.number is null then true
            else contract.number_is_private(document) end
$$;

comment on function outbox.hides(outbox.event, bigint, text) is 'Whether reports leave the number of a document out.';
