-- Indexes, so that a document is read as fast among a million as alone. Tryton's own updates leave them where they are:
-- those touch only names that begin with idx_.
create index if not exists lexrelay_cancelled on account_invoice ((-id)) where cancel_move is not null;
create index if not exists lexrelay_cancel_move on account_invoice (cancel_move) where cancel_move is not null;
create index if not exists lexrelay_move on account_invoice (move);
create index if not exists lexrelay_party on account_invoice (party, company);
create index if not exists lexrelay_completed on account_move ((create_date at time zone 'UTC'));

-- The persons of an invoice: its payer, and the patient where GNU Health is installed. Dynamic, since a select cannot
-- name a table that is not there; GNU Health calls the party of a patient or an insurance name or party, by release.
create or replace function lexrelay_persons(invoice integer)
returns table (birth_date date, insurance_number text, first_name text, last_name text)
language plpgsql stable set search_path = public, pg_catalog, pg_temp
as $$
declare
    parties integer[] := array(select i.party from account_invoice i where i.id = invoice);
    patient integer;
    owner name;
begin
    if to_regclass('gnuhealth_patient') is not null
       and exists (select from pg_attribute where attrelid = 'account_invoice'::regclass and attname = 'patient' and not attisdropped) then
        execute 'select coalesce(to_jsonb(g) ->> ''party'', to_jsonb(g) ->> ''name'')::integer
                 from account_invoice i join gnuhealth_patient g on g.id = i.patient where i.id = $1' into patient using invoice;
        parties := parties || patient;
    end if;
    select a.attname into owner from pg_attribute a
    where a.attrelid = to_regclass('gnuhealth_insurance') and a.attname in ('party', 'name') and not a.attisdropped
    order by a.attname desc limit 1;
    return query execute
        'select (to_jsonb(p) ->> ''dob'')::date, '
        || case when owner is null then 'null::text' else 'insurance.number::text' end
        || ', p.name::text, to_jsonb(p) ->> ''lastname'' from party_party p '
        || case when owner is null then ''
                else format('left join gnuhealth_insurance insurance on insurance.%I = p.id ', owner) end
        || 'where p.id = any ($1)' using parties;
end
$$;
revoke all on function lexrelay_persons(integer) from public;
comment on function lexrelay_persons(integer) is 'lexrelay: whose birth dates and insurance numbers must not stand in an invoice.';

do $$
declare
    owner name;
begin
    select a.attname into owner from pg_attribute a
    where a.attrelid = to_regclass('gnuhealth_insurance') and a.attname in ('party', 'name') and not a.attisdropped
    order by a.attname desc limit 1;
    if owner is not null then
        execute format('create index if not exists lexrelay_insurance on gnuhealth_insurance (%I)', owner);
    end if;
end
$$;
