-- What ends together is counted together: one row for all attempts of a statement that ended alike, not one for each.

create or replace function outbox.count_attempt() returns trigger language plpgsql as $$
begin
    insert into outbox.counter_change (what, step, how, times, seconds)
    select 'delivery', ended.step, ended.outcome, count(*), sum(extract(epoch from ended.ended_at - ended.begun_at))
    from ended
    join open on open.attempt_id = ended.attempt_id
    where open.outcome is null and ended.outcome is not null
    group by ended.step, ended.outcome;
    insert into outbox.counter_change (what, how, times)
    select 'unknown_outcome', case when ended.outcome = 'crashed' then 'crash' else coalesce(ended.http_status::text, 'no_answer') end,
           count(*)
    from ended
    join open on open.attempt_id = ended.attempt_id
    where open.outcome is null and (ended.outcome = 'crashed' or ended.outcome is not null and ended.reason = 'in_doubt')
      and exists (select from outbox.intent i
                  where i.event_id = ended.event_id and i.fence = ended.fence and i.closed_at is null)
    group by 2;
    return null;
end
$$;
create or replace trigger count_attempt after update on outbox.attempt
referencing old table as open new table as ended for each statement execute function outbox.count_attempt();
