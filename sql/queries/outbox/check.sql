-- What `lexrelay check` asks the database about itself and about the events. Only an advisory lock is taken.

-- name: server
-- Version, and as whom we work.
select current_setting('server_version_num')::int / 10000 as major, current_setting('server_version') as version,
       current_user::text as role, session_user::text as login;

-- name: rights
-- What this login, or everybody, may do beyond its work; a schema that all may write to is where somebody puts a function
-- for others to fall into.
select (select rolsuper from pg_roles where rolname = session_user) as is_superuser,
       (select pg_has_role(session_user, nspowner, 'usage') from pg_namespace where nspname = 'outbox') as owns,
       array(select nspname::text from pg_namespace
             where nspname = 'public' and has_schema_privilege('public', oid, 'create')) as open_schemas;

-- name: unlanded
-- Completed documents that can have no event, by cause, as the last sweep saw them.
select cause, documents, examples from outbox.unlanded where documents > 0 order by cause;

-- name: changed
-- Documents that are no longer what was sent: another sum, number or key of the host. Of the last 20,000 events those that
-- were delivered in the last 35 days; what changes later stands in the report of the month.
-- Reads contract: what the document is now is known to the host alone.
with delivered as (
    select e.practice_id, e.document_id, e.number, e.host_key
    from outbox.event e
    where e.event_id > (select max(event_id) from outbox.event) - 20000
      and e.state = 'delivered' and e.closed_at > clock_timestamp() - interval '35 days'
)
select e.practice_id, e.document_id, came.total as sent_total, abs(d.total) as total, e.number as sent_number,
       case when not outbox.hides(null, e.document_id, d.number) then d.number end as number,
       e.number is distinct from d.number as has_other_number, e.host_key is distinct from d.host_key as has_other_key
from delivered e
cross join lateral (select c.* from contract.document c where c.document_id = e.document_id limit 1) d
cross join lateral (select outbox.came_to(e.practice_id, e.document_id) as total offset 0) came
where d.practice_id = e.practice_id and d.status <> 'draft'
  and (came.total <> abs(d.total) or e.number is distinct from d.number or e.host_key is distinct from d.host_key)
order by e.document_id;

-- name: seen_by_worker
-- Tables outside of our schemas that a role of ours can read, whole or in part; those of extensions aside.
select distinct c.oid::regclass::text as table
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
cross join unnest(array['lexrelay_worker', 'lexrelay_daemon', 'lexrelay_operator']) as ours
where c.relkind in ('r', 'p', 'v', 'm', 'f')
  and n.nspname not in ('pg_catalog', 'information_schema', 'outbox', 'lexware', 'console') and n.nspname !~ '^pg_'
  and not (n.nspname = 'contract' and c.relname in ('practice', 'document', 'document_line', 'payer'))
  and has_schema_privilege(ours, n.oid, 'usage') and has_any_column_privilege(ours, c.oid, 'select')
  and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
order by 1;

-- name: writable
-- Whether this session could write: not on a standby, and not where transactions begin read-only.
select pg_is_in_recovery() as standby, current_setting('transaction_read_only')::boolean as read_only;

-- name: pid
-- Whose session this is.
select pg_backend_pid() as pid;

-- name: hold_lock
-- A session advisory lock of a class that nothing else uses.
select pg_backend_pid() as pid, pg_advisory_lock(5462899, pg_backend_pid());

-- name: see_lock
-- Whether this session still holds it. Params: pid.
select exists (select from pg_locks
               where locktype = 'advisory' and classid = 5462899 and objid = %(pid)s and granted and pid = pg_backend_pid()) as held;

-- name: old_transactions
-- Transactions of this database that have been open for long: while one is, no dead row can be cleared away.
-- `hidden` are sessions that this login may not look at. Params: old_seconds, idle_seconds.
select coalesce(array_agg(pid order by xact_start) filter (where
           xact_start < clock_timestamp() - make_interval(secs => %(old_seconds)s)
           or state like 'idle in transaction%%' and state_change < clock_timestamp() - make_interval(secs => %(idle_seconds)s)), '{}') as pids,
       extract(epoch from clock_timestamp() - min(xact_start))::float8 as oldest_seconds,
       count(*) filter (where state is null) as hidden
from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid();

-- name: silence
-- Working hours (Monday to Friday, 8 to 18 in Berlin) since the first document that was completed after the last
-- delivery, in a practice that may transfer, and is neither delivered nor discarded. Looks back 14 days.
-- Reads contract: what never became an event is silent too. The first in the order of their completion is sought, and both
-- bounds are known beforehand, so that an index of the host leads to the few that are newer.
with completed as (
    select d.completed_at as at
    from contract.document d
    join outbox.lane l using (practice_id)
    where d.status <> 'draft' and outbox.lane_runs(l) and d.completed_at > now() - interval '14 days'
      and d.completed_at > (select coalesce(max(last_delivered_at), '-infinity') from outbox.settled)
      and not exists (select from outbox.event e
                      where e.practice_id = d.practice_id and e.document_id = d.document_id
                        and e.state in ('delivered', 'discarded'))
    order by d.completed_at
    limit 1
)
select count(*) as hours
from completed
cross join generate_series(completed.at + interval '1 hour', clock_timestamp(), interval '1 hour') as hour
where extract(isodow from hour at time zone 'Europe/Berlin') <= 5
  and extract(hour from hour at time zone 'Europe/Berlin') between 8 and 17;

-- name: new_dead_letters
-- Dead letters of the last while, by practice and reason. Params: seconds.
select practice_id, reason, count(*) as events
from outbox.event
where state = 'dead' and closed_at > clock_timestamp() - make_interval(secs => %(seconds)s)
group by practice_id, reason
order by events desc, reason, practice_id;
