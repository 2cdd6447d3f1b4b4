-- The safety net: events for completed documents that the trigger has missed, and a count of those that can have none.
-- Idempotent.

-- Documents that look completed and have no event, with the cause why they can have none (null: they can); by the columns
-- that can be read of every row.
create or replace function outbox.waiting_documents(earliest timestamptz)
returns table (document_id bigint, cause text) language plpgsql stable as $$
#variable_conflict use_column
begin
    return query
    select d.document_id::bigint,
           case when d.document_id is null or d.practice_id is null then 'null_key'
                when d.payer_id is null then 'no_payer'
                when d.kind is null or d.kind not in ('invoice', 'cancellation') then 'unknown_kind'
                when d.status not in ('completed', 'cancelled') then 'unknown_status'
                when count(*) over (partition by d.document_id) > 1 then 'not_unique' end
    from contract.document d
    where d.status <> 'draft' and (d.completed_at >= earliest or d.completed_at is null)
      and (d.practice_id is null or d.practice_id in (select l.practice_id from outbox.lane_period l))
      and not exists (select from outbox.event e where e.practice_id = d.practice_id and e.document_id = d.document_id)
      and not exists (select from outbox.completed_before b where b.document_id = d.document_id)
      and not exists (select from outbox.lane_period p
                      where p.practice_id = d.practice_id and p.disabled_at is null and d.invoice_date < p.first_invoice_date);
end
$$;

-- One round of the safety net. Params: reach_seconds (how far back). What could not be landed stands in outbox.unlanded.
create or replace function outbox.sweep(reach_seconds float8, out landed bigint, out unlanded bigint)
language plpgsql as $$
declare
    slice constant int := 1000;
    earliest timestamptz := greatest(clock_timestamp() - make_interval(secs => reach_seconds),
                                     (select min(coalesce(p.since, p.enabled_at)) from outbox.lane_period p));
    documents bigint[];
    causes text[];
    good bigint[];
    failed jsonb := '{}';
    part bigint;
begin
    landed := 0;
    begin
        select array_agg(w.document_id), array_agg(w.cause) into documents, causes
        from outbox.waiting_documents(earliest) w
        where exists (select from outbox.lane_period);
    exception when others or assert_failure then
        if left(sqlstate, 2) in ('08', '25', '53', '58') then
            raise;
        end if;
        select array_agg(d.document_id::bigint) into documents  -- a row fails; which, is seen when each is asked for by its key
        from contract.document d
        where not exists (select from outbox.event e where e.document_id = d.document_id);
    end;
    select coalesce(array_agg(w.document_id), '{}') into good
    from unnest(documents, causes) as w (document_id, cause)
    where w.cause is null and w.document_id is not null;
    for place in 1..cardinality(good) by slice loop
        select e.failed, e.landed into failed, part
        from outbox.land_each(good[place:place + slice - 1], 'sweep', failed) e;
        landed := landed + part;
    end loop;
    select e.failed, e.landed into failed, part  -- those that may live again (outbox.revive)
    from outbox.land_each(array(select g.document_id from outbox.event g where g.state = 'dead' and g.reason = 'document_gone'),
                          'sweep', failed) e;
    landed := landed + part;
    unlanded := outbox.count_unlanded(documents, causes, failed);
end
$$;

create or replace function outbox.count_unlanded(documents bigint[], causes text[], failed jsonb) returns bigint
language plpgsql as $$
declare
    total bigint;
begin
    with found as (
        select w.cause, count(*) as documents,
               coalesce((array_agg(w.document_id order by w.document_id) filter (where w.document_id is not null))[:3], '{}') as examples
        from unnest(documents, causes) as w (document_id, cause)
        where w.cause is not null
        group by w.cause
        union all
        select 'select_fails ' || f.key, jsonb_array_length(f.value),
               (select (array_agg(id::bigint order by id::bigint))[:3] from jsonb_array_elements_text(f.value) as id)
        from jsonb_each(failed) f
    ),
    kept as (
        insert into outbox.unlanded as u (cause, documents, examples)
        select f.cause, f.documents, f.examples from found f
        on conflict (cause) do update
        set documents = excluded.documents, examples = excluded.examples, seen_at = clock_timestamp()
        where (u.documents, u.examples) is distinct from (excluded.documents, excluded.examples)
    ),
    over as (
        update outbox.unlanded u set documents = 0, examples = '{}', seen_at = clock_timestamp()
        where u.documents > 0 and not exists (select from found f where f.cause = u.cause)
    )
    select coalesce(sum(f.documents), 0) into total from found f;
    return total;
end
$$;
