-- Indexes, so that a document is read as fast among a million as alone. Tryton's own updates leave them where they are:
-- those touch only names that begin with idx_.
create index if not exists lexrelay_cancelled on account_invoice ((-id)) where cancel_move is not null;
create index if not exists lexrelay_cancel_move on account_invoice (cancel_move) where cancel_move is not null;
create index if not exists lexrelay_move on account_invoice (move);
create index if not exists lexrelay_party on account_invoice (party, company);
create index if not exists lexrelay_completed on account_move ((create_date at time zone 'UTC'));

-- The persons of an invoice: its payer, and the patients where GNU Health is installed. Dynamic, since a select cannot name
-- a table that is not there. GNU Health knows the patient of an invoice by the services that its lines were made from, and
-- those of a credit note by the lines that it credits; an older release may have a column for it. The party of a patient or an
-- insurance is called party or name there, by release, and so is a service line's service.
create or replace function lexrelay_persons(invoice integer)
returns table (birth_date date, insurance_number text, first_name text, last_name text)
language plpgsql stable set search_path = public, pg_catalog, pg_temp
as $$
declare
    parties integer[] := array(select i.party from account_invoice i where i.id = invoice);
    patients integer[];
    owner name;
begin
    if to_regclass('gnuhealth_health_service_line') is not null then
        execute $select$
            with line as (
                select l.origin from account_invoice_line l where l.invoice = $1
                union
                select o.origin
                from account_invoice_line l
                join account_invoice_line o on o.id = nullif(split_part(l.origin, 'account.invoice.line,', 2), '')::integer
                where l.invoice = $1
            )
            select array_agg(distinct s.patient)
            from line
            join gnuhealth_health_service_line h
                 on h.id = nullif(split_part(line.origin, 'gnuhealth.health_service.line,', 2), '')::integer
            join gnuhealth_health_service s on s.id = coalesce(to_jsonb(h) ->> 'service', to_jsonb(h) ->> 'name')::integer
            $select$ into patients using invoice;
    end if;
    if to_regclass('gnuhealth_patient') is not null then
        execute $select$
            select array_agg(coalesce(to_jsonb(g) ->> 'party', to_jsonb(g) ->> 'name')::integer)
            from gnuhealth_patient g
            where g.id = any (array(select (to_jsonb(i) ->> 'patient')::integer from account_invoice i where i.id = $1) || $2)
            $select$ into patients using invoice, patients;
    end if;
    parties := parties || patients;
    if to_regclass('gnuhealth_insurance') is null then
        return query select (to_jsonb(p) ->> 'dob')::date, null::text, p.name::text, to_jsonb(p) ->> 'lastname'
                     from party_party p where p.id = any (parties);
        return;
    end if;
    select a.attname into owner from pg_attribute a
    where a.attrelid = to_regclass('gnuhealth_insurance') and a.attname in ('party', 'name') and not a.attisdropped
    order by a.attname desc limit 1;
    return query execute format($select$
        select (to_jsonb(p) ->> 'dob')::date, insurance.number::text, p.name::text, to_jsonb(p) ->> 'lastname'
        from party_party p
        left join gnuhealth_insurance insurance on insurance.%I = p.id
        where p.id = any ($1)
        $select$, owner) using parties;
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
