-- Counters for the metrics: counted where things happen, in the same commit, so they are exact, survive every restart,
-- and are the same whichever poller tells them. They only grow.

create table outbox.counter (
    what text not null,
    step text not null,
    how text not null,
    times bigint not null,
    seconds float8 not null,
    primary key (what, step, how)
);
comment on table outbox.counter is 'What has happened so far, by kind. Complete only together with outbox.counter_change.';

-- Changes are appended and folded later, as those of the tally are: no settlement waits for another one's count.
create table outbox.counter_change (
    change_id bigint generated always as identity primary key,
    what text not null check (what in ('delivery', 'unknown_outcome', 'look', 'late_result', 'dead_letter', 'replay')),
    step text not null default '',
    how text not null default '',
    times bigint not null default 1,
    seconds float8 not null default 0
);
comment on table outbox.counter_change is 'What has happened since the counters were last folded.';
grant delete on outbox.counter_change to lexrelay_worker;

create view outbox.counted as
select what, step, how, sum(times)::bigint as times, sum(seconds) as seconds
from (
    select what, step, how, times, seconds from outbox.counter
    union all
    select what, step, how, times, seconds from outbox.counter_change
) as each_of_them
group by what, step, how;
comment on view outbox.counted is 'What has happened so far, exact at any moment.';

create function outbox.count_attempt() returns trigger language plpgsql as $$
begin
    insert into outbox.counter_change (what, step, how, seconds)
    values ('delivery', new.step, new.outcome, extract(epoch from new.ended_at - new.begun_at));
    if (new.outcome = 'crashed' or new.reason = 'in_doubt')
       and exists (select from outbox.intent i
                   where i.event_id = new.event_id and i.fence = new.fence and i.closed_at is null) then
        insert into outbox.counter_change (what, how)
        values ('unknown_outcome', case when new.outcome = 'crashed' then 'crash'
                                        else coalesce(new.http_status::text, 'no_answer') end);
    end if;
    return null;
end
$$;
create trigger count_attempt after update of outcome on outbox.attempt
for each row when (old.outcome is null and new.outcome is not null) execute function outbox.count_attempt();

create function outbox.count_letter() returns trigger language plpgsql as $$
begin
    insert into outbox.counter_change (what, how)
    values (case new.state when 'dead' then 'dead_letter' else 'replay' end,
            case new.state when 'dead' then coalesce(new.reason, '') else '' end);
    return null;
end
$$;
create trigger count_letter after update of state on outbox.event
for each row when (old.state is distinct from new.state
                   and (new.state = 'dead' or old.state = 'dead' and new.state = 'pending'))
execute function outbox.count_letter();

create function outbox.count_look() returns trigger language plpgsql as $$
begin
    insert into outbox.counter_change (what, how) values ('look', new.verdict);
    return null;
end
$$;
create trigger count_look after insert on outbox.look for each row execute function outbox.count_look();

create function outbox.count_late_result() returns trigger language plpgsql as $$
begin
    insert into outbox.counter_change (what) values ('late_result');
    return null;
end
$$;
create trigger count_late_result after update of late_remote_id on outbox.intent
for each row when (old.late_remote_id is null and new.late_remote_id is not null)
execute function outbox.count_late_result();
