-- The rehearsal: what is gathered of the host in one transaction that is rolled back, and what is asked beside it. The
-- findings stand in `host_findings.sql`.
-- Reads outbox: what of ours is in the database, and what was landed or missed.

-- name: schema
-- Whether nothing of ours is in this database yet.
select to_regclass('outbox.migration') is null as is_new;

-- name: applied
-- The numbered migrations that were applied.
select name from outbox.migration;

-- name: tables
-- Where the rehearsal puts what it reads of the host: each view is evaluated once, however many findings look at it.
create temp table checked_key (document_id bigint, practice_id bigint, status text, completed_at timestamptz) on commit drop;
create temp table checked_document (like contract.document) on commit drop;
create temp table checked_original (like contract.document) on commit drop;
create temp table checked_line (like contract.document_line) on commit drop;
create temp table checked_payer (like contract.payer) on commit drop;
create temp table checked_practice (like contract.practice) on commit drop;
create temp table checked_sum (
    document_id bigint, kind text, invoice_date date, total numeric, has_note boolean, lines int, taxed int, fractions int,
    net numeric, vat numeric, gross numeric, slack numeric, is_reckoned boolean, total_is_net boolean
) on commit drop;

-- name: keys
-- Every document there is, drafts included. Params: practice_id (null: of all practices).
insert into pg_temp.checked_key
select d.document_id, d.practice_id, d.status, d.completed_at
from contract.document d
where %(practice_id)s::bigint is null or d.practice_id = %(practice_id)s;

-- name: chosen
-- The documents to look at: the newest of every practice that are no drafts. Params: documents, since (a day or null).
with newest as (
    select document_id, row_number() over (partition by practice_id order by completed_at desc nulls last, document_id desc) as place
    from pg_temp.checked_key
    where status is distinct from 'draft' and document_id is not null
      and (%(since)s::date is null or completed_at is null
           or completed_at >= %(since)s::date::timestamp at time zone 'Europe/Berlin')
)
select distinct document_id as id from newest where place <= %(documents)s order by id;

-- name: documents
-- Params: ids.
insert into pg_temp.checked_document
select d.* from contract.document d where d.document_id = any (%(ids)s);

-- name: originals
-- Params: ids.
insert into pg_temp.checked_original
select d.* from contract.document d where d.document_id = any (%(ids)s);

-- name: lines
-- Params: ids (of documents).
insert into pg_temp.checked_line
select l.* from contract.document_line l where l.document_id = any (%(ids)s);

-- name: payers
-- Params: ids.
insert into pg_temp.checked_payer
select p.* from contract.payer p where p.payer_id = any (%(ids)s);

-- name: practices
-- Params: ids.
insert into pg_temp.checked_practice
select p.* from contract.practice p where p.practice_id = any (%(ids)s);

-- name: host_keys
-- The host's own keys of these documents, where it has any. Params: ids.
select document_id, min(host_key) as host_key
from pg_temp.checked_document
where document_id = any (%(ids)s) and host_key is not null
group by document_id;

-- name: document_ids
select distinct document_id as id from pg_temp.checked_document;

-- name: original_ids
select distinct original_id as id from pg_temp.checked_document where kind = 'cancellation' and original_id is not null;

-- name: payer_ids
select distinct payer_id as id from pg_temp.checked_document where payer_id is not null;

-- name: practice_ids
select distinct practice_id as id from pg_temp.checked_document where practice_id is not null;

-- name: sums
-- What the lines of each document come to. `slack` is what lawful ways of rounding may differ by; a line that a join has
-- multiplied counts once, and one with a rate like 0.19 makes the document unreckoned: both have findings of their own.
insert into pg_temp.checked_sum
with line as (
    select distinct on (document_id, coalesce(line_id::text, ctid::text)) *
    from pg_temp.checked_line
    order by document_id, coalesce(line_id::text, ctid::text)
),
document as (
    select distinct on (document_id) * from pg_temp.checked_document order by document_id
),
taxed as (
    select d.document_id, l.quantity, l.vat_rate, l.quantity * l.unit_price as amount,
           case d.tax_mode when 'net' then l.quantity * l.unit_price * l.vat_rate / 100
                           when 'gross' then l.quantity * l.unit_price * l.vat_rate / nullif(100 + l.vat_rate, 0)
                           else 0 end as vat,
           d.tax_mode
    from line l
    join document d using (document_id)
),
summed as (
    select document_id, count(*) as lines, count(*) filter (where vat_rate > 0) as taxed,
           count(*) filter (where vat_rate > 0 and vat_rate < 1) as fractions,
           round(sum(case tax_mode when 'gross' then amount - vat else amount end), 2) as net, round(sum(vat), 2) as vat,
           round(sum(case tax_mode when 'net' then amount + vat else amount end), 2) as gross,
           least(1, 0.01 + 0.005 * (count(*) + sum(abs(quantity)))) as slack,
           bool_and(amount is not null and vat_rate is not null) as is_whole
    from taxed
    group by document_id
)
select d.document_id, d.kind, d.invoice_date, d.total, coalesce(d.exemption_note, '') ~ '\S', coalesce(s.lines, 0),
       coalesce(s.taxed, 0), coalesce(s.fractions, 0), s.net, s.vat, s.gross, s.slack,
       coalesce(s.is_whole and s.fractions = 0 and d.total is not null, false),
       coalesce(abs(d.total - s.net) <= s.slack and abs(d.total - s.gross) > s.slack, false)
from document d
left join summed s using (document_id);

-- name: months
-- A table that a human holds against the host's own report: a wrong but consistent sum can be seen only there.
select to_char(invoice_date, 'YYYY-MM') as month, count(*) filter (where kind is distinct from 'cancellation') as documents,
       count(*) filter (where kind = 'cancellation') as cancellations,
       coalesce(sum(total), 0) - coalesce(sum(vat), 0) as net, coalesce(sum(vat), 0) as vat, coalesce(sum(total), 0) as gross
from pg_temp.checked_sum
where isfinite(invoice_date)
group by 1
order by 1;

-- name: to_translate
-- The newest first.
select document_id, practice_id
from pg_temp.checked_document
where document_id is not null and practice_id is not null
group by document_id, practice_id
order by max(completed_at) desc nulls last, document_id desc;

-- name: sweep
-- What the safety net looks for, as `outbox.waiting_documents` does, in the views that stand here.
select count(*) as documents
from contract.document d
where d.status <> 'draft' and (d.completed_at >= (select min(coalesce(p.since, p.enabled_at)) from outbox.lane_period p)
                               or d.completed_at is null)
  and (d.practice_id is null or d.practice_id in (select l.practice_id from outbox.lane_period l))
  and not exists (select from outbox.event e where e.practice_id = d.practice_id and e.document_id = d.document_id)
  and not exists (select from outbox.completed_before b where b.document_id = d.document_id)
  and not exists (select from outbox.lane_period p
                  where p.practice_id = d.practice_id and p.disabled_at is null and d.invoice_date < p.first_invoice_date);

-- name: landing
-- What the trigger asks for one document. Params: document_id.
select d.practice_id, d.document_id, d.original_id, d.payer_id, d.kind, d.number, d.completed_at
from contract.document d
where d.document_id = %(document_id)s and d.status <> 'draft';

-- name: large
-- Which of these tables are so large that to scan one of them for one document is too much. Params: schemas, tables.
select t.schema || '.' || t.name as name
from unnest(%(schemas)s::text[], %(tables)s::text[]) as t (schema, name)
join pg_namespace n on n.nspname = t.schema
join pg_class c on c.relnamespace = n.oid and c.relname = t.name
where pg_table_size(c.oid) >= 128 * 1024
order by 1;

-- name: seen_by_worker
-- Whatever the worker's role may read beyond the views that are promised to it, whole or in part; of extensions aside.
-- Params: promised (names of the views in schema contract).
select c.oid::regclass::text as name
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
cross join (select to_regrole('lexrelay_worker')::oid as id) worker  -- null, and then it sees nothing: no such role yet
where c.relkind in ('r', 'p', 'v', 'm', 'f')
  and n.nspname not in ('pg_catalog', 'information_schema', 'outbox', 'lexware', 'lexrelay', 'console') and n.nspname !~ '^pg_'
  and not (n.nspname = 'contract' and c.relname = any (%(promised)s))
  and has_schema_privilege(worker.id, n.oid, 'usage')
  and has_any_column_privilege(worker.id, c.oid, 'select')
  and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
order by 1;

-- name: missed
-- Events of the last 30 days that only the safety net found, among all that the trigger should have written.
select count(*) filter (where e.origin = 'sweep') as count, count(*) as concerned,
       (array_agg(e.document_id order by e.event_id desc) filter (where e.origin = 'sweep'))[1:3] as examples
from outbox.event e
where e.origin in ('trigger', 'sweep') and e.created_at > clock_timestamp() - interval '30 days'
  and (%(practice_id)s::bigint is null or e.practice_id = %(practice_id)s);

-- name: trigger
-- A table on which a trigger is to be; no row: there is none of this name. Params: table, document, columns.
select (select coalesce(array_agg(w.name), '{}')
        from unnest(%(columns)s::text[]) as w (name)
        where not exists (select from pg_attribute a
                          where a.attrelid = t.id and a.attname = w.name and a.attnum > 0 and not a.attisdropped)) as missing,
       t.schema, t.name,
       exists (select from pg_attribute a
               where a.attrelid = t.id and a.attname = %(document)s
                 and a.atttypid in ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)) as is_number,
       exists (select from pg_trigger g
               where g.tgrelid = t.id and g.tgname ~ '^lexrelay_' and not g.tgisinternal and g.tgenabled in ('O', 'A')) as is_enabled
from (
    -- not to_regclass: the worker's role may not look into the host's schema
    select c.oid as id, n.nspname::text as schema, c.relname::text as name
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    cross join parse_ident(%(table)s) as named
    where c.relkind in ('r', 'p')
      and (array[n.nspname::text, c.relname::text] = named or array[c.relname::text] = named and pg_table_is_visible(c.oid))
) t;

-- name: private
-- Documents of which nothing is known that must not leave. Params: ids.
select count(*) filter (where d.is_wrong) as count, count(*) as concerned,
       (array_agg(d.document_id order by d.document_id) filter (where d.is_wrong))[1:3] as examples
from (select d.document_id, p.document_id is null as is_wrong
      from pg_temp.checked_document d
      left join (select distinct document_id from contract.private where document_id = any (%(ids)s)) p using (document_id)) d;

-- name: may_see_private
select coalesce(has_table_privilege(to_regclass('contract.private'), 'select'), false) as is_allowed;

-- name: analyze
analyze pg_temp.checked_document, pg_temp.checked_original, pg_temp.checked_line, pg_temp.checked_payer;

-- name: gathered
select count(distinct document_id) as documents from pg_temp.checked_document;
