-- How a completed document gets its event: in the host's own transaction by the trigger, or by the poller's sweep.
-- One rule for both, in outbox.land(). Of the host it knows the views only. Idempotent.

-- Write the events of those among these documents that are to have one. Each is asked for by its key, so that one whose
-- select fails disturbs no other; one that the view shows twice (two keys of one id, a join) is not landed.
create or replace function outbox.land(documents bigint[], via text) returns bigint
language plpgsql as $$
declare
    landed bigint;
begin
    insert into outbox.event (practice_id, document_id, original_id, payer_id, kind, number, marker_code, host_key, origin,
                              look_since)
    select d.practice_id, d.document_id, d.original_id, d.payer_id, d.kind, d.number,
           outbox.marker_code(d.practice_id, d.document_id::bigint), d.host_key, via,
           case when via = 'sweep' and d.completed_at < i.restored_at then d.completed_at end
    from (
        select c.document_id, c.practice_id, c.original_id, c.payer_id, c.kind, c.number, c.status, c.completed_at, c.invoice_date,
               c.host_key, count(*) over (partition by c.document_id) as twins
        from contract.document c
        where c.document_id = any (documents)
    ) d
    cross join outbox.installation i
    where d.twins = 1 and d.status in ('completed', 'cancelled') and d.kind in ('invoice', 'cancellation')
      and d.payer_id is not null
      and exists (
          select from outbox.lane_period p
          where p.practice_id = d.practice_id
            and (d.completed_at >= p.enabled_at
                 or (d.completed_at >= p.since or d.completed_at is null and p.disabled_at is null)
                    and not exists (select from outbox.completed_before b where b.document_id = d.document_id))
            and (p.disabled_at is null or d.completed_at < p.disabled_at)
            and coalesce(d.invoice_date >= p.first_invoice_date, true))
      and not exists (select from outbox.event e
                      where e.practice_id = d.practice_id and e.document_id = d.document_id)
      and not exists (select from lexware.document_link k
                      where k.practice_id = d.practice_id and k.document_id = d.document_id)
    on conflict do nothing;
    get diagnostics landed = row_count;
    return landed;
end
$$;

comment on function outbox.land(bigint[], text) is 'Writes the events of those documents that are to have one; how many.';

-- The trigger on a host's table; its argument is the column that holds the document's key. It must never make the host's
-- commit fail, nor wait for us: any error becomes a warning, and what a transaction has waited for us in all (what a row takes beyond
-- a millisecond) is kept in lexrelay.spent_ms. Once that is half a second, the rest of the transaction is left to the safety net.
-- A host that shows the cancellation of a flagged row as a document of its own gives it the key with a minus in front.
create or replace function outbox.document_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '500ms'
set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off
as $$
declare
    budget constant float8 := 500;
    began constant timestamptz := clock_timestamp();
    spent float8 := coalesce(nullif(current_setting('lexrelay.spent_ms', true), ''), '0')::float8;
    taken float8;
    key jsonb;
    documents bigint[];
begin
    if spent >= budget then
        return null;
    end if;
    begin
        if spent > 0 then
            perform set_config('lock_timeout', greatest(1, ceil(budget - spent))::text, true);
        end if;
        key := to_jsonb(new) -> tg_argv[0];
        documents := case jsonb_typeof(key)
            when 'number' then array[(key #>> '{}')::bigint, -(key #>> '{}')::bigint]
            when 'string' then array[contract.id(key #>> '{}'), contract.id('-' || (key #>> '{}'))]
        end;
        if documents is null then
            return null;
        end if;
        if outbox.land(documents, 'trigger') > 0
           and current_setting('max_prepared_transactions')::int = 0 then  -- what has notified cannot be prepared
            perform pg_notify('lexrelay', '');
        elsif exists (select from outbox.completed_before b where b.document_id = any (documents)) then
            delete from outbox.completed_before b
            using contract.document d
            where b.document_id = any (documents) and d.document_id = b.document_id and d.status = 'draft';
        end if;
    exception when others then
        if sqlstate = '55P03' then
            spent := budget;
        end if;
        raise warning 'lexrelay: no event written for % % (%), the safety net will find it', tg_table_name, key, sqlstate;
    end;
    taken := extract(epoch from clock_timestamp() - began) * 1000;
    if taken > 1 or spent >= budget then
        perform set_config('lexrelay.spent_ms', (spent + taken - 1)::text, true);
    end if;
    return null;
end
$$;

comment on function outbox.document_changed() is
    'Writes the event of a document that this transaction has completed, if its practice is switched on.';
