-- What holds for everything of ours, in whatever file it was made: functions find nothing in a schema that others may
-- write to (those whose body was parsed when they were made cannot), and what is recorded of documents, contacts and
-- decisions stays. Idempotent.

-- What was made a moment ago cannot be what another document or customer is linked with already: such an answer belongs to
-- another call. It is not believed, and what was made is looked for. A human links as he knows it.
create or replace function lexware.no_other_document() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if exists (select from lexware.document_link k
               where k.practice_id = new.practice_id and k.lexware_id = new.lexware_id and k.document_id <> new.document_id) then
        raise unique_violation using message = 'the id is that of another document';
    end if;
    return new;
end
$$;

create or replace function lexware.no_other_customer() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if exists (select from lexware.contact_link k
               where k.practice_id = new.practice_id and k.contact_id = new.contact_id and k.customer_id <> new.customer_id
                 and k.unlinked_at is null and k.origin <> 'linked') then
        raise unique_violation using message = 'the id is that of another customer';
    end if;
    return new;
end
$$;

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

    for found in
        select t.name, t.guard
        from (values ('lexware.document_link', 'no_other_document'), ('lexware.contact_link', 'no_other_customer')) as t (name, guard)
        where not exists (select from pg_trigger g where g.tgrelid = to_regclass(t.name) and g.tgname = t.guard)
    loop
        execute format('create trigger %I before insert on %s for each row when (new.origin = ''created'') '
                       'execute function lexware.%I()', found.guard, found.name, found.guard);
    end loop;
end
$$;
