-- What holds for everything of ours, in whatever file it was made: functions find nothing in a schema that others may
-- write to (those whose body was parsed when they were made cannot), and what is recorded of documents, contacts and
-- decisions stays. Idempotent.

do $$
declare
    found record;
begin
    for found in
        select f.oid::regprocedure as name
        from pg_proc f
        where (f.pronamespace in (to_regnamespace('outbox'), to_regnamespace('lexware'), to_regnamespace('lexrelay'))
               or f.pronamespace = to_regnamespace('contract') and f.proname in ('id', 'may_leak', 'may_hold', 'leaks', 'leaked'))
          and f.prokind in ('f', 'p') and f.prosqlbody is null
          and not exists (select from unnest(f.proconfig) as setting where setting = 'search_path=pg_catalog, pg_temp')
    loop
        execute format('alter routine %s set search_path = pg_catalog, pg_temp', found.name);
    end loop;

    for found in
        select t.oid::regclass as name
        from pg_class t
        where t.oid in (to_regclass('lexware.document_states'), to_regclass('lexware.contact_states'),
                        to_regclass('lexware.document_decisions'), to_regclass('lexware.former_links'))
          and not exists (select from pg_trigger g where g.tgrelid = t.oid and g.tgname = 'append_only')
    loop
        execute format('create trigger append_only before update or delete on %s for each row '
                       'execute function outbox.append_only()', found.name);
    end loop;
end
$$;
