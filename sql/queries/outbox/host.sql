-- The host as it is applied, and how the database looks because of it. Commands only.

-- name: files
-- The applied host folder; no row: none was applied.
select name, text, sha256, applied_at, applied_by from outbox.host_file order by name;

-- name: keep_file
-- Store a file of the folder. Params: name, text, sha256, by.
insert into outbox.host_file as f (name, text, sha256, applied_by) values (%(name)s, %(text)s, %(sha256)s, %(by)s)
on conflict (name) do update
set text = excluded.text, sha256 = excluded.sha256, applied_at = clock_timestamp(), applied_by = excluded.applied_by
where f.sha256 <> excluded.sha256;

-- name: forget_files
-- Files that the folder no longer has. Params: names.
delete from outbox.host_file where name <> all (%(names)s);

-- name: set_rhythm
-- The rhythm of the safety net. Params: seconds.
update outbox.installation set sweep_seconds = %(seconds)s where sweep_seconds <> %(seconds)s;

-- name: state
-- Everything that an apply makes, each with a fingerprint of what it is now.
select 'contract.' || c.relname as what,
       md5(concat_ws(e'\n', c.relkind, c.relowner, c.relacl, obj_description(c.oid, 'pg_class'),
                     case when c.relkind = 'v' then pg_get_viewdef(c.oid) end,
                     (select string_agg(concat_ws(' ', a.attname, a.atttypid, a.atttypmod, col_description(c.oid, a.attnum)), ',' order by a.attnum)
                      from pg_attribute a where a.attrelid = c.oid and a.attnum > 0))) as fingerprint
from pg_class c
where c.relnamespace = to_regnamespace('contract')
  and c.relname in ('practice', 'document', 'document_line', 'payer', 'private') and c.relkind in ('v', 'm', 'r', 'p', 'f')
union all
select 'lexrelay.' || c.relname, md5(concat_ws(e'\n', c.relacl, pg_get_viewdef(c.oid)))
from pg_class c
where c.relnamespace = to_regnamespace('lexrelay') and c.relkind = 'v'
union all
select f.oid::regprocedure::text, md5(concat_ws(e'\n', f.proowner, f.proacl, pg_get_functiondef(f.oid)))
from pg_proc f
where f.pronamespace = to_regnamespace('contract')
   or f.pronamespace = to_regnamespace('outbox')
      and f.proname in ('revive', 'land', 'land_each', 'land_in_time', 'land_waiting', 'waiting_documents', 'sweep', 'count_unlanded', 'document_changed', 'standing_for_host')
union all
select 'trigger on ' || t.tgrelid::regclass, md5(concat_ws(e'\n', t.tgenabled, pg_get_triggerdef(t.oid)))
from pg_trigger t
where t.tgname = 'lexrelay_document_completed' and not t.tgisinternal;

-- name: relations
-- What stands where the views are to be made, or depends on them: relations of those names. Params: schema, names.
select c.oid::regclass::text as name, case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'f' then 'foreign table' else 'table' end as kind
from pg_class c
where c.relnamespace = to_regnamespace(%(schema)s) and c.relname = any (%(names)s) and c.relkind in ('v', 'm', 'r', 'p', 'f');

-- name: view_text
-- The definition of a view; null: there is none. Params: name.
select case when c.relkind = 'v' then pg_get_viewdef(c.oid) end as text
from pg_class c where c.oid = to_regclass(%(name)s);

-- name: types
-- What columns of these types are. Params: oids.
select t.oid::bigint as oid, coalesce(b.typname, t.typname)::text as base, format_type(t.oid, null) as name,
       coalesce(b.typcategory, t.typcategory)::text as category
from pg_type t
left join pg_type b on b.oid = t.typbasetype and t.typtype = 'd'
where t.oid = any (%(oids)s);

-- name: table
-- The host's table of this name, and which of these columns it has; no row: there is none. Params: name, columns.
select c.oid::bigint as oid, c.oid::regclass::text as table, c.relkind::text as kind,
       array(select a.attname::text from pg_attribute a
             where a.attrelid = c.oid and a.attname = any (%(columns)s) and a.attnum > 0 and not a.attisdropped) as columns
from pg_class c
where c.oid = to_regclass(%(name)s);

-- name: triggers
-- Our triggers on the host's tables, as far as a description can name them.
select t.tgrelid::bigint as oid, t.tgrelid::regclass::text as table, t.tgfoid = to_regproc('outbox.document_changed') as is_ours,
       encode(t.tgargs, 'escape') as arguments, t.tginitdeferred as deferred, t.tgtype as kind,
       array(select a.attname::text from pg_attribute a
             where a.attrelid = t.tgrelid and a.attnum = any (t.tgattr) order by a.attname) as columns
from pg_trigger t
where t.tgname = 'lexrelay_document_completed' and not t.tgisinternal;

-- name: missing_roles
-- Roles that are not there, and whether this login may make them.
select array(select r from unnest(array['lexrelay_worker', 'lexrelay_daemon', 'lexrelay_operator', 'lexrelay_host']) as r
             where to_regrole(r) is null) as roles,
       (select rolsuper or rolcreaterole from pg_roles where rolname = current_user) as may_create,
       quote_ident(current_user) as login;

-- name: old_periods
-- Whether there are periods of a release that did not look at the switch-on so closely.
select exists (select from outbox.lane_period where since is null) as any;

-- name: close_old_periods
-- Periods of a release that did not look at the switch-on so closely: what is completed without a moment stays where it is.
-- Reads contract: what is completed already is known to the host alone.
with period as (
    update outbox.lane_period set since = enabled_at where since is null returning practice_id
)
insert into outbox.completed_before (document_id, practice_id)
select d.document_id, d.practice_id
from contract.document d
where d.practice_id in (select practice_id from period) and d.status <> 'draft' and d.completed_at is null
  and d.document_id is not null
  and not exists (select from outbox.event e where e.practice_id = d.practice_id and e.document_id = d.document_id)
on conflict do nothing;

-- name: keep_app_url
-- Where Lexware's pages are. Params: app_url.
update outbox.installation set app_url = %(app_url)s where app_url <> %(app_url)s;
