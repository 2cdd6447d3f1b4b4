-- How a completed document gets its event: in the host's own transaction by the trigger, or by the poller's sweep.
-- One rule for both, in outbox.land(). Of the host it knows the views only. Idempotent.

-- A document that was put back to draft before anything of it was sent has died as `document_gone`; completed again, it lives
-- again. With our rights, since the daemon gives no dead letter a fresh start.
create or replace function outbox.revive(documents bigint[]) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    revived bigint;
begin
    update outbox.event e
    set state = 'pending', step = 'document', due_at = clock_timestamp(), closed_at = null, replayed_at = clock_timestamp(),
        tries = 0, crashes = 0, reason = null, detail = null, http_status = null, cause = null,
        number = outbox.tellable(d.document_id, d.number), payer_id = d.payer_id, original_id = d.original_id
    from (select * from contract.document c where c.document_id = any (documents) offset 0) d
    where e.practice_id = d.practice_id and e.document_id = d.document_id and e.state = 'dead' and e.reason = 'document_gone'
      and d.status in ('completed', 'cancelled') and d.kind = e.kind and d.payer_id is not null
      and not exists (select from outbox.intent i where i.event_id = e.event_id and i.effect <> 'contact');
    get diagnostics revived = row_count;
    return revived;
end
$$;

-- Write the events of those among these documents that are to have one: via `trigger` and `sweep` what goes over by itself, via
-- `backfill` what a human wants, behind everything new. Invoices come before cancellations. Each is asked for by its key, so
-- that one whose select fails disturbs no other; one that the view shows twice (two keys of one id, a join) is not landed. What
-- is ours is asked for a document at a time (`offset 0`): a join could read all periods or links for each document of a bulk.
-- What was completed before a restore may be in Lexware already, from an event that was lost; what was completed nobody knows
-- when as well, where a sweep finds it within a day of the restore.
create or replace function outbox.land(documents bigint[], via text) returns bigint
language plpgsql as $$
declare
    landed bigint;
begin
    insert into outbox.event (practice_id, document_id, original_id, payer_id, kind, number, marker_code, host_key, origin,
                              priority, look_since)
    select d.practice_id, d.document_id, d.original_id, d.payer_id, d.kind, outbox.tellable(d.document_id, d.number),
           outbox.marker_code(d.practice_id, 'document:' || d.document_id, i.salt), d.host_key, via, (via = 'backfill')::int,
           case when via <> 'trigger' and coalesce(d.completed_at, unknown.moment) < i.restored_at
                then greatest(coalesce(d.completed_at, least(d.invoice_date, i.restored_at) - interval '31 days'), '1900-01-01') end
    from (
        select c.document_id::bigint as document_id, c.practice_id::bigint as practice_id, c.original_id, c.payer_id, c.kind,
               c.number, c.status, c.completed_at, c.invoice_date, c.host_key, count(*) over (partition by c.document_id) as twins
        from contract.document c
        where c.document_id = any (documents)
    ) d
    cross join outbox.installation i
    cross join lateral (select case when via = 'backfill' or i.restored_at > clock_timestamp() - interval '1 day'
                                    then '-infinity'::timestamptz end as moment) unknown
    where d.twins = 1 and d.status in ('completed', 'cancelled') and d.kind in ('invoice', 'cancellation')
      and d.payer_id is not null
      and (via = 'backfill'
           or exists (select from outbox.covering(d.practice_id, d.document_id, d.completed_at, d.invoice_date) offset 0))
      and not exists (select from outbox.event e
                      where e.practice_id = d.practice_id and e.document_id = d.document_id offset 0)
      and not exists (select from lexware.document_link k
                      where k.practice_id = d.practice_id and k.document_id = d.document_id offset 0)
    order by d.kind = 'cancellation', d.invoice_date, d.document_id
    on conflict (practice_id, document_id) do nothing;
    get diagnostics landed = row_count;
    if landed = 0 or cardinality(documents) > 2 then
        landed := landed + outbox.revive(documents);
    end if;
    return landed;
end
$$;

comment on function outbox.land(bigint[], text) is 'Writes the events of those documents that are to have one; how many.';

-- Land these documents; where the host's select fails, each half for itself, until the row is alone. Returns how many were
-- landed, and adds what failed to `failed`: {"sqlstate": [ids]}. A lost server is nobody's fault and is raised, as is, in the
-- host's own transaction, a lock. `others` are all errors but a failed assertion and a cancelled query.
drop function if exists outbox.land_each(bigint[], jsonb);
create or replace function outbox.land_each(documents bigint[], via text, inout failed jsonb, out landed bigint)
language plpgsql as $$
declare
    middle constant int := cardinality(documents) / 2;
    half bigint;
begin
    landed := outbox.land(documents, via);
exception when others or assert_failure then
    if left(sqlstate, 2) in ('08', '25', '53', '58') or via = 'trigger' and left(sqlstate, 2) in ('40', '55') then
        raise;
    elsif middle = 0 then
        failed := failed || jsonb_build_object(sqlstate, coalesce(failed -> sqlstate, '[]') || to_jsonb(documents));
        landed := 0;
    else
        select e.failed, e.landed into failed, half from outbox.land_each(documents[:middle], via, failed) e;
        select e.failed, e.landed into failed, landed from outbox.land_each(documents[middle + 1:], via, failed) e;
        landed := landed + half;
    end if;
end
$$;

-- Land what a transaction of the host has completed, within the time that it may wait for us: half a second in all, counting
-- what a document takes beyond a millisecond (lexrelay.spent_ms). Once that is spent, the rest of the transaction is left to
-- the safety net. While `documents` (two ids each) are fewer than `together` they wait in lexrelay.waiting, and a row of
-- outbox.landing, whose trigger comes after all others of the commit, lands what waits then. Never fails: an error becomes a warning.
create or replace function outbox.land_in_time(documents bigint[], together int) returns void
language plpgsql set lock_timeout = '500ms' set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off
as $$
declare
    budget constant float8 := 500;
    began constant timestamptz := clock_timestamp();
    many constant int := (cardinality(documents) + 1) / 2;
    spent float8 := coalesce(nullif(current_setting('lexrelay.spent_ms', true), ''), '0')::float8;
    failed jsonb := '{}';
    landed bigint;
    taken float8;
begin
    if documents is null or spent >= budget then
        return;
    end if;
    begin
        if spent > 0 then
            perform set_config('lock_timeout', greatest(1, ceil(budget - spent))::text, true);
        end if;
        if many < together then
            perform set_config('lexrelay.waiting', documents::text, true);
            insert into outbox.landing default values;  -- where constraints are immediate, they are landed here
        else
            perform set_config('lexrelay.waiting', '', true);
            select e.failed, e.landed into failed, landed from outbox.land_each(documents, 'trigger', failed) e;
            if landed > 0 and current_setting('max_prepared_transactions')::int = 0 then  -- what has notified cannot be prepared
                perform pg_notify('lexrelay', '');
            end if;
            if (landed = 0 or many > 1)
               and exists (select from outbox.completed_before b where b.document_id = any (documents)) then
                delete from outbox.completed_before b
                using contract.document d
                where b.document_id = any (documents) and d.document_id = b.document_id and d.status = 'draft';
            end if;
        end if;
    exception when others or assert_failure then
        spent := case when sqlstate = '55P03' then budget else spent end;
        failed := jsonb_build_object(sqlstate, documents);
        perform set_config('lexrelay.waiting', '', true);
    end;
    if failed <> '{}' then
        raise warning 'lexrelay: no event written for %, the safety net will find it', failed;
    end if;
    taken := extract(epoch from clock_timestamp() - began) * 1000;
    if taken > many or spent >= budget then
        perform set_config('lexrelay.spent_ms', (spent + greatest(0, taken - many))::text, true);
        perform set_config('lexrelay.together', '1', true);
    elsif landed is not null then
        perform set_config('lexrelay.together', least(2 * many, 32)::text, true);
    end if;
end
$$;

-- The trigger on a host's table; its argument is the column that holds the document's key. It must never make the host's
-- commit fail, nor wait for us. The first document of a transaction is landed at once, then, as long as they are quick, twice
-- as many together as before, up to 32.
-- A host that shows the cancellation of a flagged row as a document of its own gives it the key with a minus in front.
create or replace function outbox.document_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
    waiting constant bigint[] := nullif(current_setting('lexrelay.waiting', true), '');
    together constant int := coalesce(nullif(current_setting('lexrelay.together', true), ''), '1');
    key jsonb;
    documents bigint[];
begin
    key := to_jsonb(new) -> tg_argv[0];
    documents := waiting || case jsonb_typeof(key)
        when 'number' then array[(key #>> '{}')::bigint, -(key #>> '{}')::bigint]
        when 'string' then array[contract.id(key #>> '{}'), contract.id('-' || (key #>> '{}'))]
    end;
    if documents = waiting or documents is null then
        return null;
    elsif waiting is not null and cardinality(documents) < 2 * together then
        perform set_config('lexrelay.waiting', documents::text, true);
    else
        perform outbox.land_in_time(documents, together);
    end if;
    return null;
exception when others or assert_failure then
    raise warning 'lexrelay: no event written for % % (%), the safety net will find it', tg_table_name, key, sqlstate;
    return null;
end
$$;

comment on function outbox.document_changed() is
    'Writes the event of a document that this transaction has completed, if its practice is switched on.';

-- The trigger on outbox.event: a number for which the document is refused is not kept, and one that is not there is asked for
-- again. Where the host's view fails, the event goes on without; its attempt says why.
create or replace function outbox.keep_number() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    new.number := null;
    if (new.state, new.reason, new.detail ->> 'field') is distinct from ('dead', 'health_data', 'document.number') then
        new.number := (select outbox.tellable(new.document_id, d.number) from contract.document d
                       where d.document_id = new.document_id and d.practice_id = new.practice_id limit 1);
    end if;
    return new;
exception when others or assert_failure then
    return new;
end
$$;

-- The trigger on outbox.landing: the last of the documents that waited for each other.
create or replace function outbox.land_waiting() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
    perform outbox.land_in_time(nullif(current_setting('lexrelay.waiting', true), '')::bigint[], 1);
    delete from outbox.landing l where l.id = new.id;
    return null;
end
$$;
