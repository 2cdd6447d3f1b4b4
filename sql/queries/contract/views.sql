-- What `lexrelay check` asks about the contract itself: views, function, trigger.

-- name: columns
-- The columns that the views of the contract have.
select c.relname::text as view, a.attname::text as column, col_description(a.attrelid, a.attnum) is not null as has_comment
from pg_class c
join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'contract'
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where c.relkind in ('v', 'm', 'r', 'p', 'f');

-- name: leaks
-- Whether the worker may ask contract.leaks; null: there is no such function.
select has_function_privilege('lexrelay_worker', to_regprocedure('contract.leaks(bigint)'), 'execute')
       and has_function_privilege('lexrelay_worker', to_regprocedure('contract.leaked(bigint)'), 'execute') as allowed;

-- name: trigger
-- The trigger on the host's table. No row: there is none.
select t.tgrelid::regclass::text as table, t.tgenabled in ('O', 'A') as enabled, t.tginitdeferred as deferred
from pg_trigger t
where t.tgname = 'lexrelay_document_completed' and not t.tgisinternal;
